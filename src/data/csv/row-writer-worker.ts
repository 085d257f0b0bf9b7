/** The thread of row-writer.ts: DuckDB pulls blocks of rows and writes them into a Parquet file. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { OsusumeError } from '../../error.ts';
import { sqlString } from '../columns.ts';
import { loadDuckDB, withDatabase } from '../database.ts';
import { PARQUET } from './interactions-parquet.ts';
import { buffersOf, type RowBlock } from './row-blocks.ts';
import type { FromWriter, RowWriterData, ToWriter } from './row-writer.ts';

const COLUMNS = [
  ['user_id', 'INTEGER', 'userIds'],
  ['anime_id', 'INTEGER', 'animeIds'],
  ['rating', 'UTINYINT', 'ratings'],
  ['status', 'UTINYINT', 'statuses'],
  ['watched_episodes', 'INTEGER', 'episodes'],
  ['rating_tenths', 'UTINYINT', 'tenths'],
  ['updated', 'INTEGER', 'times'],
] as const satisfies readonly (readonly [string, 'INTEGER' | 'UTINYINT', keyof RowBlock])[];

type Column = (typeof COLUMNS)[number];

/** DuckDB takes at most this many rows at a time. */
const VECTOR = 2048;

const { path, state } = workerData as RowWriterData;
const port = parentPort!;

/** Waits for the next block. @throws when no more are wanted */
function nextBlock(): RowBlock | null {
  for (;;) {
    const seen = Atomics.load(state, 0);
    const received = receiveMessageOnPort(port) as { message: ToWriter } | undefined;
    if (received?.message === 'stop') throw new Error('stopped');
    if (received) return received.message;
    Atomics.wait(state, 0, seen);
  }
}

function send(message: FromWriter): void {
  port.postMessage(message, 'used' in message ? buffersOf(message.used) : []);
}

async function writeRows(connection: DuckDBConnection): Promise<void> {
  const duckdb = loadDuckDB();
  // The first block shows which columns there are; without rows, those of every layout.
  let block = nextBlock();
  let isFirst = true;
  let at = 0;
  const columns = COLUMNS.filter(([, , name], index) => (block ? block[name] : index < 5));
  const rows = duckdb.DuckDBTableFunction.create({
    name: 'checked_rows',
    bindFunction(bind) {
      for (const [name, type] of columns) bind.addResultColumn(name, duckdb[type]);
    },
    initFunction(init) {
      init.setMaxThreads(1);
    },
    mainFunction(info, chunk) {
      if (block && at === block.count) {
        send({ used: block });
        block = null;
      }
      try {
        if (!block && !isFirst) {
          block = nextBlock();
          at = 0;
        }
        isFirst = false;
      } catch {
        info.setError('stopped');
        return;
      }
      at += fillChunk(chunk, block, at, columns);
    },
  });
  connection.registerTableFunction(rows);
  await connection.run(`COPY (FROM checked_rows()) TO ${sqlString(path)} (${PARQUET})`);
}

/** Copies rows into DuckDB's vectors. They keep their typed array in `items`; the public API takes only boxed values. */
function fillChunk(
  chunk: DuckDBDataChunk,
  block: RowBlock | null,
  at: number,
  columns: readonly Column[],
): number {
  const count = block ? Math.min(VECTOR, block.count - at) : 0;
  chunk.rowCount = count;
  if (!block || count === 0) return 0;
  for (const [index, [, , name]] of columns.entries()) {
    const vector = chunk.getColumnVector(index);
    const { items } = vector as unknown as { readonly items: Int32Array | Uint8Array };
    items.set(block[name]!.subarray(at, at + count));
    vector.flush();
  }
  return count;
}

try {
  // Only one thread can pull; a second one would spin without work and burn a core.
  await withDatabase({ threads: 1 }, writeRows);
} catch (error) {
  const { message } = error as Error;
  send({ failure: message, isExpected: error instanceof OsusumeError });
} finally {
  Atomics.store(state, 1, 1);
  Atomics.notify(state, 1);
}
