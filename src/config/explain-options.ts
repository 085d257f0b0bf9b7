import { type Static, Type } from 'typebox';
import { count, section } from './fields.ts';

/** The language model that writes explanations and reads wishes; without one, templates and rules do. */
export const ExplainOptions = section({
  /** an OpenAI-compatible endpoint, e.g. http://localhost:11434/v1; null = OpenAI's own */
  baseUrl: Type.Union([Type.String({ pattern: '^https?://' }), Type.Null()], { default: null }),
  /** the model's name; null = no language model */
  model: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
  /** seconds until an answer must be complete */
  timeLimit: Type.Number({ exclusiveMinimum: 0, default: 20 }),
  /** how many answers may be written at the same time */
  atOnce: count(4),
  /** answers per hour, for one address and for all together */
  perVisitor: count(30),
  perHour: count(600),
  /** how many explanations are cached */
  remembered: count(1000),
  /** keep the cache in the home, so that it survives a restart */
  keep: Type.Boolean({ default: false }),
});
export type ExplainOptions = Static<typeof ExplainOptions>;
