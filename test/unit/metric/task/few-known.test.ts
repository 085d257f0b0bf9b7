import { describe, expect, it } from 'vitest';
import { heldOutUsers } from '../../../../src/data/held-out-users.ts';
import { fewKnown } from '../../../../src/metric/task/few-known.ts';
import { seenAndLiked, storyDataset } from '../../../support/story-dataset.ts';

const dataset = storyDataset();
const people = heldOutUsers(dataset, dataset.parts.test, 7);
const [five, twenty] = [5, 20].map((count) => fewKnown(people, count, 7));

describe('fewKnown()', () => {
  it('knows that many seen titles with their ratings, and expects every other liked one', () => {
    for (const [i, { userId, whole }] of people.entries()) {
      const { seen, liked } = seenAndLiked(dataset, userId);
      const { known, targets } = five[i];
      const items = [...known.items];
      expect(items).toHaveLength(5);
      expect(seen).toEqual(expect.arrayContaining(items));
      expect([...targets].sort((a, b) => a - b)).toEqual(
        liked.filter((item) => !items.includes(item)),
      );
      for (const [p, item] of items.entries())
        expect(known.ratings[p]).toBe(whole.ratings[whole.items.indexOf(item)]);
      expect(known.isWhole).toBeUndefined();
    }
  });

  it('draws titles that were held out, too, and the few are among the many', () => {
    const heldOut = people.map(({ seen }, i) =>
      [...five[i].known.items].filter((x) => seen.has(x)),
    );
    expect(heldOut.flat().length).toBeGreaterThan(0);
    for (const [i, { known }] of five.entries())
      expect([...twenty[i].known.items]).toEqual(expect.arrayContaining([...known.items]));
  });

  it('expects nothing of who has seen no more than that', () => {
    const most = Math.max(...people.map(({ userId }) => seenAndLiked(dataset, userId).seen.length));
    expect(fewKnown(people, most, 7).every(({ targets }) => targets.size === 0)).toBe(true);
  });
});
