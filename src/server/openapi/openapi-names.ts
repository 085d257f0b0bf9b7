/** A description of routes has every schema written out where it is used. Here those with a title become components. */

export type Json = Record<string, unknown>;

/**
 * Schemas with a `title` move to components/schemas, once each, and are referred to. They have no fields but those that
 * are described, unless they say so.
 */
export function nameSchemas(document: Json): Json {
  const schemas: Json = {};
  const paths = named(document.paths, schemas);
  return { ...document, paths, components: { schemas } };
}

function named(value: unknown, schemas: Json): unknown {
  if (Array.isArray(value)) return value.map((entry) => named(entry, schemas));
  if (!isObject(value)) return value;
  const { title } = value;
  const inside = Object.fromEntries(
    Object.entries(modern(value)).map(([key, part]) => [key, named(part, schemas)]),
  );
  if (typeof title !== 'string' || !isSchema(value)) return inside;
  schemas[title] ??= value.type === 'object' ? { additionalProperties: false, ...inside } : inside;
  return { $ref: `#/components/schemas/${title}` };
}

/** A list of fixed length in the words of the JSON Schema that OpenAPI 3.1 uses. */
function modern(schema: Json): Json {
  if (!Array.isArray(schema.items)) return schema;
  const { items, additionalItems: _, ...rest } = schema;
  return { ...rest, prefixItems: items, minItems: items.length, maxItems: items.length };
}

function isSchema(value: Json): boolean {
  return value.type === 'object' || Array.isArray(value.anyOf);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
