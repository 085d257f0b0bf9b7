/** What the server answers: the reference, the client and the tests all read it here. A `title` names a schema for them. */
import { type Static, Type } from 'typebox';
import { STATUS, type StatusName } from '../data/interactions.ts';
import { BundleAbout } from '../recommend/bundle-file.ts';
import { AnimeSchema } from './anime-schema.ts';

const named = (title: string) => ({ title, additionalProperties: false });
const { synopsis, synonyms, ...briefFields } = AnimeSchema.properties;
const { airedFrom, airedTo, duration, source, ratingClass, franchise, ...cardFields } = briefFields;

/** The end of a list that comes in pages. */
const next = Type.Union([Type.String(), Type.Null()], {
  description: 'ask again with cursor=… for what follows; null = this was all',
});
const animeId = AnimeSchema.properties.animeId;

/** A title of a person's list. */
export const BriefSchema = Type.Object(briefFields, named('Brief'));

/** A title as it stands in a list. */
export const CardSchema = Type.Object(
  {
    ...cardFields,
    synopsis: Type.Union([Type.String(), Type.Null()], { description: 'the first words of it' }),
  },
  named('Card'),
);
export type Card = Static<typeof CardSchema>;

export const TitleSchema = Type.Object(
  {
    ...AnimeSchema.properties,
    franchiseTitles: Type.Array(CardSchema, {
      description: 'its whole story in watch order, itself included; empty when it stands alone',
    }),
  },
  named('Title'),
);
export type Title = Static<typeof TitleSchema>;

export const TitlesSchema = Type.Object({ items: Type.Array(CardSchema), next }, named('Titles'));
export type Titles = Static<typeof TitlesSchema>;

export const StartersSchema = Type.Object({ items: Type.Array(CardSchema) }, named('Starters'));
export type Starters = Static<typeof StartersSchema>;

export const SimilarSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object({ anime: CardSchema, score: Type.Number() }, named('SimilarTitle')),
    ),
    next,
  },
  named('SimilarTitles'),
);
export type SimilarTitles = Static<typeof SimilarSchema>;

export const PersonSchema = Type.Object(
  {
    userId: Type.Integer(),
    ratings: Type.Array(
      Type.Object(
        {
          anime: BriefSchema,
          rating: Type.Union([Type.Integer({ minimum: 1, maximum: 10 }), Type.Null()], {
            description: 'null = not scored',
          }),
          status: Type.Enum(Object.keys(STATUS) as StatusName[]),
        },
        named('ListEntry'),
      ),
      { description: 'best rated first, then most listed' },
    ),
    next,
  },
  named('Person'),
);
export type Person = Static<typeof PersonSchema>;

export const BecauseSchema = Type.Object(
  {
    animeId,
    title: Type.String(),
    share: Type.Number({
      description:
        'of what titles of the profile add to the score: all of them add up to 1 (to nothing when they take from it)',
    }),
    contribution: Type.Number({
      description: 'what it adds to the score: with the prior, those of all titles add up to it',
    }),
  },
  named('Because'),
);

export const RecommendationSchema = Type.Object(
  {
    rank: Type.Integer({ minimum: 1 }),
    anime: CardSchema,
    score: Type.Number({ description: "the model's own, whatever the rules made of the order" }),
    prior: Type.Number({ description: 'the part of it that no title caused: being well known' }),
    because: Type.Array(BecauseSchema, { description: 'strongest first' }),
    insteadOf: Type.Optional(
      Type.Object(
        { animeId, title: Type.String() },
        {
          ...named('InsteadOf'),
          description: 'the title whose place it takes, because it is to be seen before that',
        },
      ),
    ),
  },
  named('Recommendation'),
);
export type Recommendation = Static<typeof RecommendationSchema>;

const listFields = {
  items: Type.Array(RecommendationSchema),
  ignored: Type.Array(Type.Integer(), { description: 'ids that are not in the catalogue' }),
  bundle: Type.String({ description: 'the version that answered' }),
};
export const RecommendationsSchema = Type.Object(listFields, named('Recommendations'));
export type Recommendations = Static<typeof RecommendationsSchema>;

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'about:blank: the status says it all' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'what was asked, what is wrong, and what to do' }),
    field: Type.Optional(Type.String({ examples: ['ratings[3].rating'] })),
  },
  { ...named('Problem'), description: 'RFC 9457' },
);
export type ProblemBody = Static<typeof ProblemSchema>;

const lineFields = {
  index: Type.Integer({ minimum: 0, description: 'of the profile in the request' }),
  id: Type.Union([Type.String(), Type.Null()], { description: 'as the profile gave it' }),
};
/** One line of a batch. */
export const BatchLineSchema = Type.Union(
  [
    Type.Object({ ...lineFields, ...listFields }, named('BatchList')),
    Type.Object({ ...lineFields, problem: ProblemSchema }, named('BatchProblem')),
  ],
  { title: 'BatchLine' },
);
export type BatchLine = Static<typeof BatchLineSchema>;

const posterFields = (states: ('ready' | 'coming' | 'none')[]) => ({
  animeId: Type.Integer({ minimum: 0 }),
  state: Type.Enum(states, { description: 'coming: it is being fetched; none: it cannot be had' }),
});
export const PostersSchema = Type.Object(
  {
    posters: Type.Enum(['on', 'off']),
    items: Type.Array(Type.Object(posterFields(['ready', 'coming', 'none']), named('PosterState'))),
  },
  named('Posters'),
);
export type Posters = Static<typeof PostersSchema>;
export const ComingSchema = Type.Object(posterFields(['coming']), named('PosterComing'));
/** Bytes of a picture. */
export const PictureSchema = Type.Unsafe<Blob>({ description: 'the picture' });

export const BundleSchema = Type.Object(
  { version: Type.String(), ...BundleAbout.properties, genres: Type.Array(Type.String()) },
  named('Bundle'),
);
export type BundleFacts = Static<typeof BundleSchema>;

export const AliveSchema = Type.Object({ status: Type.Literal('ok') }, named('Alive'));
export const ReadySchema = Type.Object(
  { status: Type.Literal('ready'), bundle: Type.String() },
  named('Ready'),
);

export const GraphqlAnswerSchema = Type.Object(
  {
    data: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()])),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          message: Type.String(),
          locations: Type.Optional(
            Type.Array(Type.Object({ line: Type.Integer(), column: Type.Integer() })),
          ),
          path: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Integer()]))),
          extensions: Type.Optional(Type.Object({}, { additionalProperties: true })),
        }),
      ),
    ),
  },
  named('GraphqlAnswer'),
);
