/** Why a title is recommended, in words: whole, or as events while it is written. */
import { type Static, Type } from 'typebox';
import { LANGUAGES } from './constants/enums.ts';
import {
  because,
  bundleVersion,
  fallbackReason,
  id,
  ignored,
  languageFields,
  named,
  nullable,
  strict,
} from './fields.ts';
import { ratings, whole } from './ratings.ts';
import { BecauseSchema, RecommendationSchema } from './recommendations.ts';
import { rulesOrNone } from './rules.ts';

export const ExplanationBody = Type.Object(
  {
    ratings,
    whole,
    animeId: id(),
    ...languageFields,
    rules: rulesOrNone('as for the list; what they set aside is no reason'),
    because,
  },
  {
    ...named('ExplanationRequest'),
    examples: [{ ratings: [{ animeId: 5114, rating: 9 }], animeId: 9253, language: 'en' }],
  },
);
export type ExplanationBody = Static<typeof ExplanationBody>;

const FactsSchema = Type.Object(
  {
    score: Type.Number(),
    prior: Type.Number(),
    because: Type.Array(BecauseSchema),
    order: RecommendationSchema.properties.order,
    dominant: Type.Enum(['story', 'one', 'few', 'many', 'popularity'], {
      description: 'what carries the recommendation',
    }),
    shared: Type.Object(
      {
        genres: Type.Array(Type.String()),
        themes: Type.Array(Type.String(), { description: 'ids' }),
        studios: Type.Array(Type.String()),
        source: nullable(Type.String()),
      },
      { ...strict, description: 'what it has in common with the titles that are named' },
    ),
  },
  named('ExplanationFacts'),
);

const about = {
  animeId: Type.Integer(),
  language: Type.Enum([...LANGUAGES]),
  facts: FactsSchema,
  ignored,
  bundle: bundleVersion,
};
const author = { by: Type.Enum(['template', 'model']), why: fallbackReason };

export const ExplanationSchema = Type.Object(
  { text: Type.String(), ...author, ...about },
  named('Explanation'),
);
export type Explanation = Static<typeof ExplanationSchema>;

/** One event of an explanation that is sent while it is written; the event's name is sent apart from its data. */
export const ExplanationEventSchema = Type.Union([
  Type.Object({ event: Type.Literal('facts'), ...about }, strict),
  /** Goes on where the text before ended. */
  Type.Object({ event: Type.Literal('text'), text: Type.String() }, strict),
  /** Stands in place of all text before. */
  Type.Object({ event: Type.Literal('instead'), text: Type.String() }, strict),
  Type.Object({ event: Type.Literal('end'), ...author }, strict),
]);
export type ExplanationEvent = Static<typeof ExplanationEventSchema>;
