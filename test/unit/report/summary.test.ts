import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateModel } from '../../../src/metric/evaluate-model.ts';
import { evaluateSummary, trainSummary } from '../../../src/report/stage-summaries.ts';
import { type Summary, writeSummary } from '../../../src/report/summary.ts';
import type { RunRecord } from '../../../src/track/run-record.ts';
import { BOARD, BOARD_WITH_TASKS } from '../../support/admin-site.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-summary-'));
});
afterEach(() => rm(folder, { recursive: true }));
const read = (file: string) => readFile(join(folder, 'deep', file), 'utf8');

describe('writeSummary()', () => {
  it('writes numbers and tables, and leaves out what is no number', async () => {
    await writeSummary(join(folder, 'deep'), {
      stage: 'train',
      metrics: { a: { b: 1 / 3, c: Number.NaN, d: 'text' }, empty: { e: null } },
      tables: {
        points: {
          columns: ['name', 'value'],
          rows: [
            ['a, "b"', 2],
            ['c', Number.NaN],
          ],
        },
      },
    });
    expect((await readdir(join(folder, 'deep'))).sort()).toEqual([
      'train-points.csv',
      'train.json',
    ]);
    expect(JSON.parse(await read('train.json'))).toEqual({ a: { b: 0.333333 } });
    expect(await read('train-points.csv')).toBe('name,value\n"a, ""b""",2\nc,\n');
  });
});

const RECORD: RunRecord = {
  ...{ format: 1, id: '20260101T000000-abcdef', status: 'finished', seed: null, origin: 'sample' },
  ...{ startedAt: '2026-01-01T00:00:00.000Z', seconds: 12.3, fingerprint: 'f', commit: 'c' },
  ...{ people: 3, titles: 4, interactions: 9, parameters: {}, version: 'v', evaluation: null },
  models: {
    embedding: { seconds: 9, peakMemoryBytes: 8, savedBytes: 7 },
    slim: { seconds: 6, peakMemoryBytes: 5, savedBytes: 4 },
  },
  epochs: {
    embedding: [
      { epoch: 0, 'training.loss': 0.5 },
      { epoch: 1, 'training.loss': 0.25 },
    ],
  },
};

describe('trainSummary()', () => {
  it('has sizes and epochs, but no times, ids or memory', () => {
    const summary = trainSummary(RECORD);
    expect(summary.metrics).toEqual({
      people: 3,
      interactions: 9,
      models: {
        embedding: { savedBytes: 7, epochs: 2, last: { epoch: 1, 'training.loss': 0.25 } },
        slim: { savedBytes: 4 },
      },
    });
    expect(summary.tables?.epochs).toEqual({
      columns: ['epoch', 'embedding_training_loss'],
      rows: [
        [1, 0.5],
        [2, 0.25],
      ],
    });
  });
});

describe('evaluateSummary()', () => {
  it('has a curve for each model, by name, whichever is better', () => {
    const person = {
      ...{ userId: 1, known: { items: new Uint32Array(), ratings: new Uint8Array() } },
      ...{ liked: new Set([1]), seen: new Set([1]), disliked: new Set<number>() },
    };
    const model = (name: string, scores: readonly number[]) => ({
      ...{ name, items: 3, score: () => Float32Array.from(scores) },
      similarItems: () => ({ items: new Uint32Array(), scores: new Float32Array() }),
      save: async () => {},
    });
    const evaluated = [model('good', [0, 2, 1]), model('bad', [2, 0, 1])].map((one) =>
      evaluateModel(one, [person as never], Float32Array.of(0.1, 0.2, 0.3)),
    );
    const { tables } = evaluateSummary({
      ...{ fingerprint: 'f', origin: { name: 'sample', synthetic: true }, part: 'test' },
      ...{ people: 1, titles: 3, models: evaluated },
    });
    expect(tables?.recall.columns).toEqual(['k', 'bad', 'good']);
    expect(tables?.recall.rows.slice(0, 3)).toEqual([
      [1, 0, 1],
      [2, 0, 1],
      [3, 1, 1],
    ]);
    expect(tables?.models.rows.map(([name]) => name)).toEqual(['good', 'bad']);
  });
});

describe('evaluateSummary() of tasks and lists', () => {
  it('has their means beside the liked ones, and none for an earlier leaderboard', () => {
    const now = evaluateSummary(BOARD_WITH_TASKS);
    expect(now.metrics).toMatchObject({
      models: { slim: { newStories: { ndcg10: 0.34 }, lists: { gini10: 0.974 } } },
    });
    const earlier = evaluateSummary(BOARD);
    const row = (summary: Summary) => summary.tables?.models.rows[0];
    expect(row(now)).toEqual(['slim', 0.55, 0.54, 0.6, 0.34, Number.NaN, 0.5, 0.0264].map(near));
    expect(row(earlier)?.slice(4)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });
});

function near(value: string | number) {
  return typeof value === 'number' && !Number.isNaN(value) ? expect.closeTo(value, 10) : value;
}
