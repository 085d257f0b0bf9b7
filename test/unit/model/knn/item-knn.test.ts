import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WeightOptions } from '../../../../src/config/model-options.ts';
import { parseOptions } from '../../../../src/config/parse-options.ts';
import { profileOf, STATUS } from '../../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../../src/data/weights.ts';
import { itemKnnBy } from '../../../../src/model/knn/item-knn.ts';
import { preferenceRows } from '../../../../src/model/preferences.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset({ people: 60, titles: 20 });
const weights = parseOptions(WeightOptions, { unscored: { completed: 1 } }, 'weights');
const damping = 3;

/** The k nearest of each title by damped cosine, divided by their sum to the power of ν: column j of the formula. */
function reference(k: number, power: number): number[][] {
  const people = preferenceRows(dataset, dataset.parts.train, weights);
  const gram = Array.from({ length: 20 }, () => new Array<number>(20).fill(0));
  for (let u = 0; u < people.rows; u++)
    for (let p = people.indptr[u]; p < people.indptr[u + 1]; p++)
      for (let q = people.indptr[u]; q < people.indptr[u + 1]; q++)
        gram[people.indices[p]][people.indices[q]] += people.values[p] * people.values[q];
  return gram.map((row, j) => {
    const near = row.map((value, i) =>
      i === j ? 0 : value / Math.sqrt((gram[i][i] + damping) * (gram[j][j] + damping)),
    );
    const least = [...near].sort((a, b) => b - a)[k - 1];
    const kept = near.map((value) => (value >= least ? value : 0));
    const sum = kept.reduce((total, value) => total + value, 0);
    return kept.map((value) => value / (sum ** power || 1));
  });
}

describe('itemKnn.fit()', () => {
  for (const normalization of [0, 0.5, 1])
    it(`divides a title's similarities by their sum to the power of ${normalization}`, async () => {
      const options = { weights, damping, neighbours: 6, userNormalization: 0, normalization };
      const model = await itemKnnBy('cosine').fit(dataset, options);
      const columns = reference(6, normalization);
      for (const item of [0, 7, 19]) {
        const scores = model.score({
          items: Uint32Array.of(item),
          ratings: Uint8Array.of(0),
          statuses: Uint8Array.of(STATUS.completed),
        });
        for (let j = 0; j < 20; j++) expect(scores[j]).toBeCloseTo(columns[j][item], 4);
      }
    });

  it('counts weights from the mean of all people when centred, also after loading', async () => {
    const options = { weights, damping, neighbours: 6, userNormalization: 0, normalization: 1 };
    const model = await itemKnnBy('cosine').fit(dataset, { ...options, centred: true });
    const columns = reference(6, 1);
    const people = preferenceRows(dataset, dataset.parts.train, weights);
    const means = new Array<number>(20).fill(0);
    for (const [p, item] of people.indices.entries()) means[item] += people.values[p] / people.rows;
    // more titles than five: for this model what is likely for anybody does not fade
    const profile = profileOf(dataset.interactions, 3);
    const x = new Array<number>(20).fill(0);
    const own = preferenceWeights(profile, weights);
    for (const [p, item] of profile.items.entries()) x[item] = own[p];
    expect(profile.items.length).toBeGreaterThan(5);
    const expected = columns.map((near, j) =>
      near.reduce((sum, weight, i) => sum + (x[i] - means[i]) * weight, means[j]),
    );
    const folder = await mkdtemp(join(tmpdir(), 'osusume-item-knn-'));
    try {
      await model.save(folder);
      const loaded = await itemKnnBy('cosine').load(folder);
      for (const each of [model, loaded]) {
        const scores = each.score(profile);
        for (let j = 0; j < 20; j++) expect(scores[j]).toBeCloseTo(expected[j], 4);
        const [first] = each.priorsOf(profile, [7]);
        expect(first + each.contributions(profile, 7).reduce((a, b) => a + b, 0)).toBeCloseTo(
          scores[7],
          4,
        );
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves a title that nobody lists at 0 instead of dividing by nothing', async () => {
    const { interactions } = dataset;
    const nobody = { ...dataset, parts: { ...dataset.parts, train: { from: 0, to: 0 } } };
    const model = await itemKnnBy('cosine').fit(nobody, { weights, normalization: 1 });
    const scores = model.score({
      items: interactions.indices.slice(0, 3),
      ratings: interactions.ratings.slice(0, 3),
      statuses: interactions.statuses.slice(0, 3),
    });
    expect([...scores]).toEqual(new Array(20).fill(0));
  });
});
