/** Adds a leaderboard to the record and the report of the run that made the models. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import type { TrackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import { readJson } from '../home/artefact.ts';
import { writeAtomically } from '../home/atomic-write.ts';
import type { Leaderboard } from '../metric/leaderboard.ts';
import { PersonQuality } from '../metric/person-quality.ts';
import type { Progress } from '../progress.ts';
import type { WriteReport } from './run.ts';
import { readRunRecord, runsFolder, writeRunRecord } from './run-record.ts';
import { openTracker } from './tracker.ts';

const QUALITY = 'quality.json';

/** Keeps the quality of the run's model on each held-out user. Does nothing when the run's folder has been removed. */
export async function writeQuality(
  home: string,
  id: string,
  quality: PersonQuality,
): Promise<void> {
  const folder = join(runsFolder(home), id);
  if (existsSync(folder))
    await writeAtomically(join(folder, QUALITY), `${JSON.stringify(quality)}\n`);
}

/** null: the run has not been evaluated, or its file is damaged */
export async function readQuality(home: string, id: string): Promise<PersonQuality | null> {
  const path = join(runsFolder(home), id, QUALITY);
  const quality = await readJson(path).catch(() => null);
  return Value.Check(PersonQuality, quality) ? quality : null;
}

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
