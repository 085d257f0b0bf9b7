/** Addresses are text. What a schema calls a number or a boolean is read from it when it is written as one, and not otherwise. */
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { errorsOf } from './schema-errors.ts';

type Words = Readonly<Record<string, unknown>>;

const WHOLE = /^-?\d{1,16}$/;
const DECIMAL = /^-?\d{1,16}(\.\d{1,16})?$/;

/** Checks a body as it is, and the parts of an address after reading their texts. */
export const checkRequests: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (value: unknown) => {
    const read = httpPart === 'body' ? value : fieldsFrom(schema as Words, value);
    if (check.Check(read)) return { value: read };
    return { error: errorsOf(check, read) as never };
  };
};

function fieldsFrom({ properties }: Words, value: unknown): unknown {
  if (!isObject(value) || !isObject(properties)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, fromText(properties[name], text)]),
  );
}

function fromText(schema: unknown, value: unknown): unknown {
  if (!isObject(schema)) return value;
  if (schema.type === 'array')
    return [value].flat().map((entry: unknown) => fromText(schema.items, entry));
  if (typeof value !== 'string') return value;
  switch (schema.type) {
    case 'integer':
      return WHOLE.test(value) ? Number(value) : value;
    case 'number':
      return DECIMAL.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' || (value === 'false' ? false : value);
    default:
      return value;
  }
}

function isObject(value: unknown): value is Words {
  return typeof value === 'object' && value !== null;
}
