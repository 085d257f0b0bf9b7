/** Checks options and fills in their defaults; says what is wrong with them. */
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { UsageError } from '../error.ts';
import { firstLetters } from '../first-letters.ts';

/**
 * The options with their defaults filled in.
 * @param name of the model that they belong to
 * @throws UsageError that names the field
 */
export function parseOptions<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  name: string,
): Static<Schema> {
  const options = Value.Default(schema, structuredClone(value));
  if (Value.Check(schema, options)) return options;
  throw new UsageError(
    `Configuration: ${whatIsWrong(Value.Errors(schema, options)[0], options, name)}`,
  );
}

export interface Problem {
  readonly instancePath: string;
  readonly message: string;
}

/**
 * Describes a problem with a value.
 * @param of where the value stands, e.g. "train.models.ease"
 */
export function whatIsWrong({ instancePath, message }: Problem, config: unknown, of = ''): string {
  const steps = instancePath.split('/').slice(1);
  const field = [...(of ? [of] : []), ...steps].join('.') || 'the whole';
  const value = steps.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), config);
  // an unknown property violates additionalProperties: false
  const what = message === 'schema is false' ? 'is not an option' : message;
  const found = value === undefined ? '' : `, but it is ${firstLetters(JSON.stringify(value), 80)}`;
  return `${field} ${what}${found}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
