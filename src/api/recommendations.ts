/** Recommendations for a list that the request brings; for many lists at once, as a portal makes them overnight. */
import { type Static, Type } from 'typebox';
import { RANK_GROUPS } from '../model/rank/rank-groups.ts';
import { CardSchema } from './anime.ts';
import { MAX_PROFILES, MAX_RECOMMENDATIONS } from './constants/limits.ts';
import { DEFAULT_RECOMMENDATIONS } from './defaults.ts';
import {
  animeId,
  because,
  bundleVersion,
  ignored,
  limit,
  named,
  nullable,
  strict,
} from './fields.ts';
import { ProblemSchema } from './problem.ts';
import { ratings, whole } from './ratings.ts';
import { rulesOrNone } from './rules.ts';

export const EXAMPLE = {
  ratings: [
    { animeId: 5114, rating: 9, status: 'completed' },
    { animeId: 457, rating: 10 },
  ],
  limit: 5,
};
const listOptions = {
  limit: limit(MAX_RECOMMENDATIONS, { default: DEFAULT_RECOMMENDATIONS }),
  rules: rulesOrNone('"none": the pure order of the model; only what has been seen is left out'),
  because,
};

export const RecommendationsBody = Type.Object(
  { ratings, whole, ...listOptions },
  { ...strict, title: 'RecommendationsRequest', examples: [EXAMPLE] },
);
export type RecommendationsBody = Static<typeof RecommendationsBody>;

export const BecauseSchema = Type.Object(
  {
    animeId,
    title: Type.String(),
    share: Type.Number({
      description:
        'of what titles of the profile add to the score: all of them add up to 1 (to nothing when they take from it)',
    }),
    shareOfScore: Type.Number({
      description:
        'of the whole score, the part to show to people: with prior ÷ score, those of all titles add up to 1',
    }),
    contribution: Type.Number({
      description: 'what it adds to the score: with the prior, those of all titles add up to it',
    }),
  },
  named('Because'),
);
export type Because = Static<typeof BecauseSchema>;

const group = Type.Enum([...RANK_GROUPS]);
export const OrderTermSchema = Type.Object({ group, value: Type.Number() }, named('OrderTerm'));
export const OrderSchema = Type.Object(
  {
    value: Type.Number({
      description:
        'what it counts for the title beside an average candidate for the same list, below 0 = against it; the terms add up to it',
    }),
    terms: Type.Array(OrderTermSchema, {
      description:
        'story: continues or completes one; people: what people with such lists liked; kind: genre, studio, source; years; known: how well known it is',
    }),
    shown: Type.Array(group, {
      description:
        'the groups to show people, strongest first: those that count for it and that the list bears out, such as "story" only where a part of it is liked',
    }),
  },
  named('Order'),
);

export const RecommendationSchema = Type.Object(
  {
    rank: Type.Integer({ minimum: 1 }),
    anime: CardSchema,
    score: Type.Number({ description: "the model's own, whatever the rules made of the order" }),
    prior: Type.Number({ description: 'the part of it that no title caused: being well known' }),
    because: Type.Array(BecauseSchema, { description: 'strongest first' }),
    order: nullable(
      OrderSchema,
      'what the second stage made of the order of scores; null = the bundle has none, it did not order the list, the title was not among its candidates, or no reasons are asked for',
    ),
    insteadOf: Type.Optional(
      Type.Object(
        { animeId, title: Type.String() },
        {
          ...named('InsteadOf'),
          description: 'the title whose place it takes, because it has to be seen before that one',
        },
      ),
    ),
  },
  named('Recommendation'),
);
export type Recommendation = Static<typeof RecommendationSchema>;

const listFields = { items: Type.Array(RecommendationSchema), ignored, bundle: bundleVersion };
export const RecommendationsSchema = Type.Object(listFields, named('Recommendations'));
export type Recommendations = Static<typeof RecommendationsSchema>;

export const BatchProfile = Type.Object(
  {
    id: Type.Optional(
      Type.String({ maxLength: 200, description: 'comes back with the answer, and is not read' }),
    ),
    ratings,
    whole,
    ...listOptions,
  },
  { ...strict, title: 'BatchProfile' },
);
export type BatchProfile = Static<typeof BatchProfile>;

export const BatchBody = Type.Object(
  {
    // A wrong profile gets a problem as its line; the others are answered.
    profiles: Type.Array(Type.Unsafe<unknown>({ anyOf: [BatchProfile, {}] }), {
      minItems: 1,
      maxItems: MAX_PROFILES,
    }),
    ...listOptions,
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
    profiles: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MAX_PROFILES }),
  },
  strict,
);

const lineFields = {
  index: Type.Integer({ minimum: 0, description: 'of the profile in the request' }),
  id: Type.Union([Type.String(), Type.Null()], { description: 'as the profile gave it' }),
};
export const BatchListSchema = Type.Object({ ...lineFields, ...listFields }, named('BatchList'));
export const BatchProblemSchema = Type.Object(
  { ...lineFields, problem: ProblemSchema },
  named('BatchProblem'),
);
/** One line of the answer to a batch. */
export const BatchLineSchema = Type.Union([BatchListSchema, BatchProblemSchema], {
  title: 'BatchLine',
});
export type BatchLine = Static<typeof BatchLineSchema>;
