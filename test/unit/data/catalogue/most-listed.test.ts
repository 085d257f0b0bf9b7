import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostListed } from '../../../../src/data/catalogue/most-listed.ts';
import { checkInteractions } from '../../../../src/data/dataset-file.ts';
import { profileOf } from '../../../../src/data/interactions.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

describe('mostListed()', () => {
  const whole = smallDataset({ people: 60, titles: 30 });

  it('keeps the entries of the first titles of every list, in its order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29 }), (items) => {
        const { interactions, catalogue, items: ids } = mostListed(whole, items);
        checkInteractions('cut', interactions);
        expect([interactions.items, catalogue.length, ids.size]).toEqual([items, items, items]);
        for (let user = 0; user < interactions.users; user++) {
          const before = profileOf(whole.interactions, user);
          const kept = (_: number, p: number) => before.items[p] < items;
          expect(profileOf(interactions, user)).toEqual({
            items: before.items.filter(kept),
            ratings: before.ratings.filter(kept),
            statuses: before.statuses.filter(kept),
          });
        }
      }),
    );
  });

  it('is the dataset itself when it has no more', () => {
    for (const items of [30, 31]) expect(mostListed(whole, items)).toBe(whole);
  });
});
