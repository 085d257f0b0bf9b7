/** Answers are written by serialisers compiled from their schemas: only what a schema names reaches a client. */
import fastJson, { type Schema } from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';

type Json = Record<string, unknown>;
type Serializer = (answer: unknown) => string;

/** The serialiser of a response schema, for Fastify. */
export const schemaSerializer: FastifySerializerCompiler<unknown> = ({ schema }) =>
  serializerOf(schema);

/** A function that writes values of a schema as JSON. It is compiled when it is first used, as checks are. */
export function serializerOf(schema: unknown): Serializer {
  let write: Serializer | undefined;
  return (answer) => {
    write ??= fastJson(forSerializer(schema) as Schema) as Serializer;
    return write(answer);
  };
}

/**
 * The same schema in the form that fast-json-stringify writes fastest. TypeBox says "or null" with `anyOf`, for which
 * the serialiser would run a validator on every value; `nullable` is one comparison.
 */
function forSerializer(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forSerializer);
  if (!isObject(schema)) return schema;
  if (isStringEnum(schema)) return { type: 'string' };
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf)) return mapValues(rest, forSerializer);
  const options = anyOf.filter((option) => !isObject(option) || option.type !== 'null');
  const nullable = options.length < anyOf.length ? { nullable: true } : {};
  const [only] = options.map(forSerializer);
  return options.length === 1 && isObject(only)
    ? { ...only, ...nullable }
    : // Several kinds of value: no serialiser is faster than JSON.stringify.
      {};
}

function isStringEnum(schema: Json): boolean {
  return Array.isArray(schema.enum) && schema.enum.every((value) => typeof value === 'string');
}

function mapValues(object: Json, map: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
