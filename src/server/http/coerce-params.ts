/** Parameters of an address arrive as text. They become numbers and booleans where the schema says so. */
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { LateCheck } from '../../late-check.ts';
import { errorsOf } from './schema-errors.ts';

type Fields = Readonly<Record<string, unknown>>;

const INTEGER = /^-?\d{1,16}$/;
const DECIMAL = /^-?\d{1,16}(\.\d{1,16})?$/;

/** Checks a body unchanged, and the parts of an address (path, query) after converting their text. */
export const coercingValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = new LateCheck(schema);
  return (value: unknown) => {
    const coerced = httpPart === 'body' ? value : coerceFields(schema as Fields, value);
    if (check.Check(coerced)) return { value: coerced };
    return { error: errorsOf(check, coerced) as never };
  };
};

function coerceFields({ properties }: Fields, value: unknown): unknown {
  if (!isObject(value) || !isObject(properties)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, coerce(properties[name], text)]),
  );
}

/** Returns text that is not written like the schema's type unchanged: the check then refuses it. */
function coerce(schema: unknown, value: unknown): unknown {
  if (!isObject(schema)) return value;
  if (schema.type === 'array')
    return [value].flat().map((entry: unknown) => coerce(schema.items, entry));
  if (typeof value !== 'string') return value;
  switch (schema.type) {
    case 'integer':
      return INTEGER.test(value) ? Number(value) : value;
    case 'number':
      return DECIMAL.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' || (value === 'false' ? false : value);
    default:
      return value;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
