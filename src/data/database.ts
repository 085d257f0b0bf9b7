/** DuckDB with stated limits, closed after use. It is loaded only then: serving does without. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { DuckDBConnection } from '@duckdb/node-api';
import { InterruptedError, OsusumeError } from '../error.ts';

export interface DatabaseOptions {
  /** 0 or absent = the machine's cores */
  readonly threads?: number;
  /** e.g. "1GB" */
  readonly memory?: string;
  /** where it may spill; absent = nowhere */
  readonly temporaryFolder?: string;
  readonly signal?: AbortSignal;
}

/** By require: import() would read each of its 120 files twice, to find what they export. */
export function loadDuckDB(): typeof import('@duckdb/node-api') {
  return createRequire(import.meta.url)('@duckdb/node-api');
}

/** Opens an in-memory database while `use` runs; aborting interrupts the current query. */
export async function withDatabase<T>(
  { threads, memory = '1GB', temporaryFolder, signal }: DatabaseOptions,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = loadDuckDB();
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads || availableParallelism()),
    memory_limit: memory,
    temp_directory: temporaryFolder ?? '',
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await use(connection);
  } catch (error) {
    throw signal?.aborted
      ? new InterruptedError('Interrupted; nothing was changed')
      : engineError(error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

function engineError(error: unknown): unknown {
  if (error instanceof OsusumeError || !(error instanceof Error)) return error;
  if (/No space left|ENOSPC|max_temp_directory_size/i.test(error.message)) {
    return new OsusumeError(
      `The disk is full (${error.message}): free some space or choose another --home, then run the command again`,
    );
  }
  if (/Out of Memory/i.test(error.message)) {
    return new OsusumeError(
      `The rows do not fit in memory (${error.message}): close other programs or use fewer --threads`,
    );
  }
  return error;
}
