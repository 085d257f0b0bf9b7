/** interactions.parquet: how it is written, sorted and counted. */
import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlString } from '../columns.ts';

export const PARQUET = 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000';

/**
 * Sorts the rows of a file that is not sorted by user: by user and title; of several rows of one user and title the last
 * one counts. Spills to disk when memory is short; writes a temporary file `to` + ".sorted".
 */
export async function sortRows(
  connection: DuckDBConnection,
  from: string,
  to: string,
): Promise<void> {
  const sorted = `${to}.sorted`;
  await connection.run(
    `COPY (
       FROM read_parquet(${sqlString(from)}, file_row_number = true) ORDER BY user_id, anime_id, file_row_number
     ) TO ${sqlString(sorted)} (FORMAT parquet, COMPRESSION lz4_raw)`,
  );
  // a second pass over sorted rows: lead() then needs only the next row and no memory
  const next = 'lead(user_id) OVER () AS next_user, lead(anime_id) OVER () AS next_anime';
  await connection.run(
    `COPY (
       SELECT * EXCLUDE (next_user, next_anime, file_row_number)
       FROM (SELECT *, ${next} FROM read_parquet(${sqlString(sorted)}))
       WHERE next_user IS DISTINCT FROM user_id OR next_anime IS DISTINCT FROM anime_id
     ) TO ${sqlString(to)} (${PARQUET})`,
  );
  await rm(sorted);
}

/** How many rows and users a file has. */
export async function countRows(
  connection: DuckDBConnection,
  path: string,
): Promise<{ rows: number; users: number }> {
  const result = await connection.runAndReadAll(
    `SELECT count(*), count(DISTINCT user_id) FROM read_parquet(${sqlString(path)})`,
  );
  const [rows, users] = result.getRows()[0].map(Number);
  return { rows, users };
}
