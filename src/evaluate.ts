/** Stage: fitted models on held-out users → the leaderboard. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataset } from './data/dataset-file.ts';
import { ArtefactError, InterruptedError } from './error.ts';
import { openArtefact, readJson, writeArtefact } from './home/artefact.ts';
import { heldOutPeople } from './metric/held-out-people.ts';
import { type Judgement, judge } from './metric/judge.ts';
import { leaderboardMarkdown } from './metric/leaderboard.ts';
import { ItemWeights } from './model/item-weights.ts';
import { countListings, Popularity } from './model/popularity.ts';
import { NO_PROGRESS, type Progress } from './terminal/progress.ts';

export interface EvaluateOptions {
  readonly home: string;
  /** whom to judge on (default: test) */
  readonly part?: 'validation' | 'test';
  readonly seed?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

export interface Leaderboard {
  readonly fingerprint: string;
  readonly origin: { readonly name: string; readonly synthetic: boolean };
  readonly part: 'validation' | 'test';
  readonly people: number;
  readonly titles: number;
  /** best liked NDCG@10 first */
  readonly models: readonly Judgement[];
}

/** Judges every model of the current 'model' artefact and keeps the leaderboard as JSON and Markdown. */
export async function evaluate(options: EvaluateOptions): Promise<Leaderboard> {
  const { home, part = 'test', seed = 42, progress = NO_PROGRESS, signal, clock } = options;
  const dataset = await openDataset(home);
  const { folder } = await openArtefact(home, 'model');
  await checkFingerprint(folder, dataset.fingerprint);
  const people = heldOutPeople(dataset, dataset.parts[part], seed);
  const trained = dataset.parts.train;
  const listedShare = countListings(dataset, trained).map(
    (count) => count / Math.max(1, trained.to - trained.from),
  );
  const models = [
    await Popularity.load(folder),
    await ItemWeights.load(folder, 'content'),
    await ItemWeights.load(folder, 'item-knn'),
    await ItemWeights.load(folder, 'ease'),
  ];
  progress.step(`judging on ${people.length} held-out people`, models.length, 'models');
  const judged: Judgement[] = [];
  for (const model of models) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while evaluating');
    judged.push(judge(model, people, listedShare));
    progress.update(judged.length);
  }
  judged.sort((a, b) => b.liked.ndcg10.mean - a.liked.ndcg10.mean);
  const leaderboard: Leaderboard = {
    fingerprint: dataset.fingerprint,
    origin: dataset.origin,
    part,
    people: people.length,
    titles: dataset.items.size,
    models: judged,
  };
  await writeArtefact(home, 'leaderboard', (target) => writeLeaderboard(target, leaderboard), {
    clock,
  });
  progress.end();
  return leaderboard;
}

async function writeLeaderboard(folder: string, leaderboard: Leaderboard): Promise<void> {
  await writeFile(join(folder, 'leaderboard.json'), `${JSON.stringify(leaderboard, null, 2)}\n`);
  await writeFile(join(folder, 'leaderboard.md'), leaderboardMarkdown(leaderboard));
}

/** Models fitted on another dataset may have seen the held-out people. */
export async function checkFingerprint(modelFolder: string, fingerprint: string): Promise<void> {
  const path = join(modelFolder, 'train.json');
  const record = (await readJson(path)) as { fingerprint?: unknown } | null;
  if (record?.fingerprint === fingerprint) return;
  throw new ArtefactError(
    `${path} was fitted on another dataset than the current one: run "osusume train" again`,
  );
}
