/** A wish in words: what was understood of it, and the list that follows. */
import { type Static, Type } from 'typebox';
import { CardSchema } from './anime.ts';
import { MAX_MESSAGE, MAX_RECOMMENDATIONS } from './constants/limits.ts';
import { DEFAULT_RECOMMENDATIONS } from './defaults.ts';
import {
  because,
  bundleVersion,
  fallbackReason,
  ignored,
  languageFields,
  limit,
  named,
} from './fields.ts';
import { ratings } from './ratings.ts';
import { RecommendationSchema } from './recommendations.ts';
import { RulesSchema } from './rules.ts';

export const ChatBody = Type.Object(
  {
    message: Type.String({ minLength: 1, maxLength: MAX_MESSAGE, description: 'a wish, in words' }),
    ratings: Type.Optional(ratings),
    ...languageFields,
    limit: limit(MAX_RECOMMENDATIONS, { default: DEFAULT_RECOMMENDATIONS }),
    because,
  },
  { ...named('ChatRequest'), examples: [{ message: 'something like Mushishi but funnier' }] },
);
export type ChatBody = Static<typeof ChatBody>;

export const ChatSchema = Type.Object(
  {
    said: Type.String({ description: 'what was understood' }),
    by: Type.Enum(['reading', 'model']),
    why: fallbackReason,
    rules: RulesSchema,
    seeds: Type.Array(CardSchema, { description: 'something like these' }),
    unwanted: Type.Array(CardSchema, {
      description: 'named and not wanted: neither they nor what follows them is in the list',
    }),
    unread: Type.Array(Type.String(), {
      description: 'parts that were not understood, in the words of the wish',
    }),
    items: Type.Array(RecommendationSchema),
    ignored,
    bundle: bundleVersion,
  },
  named('ChatAnswer'),
);
export type ChatAnswer = Static<typeof ChatSchema>;
