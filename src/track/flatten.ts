/** The values of a nested object by dotted path: { ease: { dropout: 0.2 } } → [["ease.dropout", 0.2]]. */
export function flatten(value: unknown, path = ''): [path: string, value: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, path ? `${path}.${key}` : key),
  );
}
