/** Adds a leaderboard to the record and the report of the run that made the models. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { TrackAccess } from '../config/config.ts';
import { type TrackOptions, trackOptions } from '../config/track-options.ts';
import { openArtefact, readJson } from '../home/artefact.ts';
import { writeAtomically } from '../home/atomic-write.ts';
import type { ModelEvaluation } from '../metric/evaluate-model.ts';
import { type Leaderboard, leaderboardMarkdown } from '../metric/leaderboard.ts';
import { meansOfLists } from '../metric/list/list-measures.ts';
import { PersonQuality } from '../metric/person-quality.ts';
import type { Progress } from '../progress.ts';
import type { WriteReport } from './run.ts';
import { readRunRecord, runsFolder, writeRunRecord } from './run-record.ts';
import { openTracker } from './tracker.ts';

export const QUALITY = 'quality.json';

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
  return qualityIn(join(runsFolder(home), id));
}

async function qualityIn(folder: string): Promise<PersonQuality | null> {
  const quality = await readJson(join(folder, QUALITY)).catch(() => null);
  return Value.Check(PersonQuality, quality) ? quality : null;
}

/** How good models are on held-out people. */
export interface Evaluated {
  /** 0 = not evaluated */
  readonly people: number;
  /** means of the liked metrics by model, e.g. slim.ndcg10 */
  readonly models: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly quality: PersonQuality | null;
}

const NOT_EVALUATED: Evaluated = { people: 0, models: {}, quality: null };

/**
 * Of the models of this version: as the current leaderboard has it, or, where that is about other models, their run.
 * @param run its id; null = it is not in this home
 */
export async function evaluationOf(
  home: string,
  { version, run }: { readonly version: string; readonly run: string | null },
): Promise<Evaluated> {
  const board = await leaderboardOf(home, version);
  if (board) return board;
  const record = run === null ? null : await readRunRecord(home, run).catch(() => null);
  if (run === null || !record?.evaluation) return NOT_EVALUATED;
  const { people, models } = record.evaluation;
  return { people, models, quality: await readQuality(home, run) };
}

/** null: there is no leaderboard of these models, or it is damaged */
async function leaderboardOf(home: string, version: string): Promise<Evaluated | null> {
  const artefact = await openArtefact(home, 'leaderboard').catch(() => null);
  if (artefact === null) return null;
  const board = await readJson(join(artefact.folder, 'leaderboard.json'));
  if (!Value.Check(LeaderboardMeans, board) || board.modelVersion !== version) return null;
  const { people, models } = board;
  return { people, models: meansOf(models), quality: await qualityIn(artefact.folder) };
}

/** What is read of leaderboard.json; a mean over nobody is null there. */
const LeaderboardMeans = Type.Object({
  modelVersion: Type.String(),
  people: Type.Integer(),
  models: Type.Array(
    Type.Object({
      model: Type.String(),
      liked: Type.Record(
        Type.String(),
        Type.Object({ mean: Type.Union([Type.Number(), Type.Null()]) }),
      ),
    }),
  ),
});

interface LikedMeans {
  readonly model: string;
  readonly liked: Readonly<Record<string, { readonly mean: number | null }>>;
}

/** Without held-out users there is no mean. */
function meansOf(models: readonly LikedMeans[]): Evaluated['models'] {
  const means = ({ liked }: LikedMeans) =>
    Object.entries(liked).flatMap(([key, { mean }]) =>
      mean !== null && Number.isFinite(mean) ? [[key, mean] as const] : [],
    );
  return Object.fromEntries(models.map((row) => [row.model, Object.fromEntries(means(row))]));
}

/** By task, or "lists", then by model: newStories.slim.ndcg10, lists.slim.gini10. */
function otherMeans(models: readonly ModelEvaluation[]): Record<string, object> {
  const found = models.flatMap(({ model, tasks = {}, lists }) => [
    ...Object.entries(tasks).map(([about, { liked }]) => ({
      ...{ about, model },
      means: Object.entries(liked).map(([metric, { mean }]) => [metric, mean] as const),
    })),
    ...(lists ? [{ about: 'lists', model, means: meansOfLists(lists) }] : []),
  ]);
  const finite = (means: readonly (readonly [string, number])[]) =>
    Object.fromEntries(means.filter(([, mean]) => Number.isFinite(mean)));
  const modelsOf = (about: string) =>
    found
      .filter((one) => one.about === about)
      .map(({ model, means }) => [model, finite(means)] as const);
  return Object.fromEntries(
    found.map(({ about }) => [about, Object.fromEntries(modelsOf(about))] as const),
  );
}

export interface EvaluationOptions {
  readonly track?: TrackOptions;
  readonly access?: TrackAccess;
  readonly clock?: () => Date;
  readonly writeReport: WriteReport;
  readonly progress: Progress;
}

/** Does nothing when the run's folder has been removed. */
export async function recordEvaluation(
  home: string,
  id: string,
  board: Leaderboard,
  { track = trackOptions(), access = {}, clock, writeReport, progress }: EvaluationOptions,
): Promise<void> {
  const record = await readRunRecord(home, id).catch(() => null);
  if (!record) return;
  const folder = join(runsFolder(home), id);
  const models = meansOf(board.models.map(({ model, liked }) => ({ model, liked: { ...liked } })));
  const evaluated = { ...record, evaluation: { part: board.part, people: board.people, models } };
  await writeFile(join(folder, 'leaderboard.json'), `${JSON.stringify(board, null, 2)}\n`);
  await writeRunRecord(folder, evaluated);
  await writeReport(folder, evaluated);
  const tracker = openTracker(folder, track, access, clock);
  tracker.metrics({ [board.part]: { liked: models, ...otherMeans(board.models) } });
  for (const { model, curves } of board.models)
    for (const metric of ['recall', 'ndcg'] as const) {
      const y = curves?.[metric] ?? [];
      const name = `${board.part}.liked.${model}.${metric}_at_k`;
      if (y.length > 0) tracker.record({ curve: { name, x: y.map((_, at) => at + 1), y } });
    }
  tracker.record({ description: leaderboardMarkdown(board) });
  tracker.artefact('report.html');
  const problem = await tracker.finish();
  if (problem) progress.note(problem);
}
