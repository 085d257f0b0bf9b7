/** Parquet files: their columns, and the rows as CSV, which goes through the same checks as any other. */
import { sqlString } from '../data/columns.ts';
import { withDatabase } from '../data/database.ts';
import { OsusumeError } from '../error.ts';
import type { UnpackOptions } from './unpack-file.ts';

/** The names of the columns as the header of a CSV. */
export async function parquetHeader(path: string): Promise<Uint8Array> {
  const names = await withDatabase({ threads: 1, memory: '500MB' }, async (connection) => {
    const described = await connection.runAndReadAll(
      `DESCRIBE SELECT * FROM read_parquet(${sqlString(path)})`,
    );
    return described.getRows().map(([name]) => String(name));
  });
  return Buffer.from(`${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n`);
}

/** Writes the rows into the file `to`. Missing values become empty fields. */
export async function parquetToCsv(
  path: string,
  to: string,
  { progress, signal, work }: UnpackOptions,
): Promise<string> {
  progress.step(`reading ${path} as rows`);
  const options = { threads: 1, memory: '500MB', temporaryFolder: work, signal };
  await withDatabase(options, (connection) =>
    connection.run(
      `COPY (FROM read_parquet(${sqlString(path)})) TO ${sqlString(to)} (FORMAT csv, HEADER true)`,
    ),
  ).catch((error: Error) => {
    if (error instanceof OsusumeError) throw error;
    throw new OsusumeError(`Cannot read ${path} as Parquet (${error.message}): get the file again`);
  });
  return to;
}
