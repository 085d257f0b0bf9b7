/** What is asked for in words, and what is answered: explanations and the chat. */
import { type Static, Type } from 'typebox';
import { LANGUAGES, TITLE_NAMES } from '../explain/language.ts';
import { MAX_RATINGS } from '../recommend/profile.ts';
import { BecauseSchema, CardSchema, RecommendationSchema } from './answer-schemas.ts';
import { RatingSchema, RulesSchema, ratings, whole } from './schemas.ts';

const strict = { additionalProperties: false };
const named = (title: string) => ({ title, ...strict });

const manner = {
  language: Type.Optional(Type.Enum([...LANGUAGES], { description: 'default en' })),
  titles: Type.Optional(
    Type.Enum([...TITLE_NAMES], { description: 'by which name titles are called; default romaji' }),
  ),
};
const because = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 500, description: 'reasons a title at most; default 5' }),
);

export const ExplanationBody = Type.Object(
  {
    ratings,
    whole,
    animeId: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
    ...manner,
    rules: Type.Optional(
      Type.Union([Type.Literal('none'), RulesSchema], {
        description: 'as for the list; what they set aside is no reason',
      }),
    ),
    because,
  },
  {
    ...named('ExplanationRequest'),
    examples: [{ ratings: [{ animeId: 5114, rating: 9 }], animeId: 9253, language: 'en' }],
  },
);
export type ExplanationBody = Static<typeof ExplanationBody>;

const why = Type.Union(
  [Type.Null(), Type.Enum(['off', 'budget', 'busy', 'slow', 'unavailable', 'unfit'])],
  { description: 'why no language model did it; null = it did' },
);
const bundle = Type.String({ description: 'the version that answered' });

export const ExplanationSchema = Type.Object(
  {
    text: Type.String(),
    by: Type.Enum(['template', 'model']),
    why,
    animeId: Type.Integer(),
    language: Type.Enum([...LANGUAGES]),
    facts: Type.Object(
      {
        score: Type.Number(),
        prior: Type.Number(),
        because: Type.Array(BecauseSchema),
        dominant: Type.Enum(['story', 'one', 'few', 'many', 'popularity'], {
          description: 'what carries the recommendation',
        }),
        shared: Type.Object(
          {
            genres: Type.Array(Type.String()),
            studios: Type.Array(Type.String()),
            source: Type.Union([Type.String(), Type.Null()]),
          },
          { ...strict, description: 'what it has in common with the titles that are named' },
        ),
      },
      named('ExplanationFacts'),
    ),
    ignored: Type.Array(Type.Integer(), { description: 'ids that are not in the catalogue' }),
    bundle,
  },
  named('Explanation'),
);

export const ChatBody = Type.Object(
  {
    message: Type.String({ minLength: 1, maxLength: 500, description: 'a wish, in words' }),
    ratings: Type.Optional(Type.Array(RatingSchema, { maxItems: MAX_RATINGS })),
    ...manner,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'default 20' })),
    because,
  },
  { ...named('ChatRequest'), examples: [{ message: 'something like Mushishi but funnier' }] },
);

export const ChatSchema = Type.Object(
  {
    said: Type.String({ description: 'what was understood' }),
    by: Type.Enum(['reading', 'model']),
    why,
    rules: RulesSchema,
    seeds: Type.Array(CardSchema, { description: 'something like these' }),
    items: Type.Array(RecommendationSchema),
    ignored: Type.Array(Type.Integer(), { description: 'ids that are not in the catalogue' }),
    bundle,
  },
  named('ChatAnswer'),
);
