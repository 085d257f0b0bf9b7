/** Moves schemas with a title from where routes use them to the components of an OpenAPI document. */

export type Json = Record<string, unknown>;

/** Each schema with a `title` becomes one component. Objects have no other fields than described, unless they say so. */
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
    Object.entries(withPrefixItems(value)).map(([key, part]) => [key, named(part, schemas)]),
  );
  if (typeof title !== 'string' || !isSchema(value)) return inside;
  schemas[title] ??= value.type === 'object' ? { additionalProperties: false, ...inside } : inside;
  return { $ref: `#/components/schemas/${title}` };
}

/** Writes a tuple as JSON Schema 2020-12 does, which OpenAPI 3.1 uses. */
function withPrefixItems(schema: Json): Json {
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
