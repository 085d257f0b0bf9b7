import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Profile, profileOf, STATUS } from '../../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../../src/data/weights.ts';
import { writeSafetensors } from '../../../../src/home/safetensors.ts';
import { AlternatingSweeps } from '../../../../src/linalg/als.ts';
import type { RowSource } from '../../../../src/linalg/gram.ts';
import { Ials, ials, parseIalsOptions } from '../../../../src/model/als/ials.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset({ people: 90, titles: 40, unlisted: 2 });
const { users, items } = dataset.interactions;
const options = parseIalsOptions({
  factors: 11,
  alpha: 0.1,
  regularization: 0.02,
  nu: 0.9,
  seed: 5,
});
const { alpha, regularization, nu, factors: size } = options;

/** Confidences as a dense matrix, 0 = no entry. */
const confidences = Array.from({ length: users }, (_, user) => {
  const profile = profileOf(dataset.interactions, user);
  const weights = preferenceWeights(profile, options.weights);
  const row = new Float64Array(items);
  profile.items.forEach((item, p) => {
    row[item] = weights[p];
  });
  return row;
});
// A person with an empty list.
confidences[7].fill(0);

const source: RowSource = {
  rows: users,
  entries: users * items,
  fill(row, at, indices, values) {
    for (let item = 0; item < items; item++) {
      if (confidences[row][item] === 0) continue;
      indices[at] = item;
      values[at++] = confidences[row][item];
    }
    return at;
  },
};

/** L(U, V) as the sum over all pairs that it is, and its gradients, in float64. */
function objective(u: Float32Array, v: Float32Array) {
  const byUser = new Float64Array(u.length);
  const byItem = new Float64Array(v.length);
  const count = (c: number) => (c > 0 ? 1 : 0);
  const listed = confidences.map((row) => row.reduce((sum, c) => sum + count(c), 0));
  const listedBy = Array.from({ length: items }, (_, i) =>
    confidences.reduce((sum, row) => sum + count(row[i]), 0),
  );
  let loss = 0;
  for (let a = 0; a < users; a++) {
    for (let i = 0; i < items; i++) {
      let predicted = 0;
      for (let k = 0; k < size; k++) predicted += u[a * size + k] * v[i * size + k];
      const c = confidences[a][i];
      loss += c * (predicted - 1) ** 2 + alpha * predicted ** 2;
      const slope = 2 * (c * (predicted - 1) + alpha * predicted);
      for (let k = 0; k < size; k++) {
        byUser[a * size + k] += slope * v[i * size + k];
        byItem[i * size + k] += slope * u[a * size + k];
      }
    }
  }
  const shrink = (factors: Float32Array, counts: number[], others: number, out: Float64Array) => {
    factors.forEach((x, p) => {
      const ridge = regularization * (counts[Math.floor(p / size)] + alpha * others) ** nu;
      loss += ridge * x * x;
      out[p] += 2 * ridge * x;
    });
  };
  shrink(u, listed, items, byUser);
  shrink(v, listedBy, users, byItem);
  const largest = (values: Float64Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { loss, byUser: largest(byUser), byItem: largest(byItem) };
}

async function withSweeps(
  steps: number,
  work: (sweeps: AlternatingSweeps) => Promise<void>,
): Promise<void> {
  const sweeps = await AlternatingSweeps.create(source, items, { ...options, steps });
  try {
    await work(sweeps);
  } finally {
    await sweeps.close();
  }
}

describe('AlternatingSweeps', () => {
  it('a half-sweep with many steps ends where the gradient of its side is 0', () =>
    withSweeps(40, async (sweeps) => {
      for (let sweep = 0; sweep < 3; sweep++) {
        await sweeps.solveRows();
        const rows = objective(sweeps.rowFactors(), sweeps.columnFactors());
        expect(rows.byUser).toBeLessThan(1e-4);
        expect(rows.byItem).toBeGreaterThan(1e-2);
        await sweeps.solveColumns();
        const columns = objective(sweeps.rowFactors(), sweeps.columnFactors());
        expect(columns.byItem).toBeLessThan(1e-4);
        expect(columns.byUser).toBeGreaterThan(1e-2);
      }
    }));

  it('every half-sweep of one and of two steps lowers the objective', async () => {
    for (const steps of [1, 2]) {
      await withSweeps(steps, async (sweeps) => {
        let before = Number.POSITIVE_INFINITY;
        for (let half = 0; half < 12; half++) {
          await (half % 2 === 0 ? sweeps.solveRows() : sweeps.solveColumns());
          const { loss } = objective(sweeps.rowFactors(), sweeps.columnFactors());
          expect(loss).toBeLessThan(before);
          before = loss;
        }
      });
    }
  });

  it('leaves rows and columns without entries at 0', () =>
    withSweeps(2, async (sweeps) => {
      await sweeps.solveRows();
      await sweeps.solveColumns();
      const none = new Float32Array(size);
      expect(sweeps.rowFactors().slice(7 * size, 8 * size)).toEqual(none);
      expect(sweeps.columnFactors().slice((items - 1) * size)).toEqual(none);
      expect(sweeps.rowFactors().slice(0, size)).not.toEqual(none);
    }));
});

describe('ials', () => {
  let model: Ials;
  let folder: string;

  beforeAll(async () => {
    model = await ials.fit(dataset, options);
    folder = await mkdtemp(join(tmpdir(), 'osusume-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('foldIn() ends where the gradient of the person is 0', () => {
    const profile = profileOf(dataset.interactions, users - 1);
    const weights = preferenceWeights(profile, options.weights);
    const x = model.foldIn(profile);
    const { factors } = model;
    const entries = weights.filter((weight) => weight > 0).length;
    const gradient = Array.from(
      x,
      (value) => regularization * (entries + alpha * items) ** nu * value,
    );
    for (let i = 0; i < items; i++) {
      const v = factors.subarray(i * size, (i + 1) * size);
      const predicted = v.reduce((sum, value, k) => sum + value * x[k], 0);
      const p = profile.items.indexOf(i);
      const slope = alpha * predicted + (p >= 0 ? weights[p] * (predicted - 1) : 0);
      v.forEach((value, k) => {
        gradient[k] += slope * value;
      });
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-5);
    expect(Math.max(...x.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('scores an empty profile, and one of planned titles only, with 0', () => {
    const planned: Profile = {
      items: Uint32Array.of(3),
      ratings: Uint8Array.of(0),
      statuses: Uint8Array.of(STATUS.plan_to_watch),
    };
    const nothing = profileOf(dataset.interactions, 0);
    const empty: Profile = {
      items: nothing.items.subarray(0, 0),
      ratings: nothing.ratings.subarray(0, 0),
      statuses: nothing.statuses.subarray(0, 0),
    };
    for (const profile of [planned, empty])
      expect(model.score(profile)).toEqual(new Float32Array(items));
  });

  it('similarItems() ranks by the cosine of the factors; a title that nobody lists has none', () => {
    const v = (item: number) => model.factors.subarray(item * size, (item + 1) * size);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);
    const ranked = Array.from({ length: items }, (_, item) => item)
      .filter((item) => item !== 2 && dot(v(item), v(item)) > 0)
      .map((item) => ({
        item,
        cosine: dot(v(2), v(item)) / Math.sqrt(dot(v(2), v(2)) * dot(v(item), v(item))),
      }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 6);
    const { items: found, scores } = model.similarItems(2, 6);
    expect([...found]).toEqual(ranked.map(({ item }) => item));
    ranked.forEach(({ cosine }, p) => {
      expect(scores[p]).toBeCloseTo(cosine, 5);
    });
    expect(model.similarItems(items - 1, 5).items).toHaveLength(0);
  });

  it('another seed gives another model, the same seed the same', async () => {
    expect((await ials.fit(dataset, options)).factors).toEqual(model.factors);
    expect((await ials.fit(dataset, { ...options, seed: 6 })).factors).not.toEqual(model.factors);
  });

  it('stops when interrupted', async () => {
    const signal = AbortSignal.abort();
    await expect(ials.fit(dataset, options, { signal })).rejects.toThrow(/Interrupted/);
  });

  it('load() refuses factors that are not finite, and options that are not its own', async () => {
    const path = join(folder, 'ials.safetensors');
    const data = new Float32Array(6).fill(Number.NaN);
    const tensors = { factors: { shape: [3, 2], data } };
    const written = JSON.stringify(model.options);
    await writeSafetensors(path, tensors, { format: 'osusume-ials-1', options: written });
    await expect(ials.load(folder)).rejects.toThrow(/finite/);
    await rm(path);
    await writeSafetensors(path, tensors, { format: 'osusume-ials-1', options: '{"alpha":-1}' });
    await expect(ials.load(folder)).rejects.toThrow(/options/);
    await rm(path);
    await writeSafetensors(path, tensors, { format: 'osusume-ials-9', options: written });
    await expect(ials.load(folder)).rejects.toThrow(/osusume-ials-1/);
  });

  it('parseIalsOptions() names the option that is wrong', () => {
    expect(() => parseIalsOptions({ alpha: 0 })).toThrow(/ials\.alpha/);
    expect(() => parseIalsOptions({ factor: 8 })).toThrow(/ials/);
  });

  it('refuses a profile that names an item it does not have', () => {
    const profile: Profile = {
      items: Uint32Array.of(items),
      ratings: Uint8Array.of(8),
      statuses: Uint8Array.of(STATUS.completed),
    };
    expect(() => model.score(profile)).toThrow(/item 40 of 40/);
    expect(() => new Ials(new Float32Array(5), 2, 3, model.options)).toThrow(/2 × 3/);
  });
});
