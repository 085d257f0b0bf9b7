/** What the parts of ingesting share. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Rejects } from '../../data/csv/rejects.ts';
import type { RowWriter } from '../../data/csv/row-writer.ts';
import { InterruptedError } from '../../error.ts';
import type { Progress } from '../../progress.ts';
import type { OpenedSource } from '../source.ts';

export interface IngestWork {
  readonly connection: DuckDBConnection;
  /** where the rows are written */
  readonly folder: string;
  readonly source: OpenedSource;
  readonly rejects: Rejects;
  readonly writer: RowWriter;
  /** how many rows of the ratings to read; 0 = all */
  readonly rows: number;
  readonly maxRejected: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** what a person should know */
  readonly notes: string[];
}

export function secondsSince(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}

export function stopWhenAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new InterruptedError('Interrupted while ingesting; nothing was changed');
}
