/** What requests may contain. Anything else is answered with 400, naming the field. */
import { type Static, Type } from 'typebox';
import { STATUS } from '../data/interactions.ts';
import { TYPES } from '../recommend/facets.ts';
import { MAX_RATINGS } from '../recommend/profile.ts';

const strict = { additionalProperties: false };
const genres = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 100, description }));
const id = () => Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });
const limit = (most: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, description }));
const because = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 500, description: 'reasons a title at most; default 5' }),
);
const cursor = Type.Optional(
  Type.String({ maxLength: 200, description: '"next" of the page before' }),
);
const rule = (description: string) => Type.Optional(Type.Boolean({ description }));

/** Other names are refused by `unknownNameOf`: a schema takes longer over them than over all the rest of a list. */
export const RatingSchema = Type.Object(
  {
    animeId: Type.Integer({
      description: "MyAnimeList's id; ids that are not in the catalogue are ignored and listed",
      examples: [5114],
    }),
    rating: Type.Optional(
      Type.Union([Type.Null(), Type.Integer({ minimum: 0, maximum: 10 })], {
        description: '1–10; absent, null or 0 = seen, not scored',
      }),
    ),
    status: Type.Optional(
      Type.Enum(Object.keys(STATUS) as (keyof typeof STATUS)[], {
        description: 'default: completed',
      }),
    ),
  },
  { title: 'Rating' },
);

export const RulesSchema = Type.Object(
  {
    seen: rule('also what has been seen; default false'),
    adult: rule('also adult titles; default false'),
    prerequisites: rule(
      'what to see first comes first, nothing after something dropped; default true',
    ),
    franchise: rule('at most one title of a franchise; default true'),
    types: Type.Optional(
      Type.Array(Type.Enum([...TYPES]), { maxItems: 20, description: 'only these; empty = all' }),
    ),
    genresIn: genres('titles that have all of these'),
    genresOut: genres('no title that has one of these'),
    years: Type.Optional(
      Type.Union([Type.Null(), Type.Tuple([Type.Integer(), Type.Integer()])], {
        description: '[from, to], both included',
      }),
    ),
    minMembers: Type.Optional(
      Type.Integer({ minimum: 0, description: 'people who have it on their list' }),
    ),
    without: Type.Optional(
      Type.Array(id(), {
        maxItems: 500,
        description: 'animeIds of the list that are no reasons: they count nothing, and stay seen',
      }),
    ),
    planned: rule('also what the profile plans to watch; default true'),
    niche: Type.Optional(
      Type.Number({
        minimum: -1,
        maximum: 1,
        description: '−1 = popular, 1 = little known; default 0',
      }),
    ),
    variety: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'default 0' })),
  },
  strict,
);

const EXAMPLE = {
  ratings: [
    { animeId: 5114, rating: 9, status: 'completed' },
    { animeId: 457, rating: 10 },
  ],
  limit: 5,
};
const wishes = {
  limit: limit(500, 'default 20'),
  rules: Type.Optional(
    Type.Union([Type.Literal('none'), RulesSchema], {
      description: '"none": the pure order of the model; only what has been seen is left out',
    }),
  ),
  because,
};
export const ratings = Type.Array(RatingSchema, { maxItems: MAX_RATINGS });
export const whole = Type.Optional(
  Type.Boolean({
    description:
      'true: the list has all that the person has seen; false: only some of it; default: true from eight titles on',
  }),
);

export const RecommendationsBody = Type.Object(
  { ratings, whole, ...wishes },
  { ...strict, title: 'RecommendationsRequest', examples: [EXAMPLE] },
);
export type RecommendationsBody = Static<typeof RecommendationsBody>;

export const TasteBody = Type.Object(
  { ratings, whole },
  { ...strict, title: 'TasteRequest', examples: [{ ratings: EXAMPLE.ratings }] },
);

export const MapQuery = Type.Object(
  {
    names: Type.Optional(
      Type.Enum(['romaji', 'english', 'japanese'], { description: 'of titles; default romaji' }),
    ),
  },
  strict,
);

/** of a batch */
export const MOST_PROFILES = 1000;

export const BatchProfile = Type.Object(
  {
    id: Type.Optional(
      Type.String({ maxLength: 200, description: 'comes back with the answer, and is not read' }),
    ),
    ratings,
    whole,
    ...wishes,
  },
  { ...strict, title: 'BatchProfile' },
);
export type BatchProfile = Static<typeof BatchProfile>;

export const BatchBody = Type.Object(
  {
    // One that is wrong is a line of the answer, not the end of it.
    profiles: Type.Array(Type.Unsafe<unknown>({ anyOf: [BatchProfile, {}] }), {
      minItems: 1,
      maxItems: MOST_PROFILES,
    }),
    ...wishes,
  },
  {
    ...strict,
    title: 'BatchRequest',
    examples: [
      {
        profiles: [
          { id: 'a', ...EXAMPLE },
          { id: 'b', ratings: [] },
        ],
        limit: 10,
      },
    ],
  },
);
export type BatchBody = Static<typeof BatchBody>;

/** What of a batch is checked before its profiles are. */
export const BatchEnvelope = Type.Object(
  {
    ...BatchBody.properties,
    profiles: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MOST_PROFILES }),
  },
  strict,
);

export const SearchQuery = Type.Object(
  {
    query: Type.Optional(Type.String({ maxLength: 200, examples: ['fullmetal'] })),
    limit: limit(100, 'default 20'),
    adult: Type.Optional(Type.Boolean({ description: 'adult titles too; default false' })),
    cursor,
  },
  strict,
);

export const AnimeParams = Type.Object({ animeId: id() });
export const PostersQuery = Type.Object(
  {
    ids: Type.String({
      pattern: '^\\d{1,9}(,\\d{1,9}){0,99}$',
      maxLength: 1000,
      description: 'animeIds, separated by commas, 100 at most; the first is fetched first',
    }),
  },
  strict,
);
export const UserParams = Type.Object({ userId: id() });
export const SimilarQuery = Type.Object(
  {
    by: Type.Optional(Type.Enum(['hybrid', 'collaborative', 'content'])),
    limit: limit(100, 'default 12'),
    cursor,
  },
  strict,
);
export const UserQuery = Type.Object(
  { limit: limit(1000, 'default: the whole list'), cursor },
  strict,
);
export const UserRecommendationsQuery = Type.Object(
  { limit: limit(500, 'default 20'), because, rules: Type.Optional(Type.Literal('none')) },
  strict,
);
export const MOST_STARTERS = 60;
export const StartersQuery = Type.Object({ limit: limit(MOST_STARTERS, 'default 24') }, strict);

/** The first name in a rating that is not one of its schema's; null when there is none. */
export function unknownNameOf(rating: Static<typeof RatingSchema>): string | null {
  for (const name in rating) {
    if (name !== 'animeId' && name !== 'rating' && name !== 'status') return name;
  }
  return null;
}

export const GraphqlBody = Type.Object(
  {
    query: Type.String({
      maxLength: 20_000,
      examples: ['{ search(query: "mushishi", limit: 1) { items { animeId title } } }'],
    }),
    variables: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
    operationName: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
    extensions: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
        description: 'not read',
      }),
    ),
  },
  { ...strict, title: 'GraphqlRequest' },
);
