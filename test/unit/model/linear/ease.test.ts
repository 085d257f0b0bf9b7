import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { profileOf, STATUS } from '../../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../../src/data/weights.ts';
import { BlockSymmetricMatrix } from '../../../../src/linalg/block-symmetric-matrix.ts';
import { isFasterByRows } from '../../../../src/linalg/inverse-by-rows.ts';
import { contentRows } from '../../../../src/model/features/features.ts';
import { addContent, addUsers, userRows } from '../../../../src/model/gram/gram-matrices.ts';
import { ease, easeWeights, parseEaseOptions } from '../../../../src/model/linear/ease.ts';
import { easeInverse, inverseOfPairs } from '../../../../src/model/linear/ease-inverse.ts';
import { listingsOf } from '../../../../src/model/listings.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

/** Every entry of B, as the formula without powers and prior has it. */
const everything = { neighbours: 1000, columnPower: 0, rowPower: 0, prior: 0 };

/** A = G + λI + p/(1−p)·diag(G) in float64, from the formula alone. */
function systemOf(dataset: Dataset, options: ReturnType<typeof parseEaseOptions>): Float64Array[] {
  const n = dataset.items.size;
  const a = Array.from({ length: n }, () => new Float64Array(n));
  const addRow = (items: ArrayLike<number>, values: ArrayLike<number>, weight: number) => {
    for (let p = 0; p < items.length; p++)
      for (let q = 0; q < items.length; q++)
        a[items[p]][items[q]] += weight * values[p] * values[q];
  };
  for (let user = 0; user < dataset.parts.train.to; user++) {
    const profile = profileOf(dataset.interactions, user);
    const x = preferenceWeights(profile, options.weights);
    const total = x.reduce((sum, value) => sum + value, 0);
    if (total > 0) addRow(profile.items, x, total ** -options.userNormalization);
  }
  const t = contentRows(dataset.catalogue, options.features);
  for (let f = 0; f < t.rows; f++) {
    addRow(
      t.indices.subarray(t.indptr[f], t.indptr[f + 1]),
      t.values.subarray(t.indptr[f], t.indptr[f + 1]),
      options.content,
    );
  }
  for (let i = 0; i < n; i++)
    a[i][i] += options.regularization + (options.dropout / (1 - options.dropout)) * a[i][i];
  return a;
}

/** B[i][j], read off the model: the contribution of a profile that holds only item i with weight 1. */
function weightsOf(model: Awaited<ReturnType<typeof ease.fit>>, n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => {
    const one = {
      items: Uint32Array.of(i),
      ratings: Uint8Array.of(0),
      statuses: Uint8Array.of(STATUS.completed),
    };
    const [weight] = model.weigh(one);
    return Float64Array.from(model.score(one), (score) => score / weight);
  });
}

describe('ease.fit()', () => {
  it('solves the weighted least squares it states: the gradient is zero off the diagonal', async () => {
    const dataset = smallDataset({ people: 120, titles: 30 });
    const options = parseEaseOptions({
      regularization: 7,
      dropout: 0.2,
      content: 5,
      ...everything,
    });
    const b = weightsOf(await ease.fit(dataset, options), 30);
    const a = systemOf(dataset, options);
    // B minimises tr(BᵀAB) − 2·tr(AB) subject to diag(B) = 0: for every i ≠ j, (A·(B − I))[i][j] = 0.
    for (let i = 0; i < 30; i++) {
      expect(b[i][i]).toBe(0);
      for (let j = 0; j < 30; j++) {
        if (i === j) continue;
        let gradient = -a[i][j];
        for (let k = 0; k < 30; k++) gradient += a[i][k] * b[k][j];
        expect(Math.abs(gradient)).toBeLessThan(2e-3);
      }
    }
  });

  it('solves the same from few people as from all pairs of titles', async () => {
    const dataset = smallDataset({ people: 25, titles: 300 });
    const options = parseEaseOptions({ dropout: 0.2, content: 0, ...everything });
    const gram = new BlockSymmetricMatrix(300);
    await addUsers(gram, dataset, dataset.parts.train, options);
    const pairs = await inverseOfPairs(gram, options);
    const people = await easeInverse(dataset, options);
    const { rows, entries } = userRows(dataset, dataset.parts.train, options);
    expect(isFasterByRows(rows, 300, entries)).toBe(true);
    const worst = { own: 0, inverse: 0 };
    for (let r = 0; r < 300; r++) {
      worst.own = Math.max(worst.own, Math.abs(people.own[r] - pairs.own[r]));
      for (let c = 0; c <= r; c++) {
        const difference = people.inverse.get(r, c) - pairs.inverse.get(r, c);
        worst.inverse = Math.max(worst.inverse, Math.abs(difference));
      }
    }
    expect(worst.own).toBeLessThan(5e-5);
    expect(worst.inverse).toBeLessThan(5e-7);
  });

  it('recommends a title that nobody has rated to the people of its taste', async () => {
    const dataset = smallDataset();
    const model = await ease.fit(dataset, parseEaseOptions({ content: 20 }));
    // Items 58 and 59 are on no list; 59 is of the taste of odd users, 58 of even ones.
    const odd = model.score(profileOf(dataset.interactions, 1));
    const even = model.score(profileOf(dataset.interactions, 0));
    expect(odd[59]).toBeGreaterThan(odd[58]);
    expect(even[58]).toBeGreaterThan(even[59]);
  });

  it('keeps the strongest entries of each column', async () => {
    const dataset = smallDataset({ people: 120, titles: 30 });
    const whole = weightsOf(await ease.fit(dataset, parseEaseOptions(everything)), 30);
    const cut = weightsOf(
      await ease.fit(dataset, parseEaseOptions({ ...everything, neighbours: 4 })),
      30,
    );
    for (let j = 0; j < 30; j++) {
      const column = whole.map((row) => row[j]);
      const fourth = column.map(Math.abs).sort((x, y) => y - x)[3];
      expect(cut.filter((row) => row[j] !== 0)).toHaveLength(4);
      for (let i = 0; i < 30; i++)
        expect(cut[i][j]).toBeCloseTo(Math.abs(column[i]) >= fourth ? column[i] : 0, 5);
    }
  });

  it('column j counts P_jj^γ times; which entries are kept is a matter of G_ii^ρ too', async () => {
    const dataset = smallDataset({ people: 120, titles: 30 });
    const options = parseEaseOptions(everything);
    const a = systemOf(dataset, options);
    const whole = weightsOf(await ease.fit(dataset, options), 30);
    const powers = parseEaseOptions({ neighbours: 4, columnPower: 0.3, rowPower: 0.5, prior: 0 });
    const cut = weightsOf(await ease.fit(dataset, powers), 30);
    const { regularization, dropout } = options;
    const own = a.map((row, i) => (row[i] - regularization) * (1 - dropout));
    for (let j = 0; j < 30; j++) {
      // 1 / P_jj = (A·(I − B))[j][j]
      const inverse = a[j].reduce((sum, value, k) => sum - value * whole[k][j], a[j][j]);
      const size = whole.map((row, i) => Math.abs(row[j]) * own[i] ** 0.5);
      const fourth = [...size].sort((x, y) => y - x)[3];
      for (let i = 0; i < 30; i++)
        expect(cut[i][j]).toBeCloseTo(size[i] >= fourth ? whole[i][j] * inverse ** -0.3 : 0, 5);
    }
  });

  it('says what to do when the matrix cannot be solved', async () => {
    const options = parseEaseOptions({ regularization: 0, dropout: 0, content: 0 });
    await expect(ease.fit(smallDataset(), options)).rejects.toThrow(/raise the regularization/);
  });

  it('fits on nobody: content alone', async () => {
    const dataset = smallDataset();
    const model = await ease.fit(dataset, parseEaseOptions({}), { users: { from: 0, to: 0 } });
    const scores = model.score(profileOf(dataset.interactions, 1));
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[59]).toBeGreaterThan(scores[58]);
  });
});

describe('addUsers()', () => {
  it('adds held-out people to the G of the others as if all had been counted at once', async () => {
    const dataset = smallDataset();
    const options = parseEaseOptions({ ...everything });
    const everyone = { from: 0, to: 240 };
    const sum = new BlockSymmetricMatrix(60);
    await addUsers(sum, dataset, { from: 0, to: 160 }, options);
    await addUsers(sum, dataset, { from: 160, to: 240 }, options);
    await addContent(sum, dataset, options);
    const profile = profileOf(dataset.interactions, 3);
    const inverse = await inverseOfPairs(sum, options);
    const inParts = (await easeWeights(inverse, listingsOf(dataset, everyone), options)).score(
      profile,
    );
    const atOnce = (await ease.fit(dataset, options, { users: everyone })).score(profile);
    for (let i = 0; i < 60; i++) expect(inParts[i]).toBeCloseTo(atOnce[i], 4);
  });
});
