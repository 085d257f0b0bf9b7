/** Stage: fitted models on held-out users → the leaderboard. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackAccess } from './config/config.ts';
import type { TrackOptions } from './config/track-options.ts';
import { openDataset } from './data/dataset-file.ts';
import { heldOutUsers } from './data/held-out-users.ts';
import { InterruptedError } from './error.ts';
import { writeArtefact } from './home/artefact.ts';
import { runStage } from './home/stage.ts';
import { openModels } from './home/train-record.ts';
import { breakdownOf } from './metric/breakdown.ts';
import { evaluateModel, type ModelEvaluation } from './metric/evaluate-model.ts';
import { type Leaderboard, leaderboardMarkdown } from './metric/leaderboard.ts';
import { personQuality } from './metric/person-quality.ts';
import { listedShares } from './model/listings.ts';
import { loadModel } from './model/registry.ts';
import { CHARTS, requirePackages } from './optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { MODEL_NAMES } from './recommend/bundle-file.ts';
import { writeRunReport } from './report/write-run-report.ts';
import { recordEvaluation, writeQuality } from './track/evaluation.ts';
import { openTrackingServer } from './track/tracker.ts';

export interface EvaluateOptions {
  readonly home: string;
  /** which held-out users; default: test */
  readonly part?: 'validation' | 'test';
  readonly seed?: number;
  /** also by group of users and titles, with latency and cost, and as an HTML report */
  readonly all?: boolean;
  readonly track?: TrackOptions;
  readonly access?: TrackAccess;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/** Evaluates every model of the current 'model' artefact and writes the leaderboard as JSON and Markdown. */
export async function evaluate(options: EvaluateOptions): Promise<Leaderboard> {
  const { home, progress = NO_PROGRESS } = options;
  // so that a missing key is reported before the work
  if (options.track) openTrackingServer(options.track, options.access ?? {});
  await requirePackages('evaluate', CHARTS);
  return runStage(home, 'evaluate', progress, () => makeLeaderboard(options));
}

async function makeLeaderboard(options: EvaluateOptions): Promise<Leaderboard> {
  const { home, part = 'test', seed = 42, all = false } = options;
  const { progress = NO_PROGRESS, signal, clock } = options;
  const dataset = await openDataset(home);
  const { folder, record } = await openModels(home, dataset.fingerprint);
  const people = heldOutUsers(dataset, dataset.parts[part], seed);
  const listedShare = listedShares(dataset, dataset.parts.train);
  const costs = Object.entries(record.models);
  progress.step(`evaluating on ${people.length} held-out people`, costs.length, 'models');
  const evaluated: ModelEvaluation[] = [];
  for (const [name, cost] of costs) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while evaluating');
    const model = await loadModel(name, folder);
    const evaluation = evaluateModel(model, people, listedShare);
    evaluated.push(
      all
        ? {
            ...evaluation,
            closely: breakdownOf(model, dataset, people, { listedShare, seed }),
            cost,
          }
        : evaluation,
    );
    if (name === MODEL_NAMES.hybrid) {
      const about = { fingerprint: dataset.fingerprint, part, seed };
      await writeQuality(home, record.run, personQuality(model, people, about));
    }
    progress.update(evaluated.length);
  }
  evaluated.sort((a, b) => b.liked.ndcg10.mean - a.liked.ndcg10.mean);
  const leaderboard: Leaderboard = {
    fingerprint: dataset.fingerprint,
    origin: dataset.origin,
    part,
    people: people.length,
    titles: dataset.items.size,
    models: evaluated,
  };
  const artefact = await writeArtefact(
    home,
    'leaderboard',
    (target) => writeLeaderboard(target, leaderboard, all),
    { clock },
  );
  await recordEvaluation(home, record.run, leaderboard, {
    ...options,
    writeReport: writeRunReport,
    progress,
  });
  if (all) progress.note(`The report is ${join(artefact.folder, 'report.html')}`);
  progress.end();
  return leaderboard;
}

async function writeLeaderboard(
  folder: string,
  leaderboard: Leaderboard,
  all: boolean,
): Promise<void> {
  await writeFile(join(folder, 'leaderboard.json'), `${JSON.stringify(leaderboard, null, 2)}\n`);
  await writeFile(join(folder, 'leaderboard.md'), leaderboardMarkdown(leaderboard));
  if (!all) return;
  const { leaderboardReport } = await import('./report/leaderboard-report.ts');
  await writeFile(join(folder, 'report.html'), leaderboardReport(leaderboard));
}
