import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../../src/config/model-options.ts';
import { profileOf } from '../../../../src/data/interactions.ts';
import { BlockSymmetricMatrix } from '../../../../src/linalg/block-symmetric-matrix.ts';
import { addContent, addUsers } from '../../../../src/model/gram/gram-matrices.ts';
import type { ItemWeights } from '../../../../src/model/item-weights/item-weights.ts';
import { neighbourCounts, slim, solveSlim, titlesOf } from '../../../../src/model/linear/slim.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const everything = { neighbours: 1000, columnPower: 0, prior: 0 };

describe('slim.fit()', () => {
  it('takes the neighbours by G_ij / √G_ii and regresses on these alone', async () => {
    const dataset = smallDataset({ people: 120, titles: 30 });
    const options = parseSlimOptions({ ...everything, neighbours: 10, listingPower: 0 });
    const { whole } = await slim.fit(dataset, options);
    const gram = new BlockSymmetricMatrix(30);
    await addUsers(gram, dataset, dataset.parts.train, options);
    await addContent(gram, dataset, options);
    const { regularization, dropout } = options;
    const ridge = (i: number) => regularization + (dropout / (1 - dropout)) * gram.get(i, i);
    for (let j = 0; j < 30; j++) {
      const b = columnOf(whole, j);
      const nearest = Array.from(Array(30).keys())
        .filter((i) => i !== j)
        .sort((x, y) => sizeOf(y) - sizeOf(x))
        .slice(0, 10);
      function sizeOf(i: number) {
        return gram.get(i, j) / Math.sqrt(gram.get(i, i));
      }
      for (let i = 0; i < 30; i++) if (!nearest.includes(i)) expect(b[i]).toBe(0);
      // the gradient of the regression is zero at every neighbour
      for (const i of nearest) {
        const fitted = nearest.reduce(
          (sum, k) => sum + b[k] * (gram.get(i, k) + (i === k ? ridge(i) : 0)),
          0,
        );
        expect(Math.abs(fitted - gram.get(i, j))).toBeLessThan(2e-3);
      }
    }
  });

  it('recommends a title that nobody has rated to the people of its taste', async () => {
    const dataset = smallDataset();
    const model = await slim.fit(dataset, parseSlimOptions({}));
    // Items 58 and 59 are on no list; 59 is of the taste of odd users, 58 of even ones.
    const odd = model.score(profileOf(dataset.interactions, 1));
    const even = model.score(profileOf(dataset.interactions, 0));
    expect(odd[59]).toBeGreaterThan(odd[58]);
    expect(even[58]).toBeGreaterThan(even[59]);
  });

  it('fits on nobody: content alone', async () => {
    const dataset = smallDataset();
    const model = await slim.fit(dataset, parseSlimOptions({}), { users: { from: 0, to: 0 } });
    const scores = model.score(profileOf(dataset.interactions, 1));
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[59]).toBeGreaterThan(scores[58]);
  });

  it('says what to do when a title cannot be solved', async () => {
    const options = parseSlimOptions({ regularization: 0, dropout: 0, content: 0 });
    await expect(slim.fit(smallDataset(), options)).rejects.toThrow(/raise the regularization/);
  });
});

describe('solveSlim()', () => {
  it('leaves G as it was', async () => {
    const dataset = smallDataset({ people: 40, titles: 30 });
    const options = parseSlimOptions({});
    const gram = new BlockSymmetricMatrix(30);
    await addUsers(gram, dataset, dataset.parts.train, options);
    const before = gram.copy();
    await solveSlim(gram, titlesOf(dataset, dataset.parts.train), options);
    expect(gram.panels).toEqual(before.panels);
  });
});

describe('neighbourCounts()', () => {
  it('gives titles that more people list more neighbours, within limits', () => {
    const listings = { counts: Float32Array.of(0, 0, 3, 99, 100_000), people: 100_000 };
    const counts = neighbourCounts(listings, { neighbours: 300, listingPower: 0.7 });
    expect(Array.from(counts)).toEqual([10, 10, 10, 11, 300]);
    const even = neighbourCounts(listings, { neighbours: 30.9, listingPower: 0 });
    expect(Array.from(even)).toEqual([30, 30, 30, 30, 30]);
  });
});

/** Column j of B. */
function columnOf(model: ItemWeights, j: number): number[] {
  return Array.from({ length: 30 }, (_, i) => {
    const one = {
      items: Uint32Array.of(i),
      ratings: Uint8Array.of(0),
      statuses: Uint8Array.of(2),
    };
    const [weight] = model.weigh(one);
    return model.score(one)[j] / weight;
  });
}
