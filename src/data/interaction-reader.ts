/**
 * Checked rows (Parquet) → sparse rows in memory.
 *
 * The rows of each user are counted first. Then every row is packed into 32 bits as item · 128 + rating · 8 + status and
 * placed into its user's range of one preallocated array. Sorting each short range orders it by item; nothing sorts all
 * rows.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { ArtefactError, InterruptedError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { columnChunks, readColumns, sqlString } from './columns.ts';
import type { IdMap } from './id-map.ts';
import { type Interactions, STATUS } from './interactions.ts';

/** How many rows each user has. `userIds` ascend. */
export interface UserCounts {
  readonly userIds: Int32Array;
  /** all rows */
  readonly listed: Uint32Array;
  /** rows that are not plan-to-watch */
  readonly seen: Uint32Array;
}

export async function countByUser(connection: DuckDBConnection, path: string): Promise<UserCounts> {
  const [userIds, listed, seen] = await readColumns(
    connection,
    `SELECT user_id, count(*)::UINTEGER, count(*) FILTER (status <> ${STATUS.plan_to_watch})::UINTEGER
     FROM read_parquet(${sqlString(path)}) GROUP BY user_id ORDER BY user_id`,
  );
  return {
    userIds: (userIds as Int32Array) ?? new Int32Array(0),
    listed: (listed as Uint32Array) ?? new Uint32Array(0),
    seen: (seen as Uint32Array) ?? new Uint32Array(0),
  };
}

/** animeId → the number of users who list it. */
export async function countByAnime(
  connection: DuckDBConnection,
  path: string,
): Promise<ReadonlyMap<number, number>> {
  const [animeIds, listed] = await readColumns(
    connection,
    `SELECT anime_id, count(*)::UINTEGER FROM read_parquet(${sqlString(path)}) GROUP BY anime_id`,
  );
  const counts = new Map<number, number>();
  for (let i = 0; i < (animeIds?.length ?? 0); i++) counts.set(animeIds[i], listed[i]);
  return counts;
}

export interface ReadOptions {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Reads the rows of `users`, and skips those of others, into sparse rows.
 * @param listed the number of rows of each of `users`
 * @throws ArtefactError when a row does not fit the catalogue, the codes or the counts
 */
export async function readInteractions(
  connection: DuckDBConnection,
  path: string,
  users: IdMap,
  items: IdMap,
  listed: Uint32Array,
  { progress = NO_PROGRESS, signal }: ReadOptions = {},
): Promise<Interactions> {
  if (items.size > MAX_ITEMS)
    throw new RangeError(`readInteractions: more than ${MAX_ITEMS} items`);
  const indptr = rowStarts(listed);
  const packed = new Uint32Array(indptr[users.size]);
  const next = indptr.slice(0, users.size);
  const sql = `SELECT user_id, anime_id, rating, status FROM read_parquet(${sqlString(path)})`;
  let read = 0;
  for await (const chunk of columnChunks(connection, sql)) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while reading the rows');
    placeRows(path, chunk, users, items, packed, next);
    read += chunk[0].length;
    progress.update(read);
  }
  for (let user = 0; user < users.size; user++) {
    if (next[user] === indptr[user + 1]) continue;
    const found = `${next[user] - indptr[user]} rows, expected ${listed[user]}`;
    throw new ArtefactError(`${path}: user ${users.ids[user]} has ${found}. ${REMEDY}`);
  }
  return unpack(packed, indptr, users.size, items.size);
}

/** item · 128 must fit in 32 bits */
const MAX_ITEMS = 1 << 25;
const REMEDY = 'Run "osusume ingest" again';

function rowStarts(lengths: Uint32Array): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  let total = 0;
  for (let row = 0; row < lengths.length; row++) {
    total += lengths[row];
    if (total > 0xffffffff) throw new RangeError('rowStarts: more than 4,294,967,295 rows');
    starts[row + 1] = total;
  }
  return starts;
}

/** Rows are sorted by user, so each user is looked up once; any other order gives the same result, more slowly. */
function placeRows(
  path: string,
  [userIds, animeIds, ratings, statuses]: readonly ArrayLike<number>[],
  users: IdMap,
  items: IdMap,
  packed: Uint32Array,
  next: Uint32Array,
): void {
  let userId = userIds[0];
  let user = users.indexOf(userId);
  for (let row = 0; row < userIds.length; row++) {
    if (userIds[row] !== userId) {
      userId = userIds[row];
      user = users.indexOf(userId);
    }
    if (user < 0) continue;
    const item = items.indexOf(animeIds[row]);
    const rating = ratings[row];
    const status = statuses[row];
    if (item < 0 || rating > 10 || status < 1 || status > 6 || status === 5) {
      const content = `user ${userId}, anime ${animeIds[row]}, rating ${rating}, status ${status}`;
      throw new ArtefactError(
        `${path} has a row that is not in the catalogue or out of range (${content}). ${REMEDY}`,
      );
    }
    packed[next[user]++] = (item << 7) | (rating << 3) | status;
  }
}

function unpack(
  packed: Uint32Array,
  indptr: Uint32Array,
  users: number,
  items: number,
): Interactions {
  const ratings = new Uint8Array(packed.length);
  const statuses = new Uint8Array(packed.length);
  for (let user = 0; user < users; user++) {
    const from = indptr[user];
    const to = indptr[user + 1];
    packed.subarray(from, to).sort();
    for (let p = from; p < to; p++) {
      const value = packed[p];
      ratings[p] = (value >>> 3) & 15;
      statuses[p] = value & 7;
      packed[p] = value >>> 7;
    }
  }
  return { users, items, indptr, indices: packed, ratings, statuses };
}
