/** Checked rows → interactions.parquet, streamed through DuckDB. */
import { rm } from 'node:fs/promises';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { sqlString } from '../columns.ts';
import type { RowBlock, RowBlocks } from './row-blocks.ts';

const COLUMNS = [
  ['user_id', 'INTEGER', 'userIds'],
  ['anime_id', 'INTEGER', 'animeIds'],
  ['rating', 'UTINYINT', 'ratings'],
  ['status', 'UTINYINT', 'statuses'],
  ['watched_episodes', 'INTEGER', 'episodes'],
] as const satisfies readonly (readonly [string, 'INTEGER' | 'UTINYINT', keyof RowBlock])[];

/** DuckDB takes at most this many rows at a time. */
const VECTOR = 2048;

/** Blocks to read ahead while DuckDB compresses: at most 30 MB. */
const AHEAD = 64;

/**
 * Streams the rows that `readMore` adds to `blocks` into a Parquet file, in that order. DuckDB pulls them in a callback,
 * which cannot wait: it calls `readMore` itself when no block is ready. When DuckDB has not pulled for a millisecond it
 * is compressing in its own thread, and only then this thread reads ahead: a callback has to wait for it meanwhile.
 * @param readMore adds some rows; returns false when there are no more
 */
export async function streamRows(
  connection: DuckDBConnection,
  path: string,
  blocks: RowBlocks,
  readMore: () => boolean,
): Promise<void> {
  let more = true;
  let failure: unknown;
  const read = () => {
    try {
      more = readMore();
    } catch (error) {
      more = false;
      failure = error;
    }
    if (!more) blocks.finish();
  };
  let pulled = false;
  const next = () => {
    while (more && blocks.waiting === 0) read();
    if (failure) throw failure;
    return blocks.take();
  };
  const writing = writeBlocks(connection, path, next, (block) => {
    pulled = true;
    if (block) blocks.recycle(block);
  });
  let ended = false;
  const end = () => {
    ended = true;
  };
  writing.then(end, end);
  while (more && !ended) {
    pulled = false;
    await sleep(1);
    while (more && !pulled && !ended && blocks.waiting < AHEAD) {
      read();
      await nextTurn();
    }
  }
  try {
    await writing;
  } catch (error) {
    throw failure ?? error;
  }
}

/** Writes the blocks that `next` returns, until null. `pulled` is called at every pull, with the block that is used up. */
async function writeBlocks(
  connection: DuckDBConnection,
  path: string,
  next: () => RowBlock | null,
  pulled: (done: RowBlock | null) => void,
): Promise<void> {
  const duckdb = await import('@duckdb/node-api');
  let block: RowBlock | null = null;
  let at = 0;
  const rows = duckdb.DuckDBTableFunction.create({
    name: 'checked_rows',
    bindFunction(bind) {
      for (const [name, type] of COLUMNS) bind.addResultColumn(name, duckdb[type]);
    },
    initFunction(init) {
      init.setMaxThreads(1);
    },
    mainFunction(info, chunk) {
      try {
        const done = block && at === block.count;
        pulled(done ? block : null);
        if (done || !block) {
          block = next();
          at = 0;
        }
        at += fillChunk(chunk, block, at);
      } catch {
        // the caller keeps the reason
        info.setError('the rows could not be read');
      }
    },
  });
  connection.registerTableFunction(rows);
  // only one thread can pull; a second one would spin without work and burn a core
  const threads = await connection.runAndReadAll("SELECT current_setting('threads')");
  await connection.run('SET threads = 1');
  await connection.run(`COPY (FROM checked_rows()) TO ${sqlString(path)} (${PARQUET})`);
  await connection.run(`SET threads = ${threads.getRows()[0][0]}`);
}

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
       SELECT user_id, anime_id, rating, status, watched_episodes
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

const PARQUET = 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000';

/** Copies rows into DuckDB's vectors. They keep their typed array in `items`; the public API takes only boxed values. */
function fillChunk(chunk: DuckDBDataChunk, block: RowBlock | null, at: number): number {
  const count = block ? Math.min(VECTOR, block.count - at) : 0;
  chunk.rowCount = count;
  if (!block || count === 0) return 0;
  for (const [index, [, , name]] of COLUMNS.entries()) {
    const vector = chunk.getColumnVector(index);
    const { items } = vector as unknown as { readonly items: Int32Array | Uint8Array };
    items.set(block[name].subarray(at, at + count));
    vector.flush();
  }
  return count;
}
