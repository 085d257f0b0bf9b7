import { describe, expect, it } from 'vitest';
import { parseEaseOptions } from '../../src/config.ts';
import { STATUS } from '../../src/data/interactions.ts';
import { itemKnnBy } from '../../src/model/item-knn.ts';
import { preferenceRows } from '../../src/model/preferences.ts';
import { smallDataset } from '../small-dataset.ts';

const dataset = smallDataset({ people: 60, titles: 20 });
const { weights } = parseEaseOptions({ weights: { unscored: { completed: 1 } } });
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
