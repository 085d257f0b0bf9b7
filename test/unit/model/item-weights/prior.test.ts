import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../../src/config/model-options.ts';
import { profileOf } from '../../../../src/data/interactions.ts';
import { ease, parseEaseOptions } from '../../../../src/model/linear/ease.ts';
import { slim } from '../../../../src/model/linear/slim.ts';
import { listingsOf } from '../../../../src/model/listings.ts';
import { priorDecay } from '../../../../src/model/prior-decay.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset();

describe('prior', () => {
  it.each([
    ['slim', async (prior: number) => (await slim.fit(dataset, parseSlimOptions({ prior }))).whole],
    ['ease', (prior: number) => ease.fit(dataset, parseEaseOptions({ prior }))],
  ])(
    'of %s: somebody of whom nothing is known gets the well known titles, somebody of many titles no more than before',
    async (_, fitWith) => {
      const bare = await fitWith(0);
      const model = await fitWith(0.4);
      const nobody = profileOf({ ...dataset.interactions, indptr: Uint32Array.of(0, 0) }, 0);
      const { counts, people } = listingsOf(dataset, dataset.parts.train);
      const scores = model.score(nobody);
      counts.forEach((count, j) => {
        expect(scores[j]).toBeCloseTo((0.4 * Math.log1p(count)) / Math.log1p(people), 6);
      });
      const known = profileOf(dataset.interactions, 1);
      const share = priorDecay(known);
      const [without, with_] = [bare.score(known), model.score(known)];
      for (let j = 0; j < without.length; j++)
        expect(with_[j]).toBeCloseTo(without[j] + share * scores[j], 5);
    },
  );
});
