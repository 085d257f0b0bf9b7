/** Adds a leaderboard to the record and the report of the run that made the models. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import type { Leaderboard } from '../metric/leaderboard.ts';
import type { Progress } from '../progress.ts';
import type { WriteReport } from './run.ts';
import { readRunRecord, runsFolder, writeRunRecord } from './run-record.ts';
import { openTracker } from './tracker.ts';

export interface EvaluationOptions {
  readonly track?: TrackOptions;
  readonly access?: TrackAccess;
  readonly clock?: () => Date;
  readonly writeReport: WriteReport;
  readonly progress: Progress;
}

const LOCAL: TrackOptions = { to: 'local', project: 'osusume', workspace: null };

/** Does nothing when the run's folder has been removed. */
export async function recordEvaluation(
  home: string,
  id: string,
  board: Leaderboard,
  { track = LOCAL, access = {}, clock, writeReport, progress }: EvaluationOptions,
): Promise<void> {
  const record = await readRunRecord(home, id).catch(() => null);
  if (!record) return;
  const folder = join(runsFolder(home), id);
  const models = Object.fromEntries(
    board.models.map(({ model, liked }) => [
      model,
      // without held-out users there is no mean
      Object.fromEntries(
        Object.entries(liked).flatMap(([key, { mean }]) =>
          Number.isFinite(mean) ? [[key, mean]] : [],
        ),
      ),
    ]),
  );
  const evaluated = { ...record, evaluation: { part: board.part, people: board.people, models } };
  await writeFile(join(folder, 'leaderboard.json'), `${JSON.stringify(board, null, 2)}\n`);
  await writeRunRecord(folder, evaluated);
  await writeReport(folder, evaluated);
  const tracker = openTracker(folder, track, access, clock);
  tracker.metrics({ [board.part]: { liked: models } });
  tracker.artefact('report.html');
  const problem = await tracker.finish();
  if (problem) progress.note(problem);
}
