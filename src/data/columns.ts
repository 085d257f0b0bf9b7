/** Query results of DuckDB as typed arrays: no value is boxed, so a hundred million rows take seconds. */
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

export type Column = Int32Array | Uint32Array | Uint8Array;

/**
 * Streams the result of a query in chunks of at most 2,048 rows, one typed array for each column. The columns must be
 * INTEGER, UINTEGER or UTINYINT without NULL. An array is valid until the next chunk.
 */
export async function* columnChunks(
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<Column[], void> {
  const result = await connection.stream(sql);
  const types = result.columnTypes().map(String);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield types.map((type, index) => columnOf(chunk, index, type));
  }
}

/** A small result as a whole, e.g. that of a GROUP BY. */
export async function readColumns(connection: DuckDBConnection, sql: string): Promise<Column[]> {
  const chunks: Column[][] = [];
  for await (const chunk of columnChunks(connection, sql)) chunks.push(chunk.map((c) => c.slice()));
  if (chunks.length === 0) return [];
  return chunks[0].map((_, index) => concatenate(chunks.map((chunk) => chunk[index])));
}

/** A path as a string literal of SQL. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const ARRAY_OF: Record<string, typeof Int32Array | typeof Uint32Array | typeof Uint8Array> = {
  INTEGER: Int32Array,
  UINTEGER: Uint32Array,
  UTINYINT: Uint8Array,
};

/** DuckDB's vectors keep their typed array in `items`; the public API returns only boxed values. */
function columnOf(chunk: DuckDBDataChunk, index: number, type: string): Column {
  const { items } = chunk.getColumnVector(index) as unknown as { readonly items?: unknown };
  const expected = ARRAY_OF[type];
  if (!expected || !(items instanceof expected) || items.length !== chunk.rowCount) {
    throw new TypeError(
      `columnChunks: column ${index} is ${type}, which cannot be read as numbers`,
    );
  }
  return items;
}

function concatenate(parts: readonly Column[]): Column {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new (parts[0].constructor as new (length: number) => Column)(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
