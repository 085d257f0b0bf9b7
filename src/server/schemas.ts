/** What requests may contain. Anything else is answered with 400, naming the field. */
import { type Static, Type } from 'typebox';
import { STATUS } from '../data/interactions.ts';
import { LANGUAGES, TITLE_NAMES } from '../explain/language.ts';
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
const rule = (description: string) => Type.Optional(Type.Boolean({ description }));

/** Other names are refused by `unknownNameOf`: a schema takes longer over them than over all the rest of a list. */
export const RatingSchema = Type.Object({
  animeId: Type.Integer({
    description: "MyAnimeList's id; ids that are not in the catalogue are ignored and listed",
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
});

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

export const RecommendationsBody = Type.Object(
  {
    ratings: Type.Array(RatingSchema, { maxItems: MAX_RATINGS }),
    limit: limit(500, 'default 20'),
    rules: Type.Optional(Type.Union([Type.Literal('none'), RulesSchema])),
    because,
  },
  strict,
);
export type RecommendationsBody = Static<typeof RecommendationsBody>;

const manner = {
  language: Type.Optional(Type.Enum([...LANGUAGES], { description: 'default en' })),
  titles: Type.Optional(
    Type.Enum([...TITLE_NAMES], { description: 'by which name titles are called; default romaji' }),
  ),
};

export const ExplanationBody = Type.Object(
  {
    ratings: Type.Array(RatingSchema, { maxItems: MAX_RATINGS }),
    animeId: id(),
    ...manner,
    rules: Type.Optional(
      Type.Union([Type.Literal('none'), RulesSchema], {
        description: 'as for the list; what they set aside is no reason',
      }),
    ),
    because,
  },
  strict,
);
export type ExplanationBody = Static<typeof ExplanationBody>;

export const ChatBody = Type.Object(
  {
    message: Type.String({ minLength: 1, maxLength: 500, description: 'a wish, in words' }),
    ratings: Type.Optional(Type.Array(RatingSchema, { maxItems: MAX_RATINGS })),
    ...manner,
    limit: limit(500, 'default 20'),
    because,
  },
  strict,
);

export const SearchQuery = Type.Object(
  {
    query: Type.Optional(Type.String({ maxLength: 200 })),
    limit: limit(100, 'default 20'),
    adult: Type.Optional(Type.Boolean({ description: 'adult titles too; default false' })),
  },
  strict,
);

export const AnimeParams = Type.Object({ animeId: id() });
export const UserParams = Type.Object({ userId: id() });
export const SimilarQuery = Type.Object(
  {
    by: Type.Optional(Type.Enum(['hybrid', 'collaborative', 'content'])),
    limit: limit(100, 'default 12'),
  },
  strict,
);
export const UserRecommendationsQuery = Type.Object(
  { limit: limit(500, 'default 20'), because, rules: Type.Optional(Type.Literal('none')) },
  strict,
);
export const StartersQuery = Type.Object({ limit: limit(60, 'default 24') }, strict);

/** The first name in a rating that is not one of its schema's; null when there is none. */
export function unknownNameOf(rating: Static<typeof RatingSchema>): string | null {
  for (const name in rating) {
    if (name !== 'animeId' && name !== 'rating' && name !== 'status') return name;
  }
  return null;
}
