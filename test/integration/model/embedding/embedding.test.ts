import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Value } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileOf, STATUS } from '../../../../src/data/interactions.ts';
import { random } from '../../../../src/data/random.ts';
import { InterruptedError } from '../../../../src/error.ts';
import { type Embedding, embedding } from '../../../../src/model/embedding/embedding.ts';
import {
  EmbeddingOptions,
  parseEmbeddingOptions,
} from '../../../../src/model/embedding/options.ts';
import { targetOf } from '../../../../src/model/embedding/rows.ts';
import { learningRate } from '../../../../src/model/embedding/schedule.ts';
import type { EpochRecord } from '../../../../src/model/embedding/training.ts';
import type { FitContext } from '../../../../src/model/recommender.ts';
import { NO_PROGRESS } from '../../../../src/progress.ts';
import { trained } from '../../../support/embedding-training.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const { dataset, options } = trained;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedding-'));
});
afterEach(() => rm(folder, { recursive: true }));

const fitted = (context: FitContext = {}, more: Partial<EmbeddingOptions> = {}) =>
  embedding.fit(dataset, { ...options, ...more }, { threads: 2, ...context });

function expectSame(a: Embedding, b: Embedding): void {
  expect(a.weights.titles).toEqual(b.weights.titles);
  expect(a.weights.mean).toEqual(b.weights.mean);
  expect(a.weights.line).toEqual(b.weights.line);
}

describe('embedding.fit()', () => {
  it('reports each epoch: its rate by the schedule, falling losses, validation rows apart', async () => {
    const records: EpochRecord[] = [];
    await fitted({ onEpoch: (record: EpochRecord) => records.push(record) });
    expect(records.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const losses = records.map(({ validation }) => validation?.loss as number);
    records.forEach((record, epoch) => {
      expect(record.learningRate).toBe(learningRate(options.schedule, losses.slice(0, epoch)));
      expect(record.training.rows + (record.validation?.rows as number)).toBe(
        records[0].training.rows + (records[0].validation?.rows as number),
      );
    });
    expect(losses[7]).toBeLessThan(0.95 * losses[0]);
    expect(records[7].training.mae).toBeLessThan(records[0].training.mae);
    expect(records[7].training).not.toHaveProperty('auc');
  });

  it('the binary variant reports accuracy, precision, recall and AUC above chance', async () => {
    const records: EpochRecord[] = [];
    await fitted(
      { onEpoch: (record: EpochRecord) => records.push(record) },
      { target: 'liked', negatives: 0 },
    );
    const { accuracy, precision, recall, auc } = records[7].validation as Required<
      NonNullable<EpochRecord['validation']>
    >;
    expect(auc).toBeGreaterThan(0.9);
    for (const share of [accuracy, precision, recall]) expect(share).toBeGreaterThan(0.8);
  });

  it('stops early and keeps the best epoch', async () => {
    const schedule = { kind: 'constant', rate: 0.3 } as const;
    const records: EpochRecord[] = [];
    const onEpoch = (record: EpochRecord) => records.push(record);
    const model = await fitted({ onEpoch }, { schedule, epochs: 40, patience: 2 });
    const losses = records.map(({ validation }) => validation?.loss as number);
    const best = losses.indexOf(Math.min(...losses));
    expect(records.length).toBeLessThan(40);
    expect(records.length - 1 - best).toBe(2);
    const short = await fitted({}, { schedule, epochs: best + 1, patience: 0 });
    expectSame(model, short);
  });

  it('resumes after an abort, to the weights of an unbroken run', async () => {
    const whole = await fitted();
    const stop = new AbortController();
    const before: EpochRecord[] = [];
    const broken = fitted({
      checkpoints: folder,
      signal: stop.signal,
      onEpoch: (record: EpochRecord) => {
        before.push(record);
        if (record.epoch === 2) stop.abort();
      },
    });
    await expect(broken).rejects.toThrow(InterruptedError);
    const told: EpochRecord[] = [];
    const onEpoch = (record: EpochRecord) => told.push(record);
    expectSame(await fitted({ checkpoints: folder, resume: true, onEpoch }), whole);
    expect(told.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(told.slice(0, 3)).toEqual(before);
  });

  it('resumes after SIGKILL, to the weights of an unbroken run', async () => {
    // two folders up from the script must be the package, as it is from src/program/
    const script = 'dist/program/embedding-child.js';
    await build({
      entryPoints: ['test/support/embedding-child.ts'],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    const child = spawn(process.execPath, [script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (text) => {
      if (/^3$/m.test(String(text))) setTimeout(() => child.kill('SIGKILL'), 5);
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    await rm(script);
    const seen: number[] = [];
    const onEpoch = ({ epoch }: EpochRecord) => seen.push(epoch);
    const steps: string[] = [];
    const progress = { ...NO_PROGRESS, step: (label: string) => steps.push(label) };
    const context = { checkpoints: folder, resume: true, onEpoch, progress };
    expectSame(await fitted(context), await fitted());
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(steps[0]).toMatch(/epoch [5-8] of 8/);
  });

  it('starts without a checkpoint, refuses one of other options, and starts over without resume', async () => {
    const first = await fitted({ checkpoints: folder, resume: true }, { epochs: 2 });
    await expect(fitted({ checkpoints: folder, resume: true }, { epochs: 3 })).rejects.toThrow(
      /embedding\.checkpoint\.safetensors is of a training with other options/,
    );
    expectSame(await fitted({ checkpoints: folder }, { epochs: 2 }), first);
  });

  it('says where and what to do when it diverges', async () => {
    const schedule = { kind: 'constant', rate: 1e38 } as const;
    await expect(fitted({}, { schedule })).rejects.toThrow(
      /diverged.*epoch 1, batch \d+.*1e\+38.*Lower the rates/,
    );
  });

  it('says what to do when no row counts', async () => {
    await expect(fitted({ users: { from: 0, to: 0 } })).rejects.toThrow(
      /no rows to train on.*unscored/,
    );
  });
});

describe('Embedding.score()', () => {
  it('folds a person in at a minimum of the loss', async () => {
    const model = await fitted({}, { negatives: 2, prior: 0.5 });
    const { titles, mean, line } = model.weights;
    const d = options.dimension;
    const cosine = (x: ArrayLike<number>, item: number) => {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += x[k] * titles[item * d + k];
      return sum;
    };
    const uniform = random(4);
    for (const user of [401, 402, 599]) {
      const profile = profileOf(dataset.interactions, user);
      const scores = model.score(profile);
      // The person's vector from the scores: titles · x = (score − offset) / slope, by least squares in float64.
      const x = leastSquares(
        titles,
        d,
        scores.map((s) => (s - line.offset) / line.slope),
      );
      expect(Math.hypot(...x)).toBeCloseTo(1, 3);
      const listed = new Set(profile.items);
      const rows = [...profile.items]
        .map((item, p) => [
          item,
          targetOf(profile.ratings[p], profile.statuses[p], model.weights.options),
        ])
        .filter(([, t]) => !Number.isNaN(t));
      const lossAt = (v: ArrayLike<number>) => {
        const bce = (item: number, t: number) => {
          const y = line.slope * cosine(v, item) + line.offset;
          return Math.log1p(Math.exp(y)) - t * y;
        };
        let loss = rows.reduce((sum, [item, t]) => sum + bce(item, t), 0);
        for (let item = 0; item < 60; item++)
          if (!listed.has(item)) loss += ((2 * rows.length) / 60) * bce(item, 0);
        for (let k = 0; k < d; k++) loss -= 0.5 * Math.abs(line.slope) * mean[k] * v[k];
        return loss;
      };
      const best = lossAt(x);
      expect(best).toBeLessThan(lossAt(mean));
      for (let trial = 0; trial < 50; trial++) {
        const other = x.map((value) => value + 0.1 * (uniform() - 0.5));
        const length = Math.hypot(...other);
        expect(lossAt(other.map((value) => value / length))).toBeGreaterThan(best - 1e-3);
      }
    }
  });

  it('prefers titles of the taste, and knows a like from a dislike', async () => {
    const model = await fitted();
    const profile = (rating: number) => ({
      items: Uint32Array.of(0, 2, 4, 6),
      ratings: new Uint8Array(4).fill(rating),
      statuses: new Uint8Array(4).fill(STATUS.completed),
    });
    const meanOf = (scores: Float32Array, taste: number) =>
      scores
        .filter((_, item) => item % 2 === taste && item > 6 && item < 58)
        .reduce((a, b) => a + b);
    const liked = model.score(profile(10));
    expect(meanOf(liked, 0)).toBeGreaterThan(meanOf(liked, 1));
    const disliked = model.score(profile(1));
    expect(meanOf(disliked, 0) - meanOf(disliked, 1)).toBeLessThan(
      meanOf(liked, 0) - meanOf(liked, 1),
    );
  });
});

describe('configs/seed-replica.json', () => {
  it('is what the public projects do, and it trains', async () => {
    const { train, prepare } = JSON.parse(await readFile('configs/seed-replica.json', 'utf8'));
    expect(prepare.minRatingsPerUser).toBe(400);
    const replica = train.models.embedding;
    expect(Value.Check(EmbeddingOptions, parseEmbeddingOptions(replica))).toBe(true);
    expect(replica).toMatchObject({ unscored: 0, planned: 0, lowest: 0, validationRows: 1000 });
    const records: EpochRecord[] = [];
    const onEpoch = (record: EpochRecord) => records.push(record);
    const small = { ...parseEmbeddingOptions(replica), epochs: 7, patience: 0 };
    await embedding.fit(smallDataset({ people: 400 }), small, { onEpoch });
    expect(records.map((record) => record.learningRate)).toEqual(
      [1e-5, 1.8e-5, 2.6e-5, 3.4e-5, 4.2e-5, 5e-5, 6e-5].map((rate) => expect.closeTo(rate, 10)),
    );
    expect(records[0].validation?.rows).toBe(1000);
  });
});

/** x that minimises ‖A·x − b‖² for A of rows × d, by the normal equations and Gauss–Jordan elimination. */
function leastSquares(a: Float32Array, d: number, b: Float32Array): number[] {
  const system = Array.from({ length: d }, () => new Float64Array(d + 1));
  for (let row = 0; row < b.length; row++) {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) system[i][j] += a[row * d + i] * a[row * d + j];
      system[i][d] += a[row * d + i] * b[row];
    }
  }
  for (let i = 0; i < d; i++) {
    const pivot = system[i].slice();
    for (let r = 0; r < d; r++) {
      const factor = r === i ? 1 - 1 / pivot[i] : system[r][i] / pivot[i];
      for (let c = 0; c <= d; c++) system[r][c] -= factor * pivot[c];
    }
  }
  return system.map((row) => row[d]);
}
