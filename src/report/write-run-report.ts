/** Writes report.html into a run's folder. The charts are loaded only when a report is written. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE } from '../home/modes.ts';
import type { Examples } from '../metric/examples.ts';
import type { Leaderboard } from '../metric/leaderboard.ts';
import type { RunRecord } from '../track/run-record.ts';

/** From the record, examples.json and, once evaluated, leaderboard.json of the folder. */
export async function writeRunReport(folder: string, record: RunRecord): Promise<void> {
  const examples = await readOptional<Examples>(join(folder, 'examples.json'));
  const board = await readOptional<Leaderboard>(join(folder, 'leaderboard.json'));
  const { runReport } = await import('./run-report.ts');
  await writeFile(join(folder, 'report.html'), runReport(record, examples, board), {
    mode: PRIVATE_FILE,
  });
}

/** Null when it is missing or damaged: the report is made without that part. */
async function readOptional<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError)
      return null;
    throw error;
  }
}
