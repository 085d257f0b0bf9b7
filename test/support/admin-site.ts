/** A home with two bundles, a leaderboard and a run that has curves, for the operators' console. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artefact, writeArtefact } from '../../src/home/artefact.ts';
import type { ModelEvaluation } from '../../src/metric/evaluate-model.ts';
import type { Leaderboard } from '../../src/metric/leaderboard.ts';
import type { Relevance } from '../../src/metric/ranking.ts';
import { newRunFolder, type RunRecord, writeRunRecord } from '../../src/track/run-record.ts';
import { newHome, publishSmall } from './small-bundle.ts';
import { anime, CATALOGUE } from './small-catalogue.ts';

export const KEY = 'a-key-for-the-operators';

export interface AdminHome {
  readonly home: string;
  readonly older: Artefact;
  readonly newer: Artefact;
  readonly run: RunRecord;
}

export async function adminHome(): Promise<AdminHome> {
  const home = await newHome();
  const older = await publishSmall(home);
  const newer = await publishSmall(home, [
    anime({ animeId: 0, title: 'Renamed' }),
    ...CATALOGUE.slice(1),
  ]);
  await writeArtefact(home, 'leaderboard', (folder) =>
    writeFile(join(folder, 'leaderboard.json'), JSON.stringify(BOARD_WITH_TASKS)),
  );
  return { home, older, newer, run: await addRun(home) };
}

const at = (mean: number) => ({ mean, low: mean - 0.02, high: mean + 0.02 });
const relevance = (mean: number): Relevance => ({
  ndcg10: at(mean),
  recall20: at(mean - 0.01),
  recall50: at(mean + 0.1),
  ndcg100: at(mean + 0.05),
});
const evaluation = (model: string, mean: number, coverage10: number): ModelEvaluation => ({
  model,
  people: 700,
  liked: relevance(mean),
  seen: relevance(mean + 0.05),
  coverage10,
  popularity20: at(0.2),
  dislikes20: at(0.19),
  millisecondsPerPerson: 0.2,
});

export const BOARD: Leaderboard = {
  fingerprint: 'f'.repeat(64),
  origin: { name: 'shelf', synthetic: true },
  part: 'test',
  people: 700,
  titles: 10,
  models: [evaluation('slim', 0.55, 1200), evaluation('popularity', 0.18, 40)],
};

/** With what this release measures beside it. */
export const BOARD_WITH_TASKS: Leaderboard = {
  ...BOARD,
  models: BOARD.models.map((row, i) => ({
    ...row,
    tasks: {
      newStories: { people: 650, liked: relevance(0.34 - 0.1 * i) },
      fewKnown5: { people: 700, liked: relevance(0.5 - 0.1 * i) },
    },
    lists: {
      ...{ newStories10: at(0.3), newStoriesLiked10: at(0.2), dislikesPerHit20: at(0.0264) },
      ...{ genreDiversity10: at(0.7), genreCalibration10: at(0.6) },
      ...{ popularityCalibration10: at(0.9), gini10: 0.974 },
    },
    ...(i > 0 && {
      difference: {
        from: 'slim',
        of: { 'liked.ndcg10': { mean: -0.37, low: -0.4, high: 0.001 } },
      },
    }),
  })),
};

async function addRun(home: string): Promise<RunRecord> {
  const { id, folder } = await newRunFolder(home, new Date('2026-02-03T04:05:06Z'));
  const record: RunRecord = {
    format: 1,
    id,
    status: 'finished',
    startedAt: '2026-02-03T04:05:06.000Z',
    seconds: 12.5,
    seed: 7,
    fingerprint: 'f'.repeat(64),
    origin: 'shelf',
    people: 3,
    titles: 10,
    interactions: 6,
    commit: null,
    parameters: { embedding: { factors: 16 } },
    models: { embedding: { seconds: 12, peakMemoryBytes: 5e8, savedBytes: 2e6 } },
    epochs: {
      embedding: [
        { epoch: 0, 'training.loss': 0.9, 'validation.loss': 0.95 },
        { epoch: 1, 'training.loss': 0.5, 'validation.loss': 0.7 },
        { epoch: 2, 'training.loss': 0.4, 'validation.loss': 0.66 },
      ],
    },
    version: null,
    evaluation: { part: 'test', people: 700, models: { embedding: { ndcg10: 0.42 } } },
  };
  await writeRunRecord(folder, record);
  return record;
}
