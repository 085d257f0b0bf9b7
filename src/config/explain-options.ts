import { type Static, Type } from 'typebox';
import { count, section } from './fields.ts';

/** Explanations and the chat in words of a language model; without one, templates and a plain reading. */
export const ExplainOptions = section({
  /** of an OpenAI-compatible endpoint, e.g. http://localhost:11434/v1; null = OpenAI's own */
  baseUrl: Type.Union([Type.String({ pattern: '^https?://' }), Type.Null()], { default: null }),
  /** its name there; null = no language model */
  model: Type.Union([Type.String({ minLength: 1 }), Type.Null()], { default: null }),
  /** seconds for a whole answer */
  timeLimit: Type.Number({ exclusiveMinimum: 0, default: 20 }),
  /** answers written at the same time */
  atOnce: count(4),
  /** answers of the model an hour: for one address, and for all together */
  perVisitor: count(30),
  perHour: count(600),
  /** explanations remembered by what they are made of */
  remembered: count(1000),
  /** they are kept in the home too, and known again after a restart */
  keep: Type.Boolean({ default: false }),
});
export type ExplainOptions = Static<typeof ExplainOptions>;
