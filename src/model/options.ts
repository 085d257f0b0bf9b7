/** Options of a model: what was given, checked, with the schema's defaults for the rest. */
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { UsageError } from '../error.ts';

/**
 * @param model named in the error
 * @throws UsageError that names the field and what it should be
 */
export function parseOptions<S extends TSchema>(
  schema: S,
  value: unknown,
  model: string,
): Static<S> {
  const options: unknown = Value.Default(schema, structuredClone(value));
  if (Value.Check(schema, options)) return options;
  const [problem] = Value.Errors(schema, options);
  const field = problem.instancePath.slice(1).replaceAll('/', '.') || 'the whole';
  throw new UsageError(
    `Options of ${model}: ${field} ${problem.message}, but they are ${JSON.stringify(options)?.slice(0, 200)}`,
  );
}
