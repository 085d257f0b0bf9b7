/** Stage: fitted models on held-out users → the leaderboard. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackAccess } from './config/config.ts';
import type { TrackOptions } from './config/track-options.ts';
import { openDataset } from './data/dataset-file.ts';
import { heldOutUsers } from './data/held-out-users.ts';
import { InterruptedError, UsageError } from './error.ts';
import { writeArtefact } from './home/artefact.ts';
import { runStage } from './home/stage.ts';
import { openModels } from './home/train-record.ts';
import { breakdownOf } from './metric/breakdown.ts';
import type { ModelEvaluation } from './metric/evaluate-model.ts';
import { type Leaderboard, leaderboardMarkdown, withoutTimes } from './metric/leaderboard.ts';
import { type Evaluated, ModelEvaluator } from './metric/model-evaluator.ts';
import { type PersonQuality, personQuality } from './metric/person-quality.ts';
import { listedShares } from './model/listings.ts';
import { loadModel } from './model/registry.ts';
import { CHARTS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { PUBLISHED_MODELS } from './recommend/bundle-file.ts';
import { writeRunReport } from './report/write-run-report.ts';
import { QUALITY, recordEvaluation, writeQuality } from './track/evaluation.ts';
import { runOf } from './track/run-record.ts';
import { openTrackingServer } from './track/tracker.ts';

export interface EvaluateOptions {
  readonly home: string;
  /** which held-out users; default: test */
  readonly part?: 'validation' | 'test';
  readonly seed?: number;
  /** also by group of users and titles, with latency and cost, and as an HTML report */
  readonly all?: boolean;
  /** keeps times out of the leaderboard's version; not with `all`, which measures them; default: false */
  readonly reproducible?: boolean;
  readonly track?: TrackOptions;
  readonly access?: TrackAccess;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/** Evaluates every model of the current 'model' artefact and writes the leaderboard as JSON and Markdown. */
export async function evaluate(options: EvaluateOptions): Promise<Leaderboard> {
  const { home, all, reproducible, progress = NO_PROGRESS } = options;
  if (all && reproducible)
    throw new UsageError(
      'Evaluating: --all measures times and --reproducible keeps them out of the leaderboard: choose one',
    );
  // so that a missing key is reported before the work
  if (options.track) openTrackingServer(options.track, options.access ?? {});
  await requirePackages('evaluate', CHARTS);
  return runStage(home, 'evaluate', progress, () => makeLeaderboard(options));
}

async function makeLeaderboard(options: EvaluateOptions): Promise<Leaderboard> {
  const { home, part = 'test', seed = 42, all = false, reproducible } = options;
  const { progress = NO_PROGRESS, signal, clock } = options;
  const dataset = await openDataset(home);
  const { folder, version, record } = await openModels(home, dataset.fingerprint);
  const run = await runOf(home, { version, run: record.run });
  const people = heldOutUsers(dataset, dataset.parts[part], seed);
  const listedShare = listedShares(dataset, dataset.parts.train);
  const costs = Object.entries(record.models);
  progress.step(`evaluating on ${people.length} held-out people`, costs.length, 'models');
  const evaluator = new ModelEvaluator(dataset, people, { listedShare, seed, all });
  const evaluated: Evaluated[] = [];
  for (const [name, cost] of costs) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while evaluating');
    const model = await loadModel(name, folder);
    const { evaluation, values } = evaluator.evaluate(model);
    const closely = all && breakdownOf(model, dataset, people, { listedShare, seed });
    evaluated.push({ values, evaluation: closely ? { ...evaluation, closely, cost } : evaluation });
    progress.update(evaluated.length);
  }
  const published = publishedOf(evaluated);
  const about = { fingerprint: dataset.fingerprint, part, seed };
  const quality = published ? personQuality(published.values, about) : null;
  if (run !== null && quality) await writeQuality(home, run, quality);
  const models = withDifferences(evaluator, evaluated, published).sort(
    (a, b) => b.liked.ndcg10.mean - a.liked.ndcg10.mean,
  );
  const leaderboard: Leaderboard = {
    fingerprint: dataset.fingerprint,
    modelVersion: version,
    origin: dataset.origin,
    part,
    people: people.length,
    titles: dataset.items.size,
    models,
  };
  const artefact = await writeArtefact(
    home,
    'leaderboard',
    (target) =>
      writeLeaderboard(target, reproducible ? withoutTimes(leaderboard) : leaderboard, quality),
    { clock, reproducible },
  );
  if (run !== null)
    await recordEvaluation(home, run, leaderboard, {
      ...options,
      writeReport: writeRunReport,
      progress,
    });
  if (all) progress.note(`The report is ${join(artefact.folder, 'report.html')}`);
  progress.end();
  return leaderboard;
}

/** null: none of the models is one that is published */
function publishedOf(evaluated: readonly Evaluated[]): Evaluated | null {
  const byName = new Map(evaluated.map((one) => [one.evaluation.model, one]));
  const name = PUBLISHED_MODELS.find((one) => byName.has(one));
  return (name !== undefined && byName.get(name)) || null;
}

function withDifferences(
  evaluator: ModelEvaluator,
  evaluated: readonly Evaluated[],
  published: Evaluated | null,
): ModelEvaluation[] {
  return evaluated.map(({ evaluation, values }, i) => {
    if (published === null || evaluated[i] === published) return evaluation;
    const of = evaluator.differences(values, published.values);
    return { ...evaluation, difference: { from: published.evaluation.model, of } };
  });
}

async function writeLeaderboard(
  folder: string,
  leaderboard: Leaderboard,
  quality: PersonQuality | null,
): Promise<void> {
  await writeFile(join(folder, 'leaderboard.json'), `${JSON.stringify(leaderboard, null, 2)}\n`);
  await writeFile(join(folder, 'leaderboard.md'), leaderboardMarkdown(leaderboard));
  if (quality) await writeFile(join(folder, QUALITY), `${JSON.stringify(quality)}\n`);
  if (!leaderboard.models.some(({ closely }) => closely)) return;
  const { leaderboardReport } = await import('./report/leaderboard-report.ts');
  await writeFile(join(folder, 'report.html'), leaderboardReport(leaderboard));
}
