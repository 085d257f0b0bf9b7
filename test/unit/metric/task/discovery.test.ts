import { describe, expect, it } from 'vitest';
import { type HeldOutUser, heldOutUsers } from '../../../../src/data/held-out-users.ts';
import { FranchiseUnits } from '../../../../src/metric/franchise-units.ts';
import { BEST_KNOWN, discovery } from '../../../../src/metric/task/discovery.ts';
import { listedShares } from '../../../../src/model/listings.ts';
import { seenAndLiked, storyDataset, storyOf } from '../../../support/story-dataset.ts';

const dataset = storyDataset();
const people = heldOutUsers(dataset, dataset.parts.test, 7);
const listedShare = listedShares(dataset, dataset.parts.train);
const stories = new FranchiseUnits(dataset.catalogue);
const casesOf = (share: Float32Array, who: readonly HeldOutUser[] = people) =>
  discovery(who, { stories, listedShare: share, seed: 7 });

describe('discovery()', () => {
  it('expects liked titles that are neither well known nor of the franchises of the five', () => {
    const bestKnown = [...listedShare.entries()]
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, BEST_KNOWN)
      .map(([item]) => item);
    let expected = 0;
    for (const [i, { known, targets }] of casesOf(listedShare).entries()) {
      const { liked } = seenAndLiked(dataset, people[i].userId);
      const five = [...known.items];
      expect(five).toHaveLength(5);
      expect(liked).toEqual(expect.arrayContaining(five));
      const begun = five.map(storyOf);
      const wanted = liked.filter(
        (item) => !bestKnown.includes(item) && !begun.includes(storyOf(item)),
      );
      expect([...targets].sort((a, b) => a - b)).toEqual(wanted);
      expected += wanted.length;
    }
    expect(expected).toBeGreaterThan(people.length);
  });

  it('leaves out the franchises of the five where these are not the best known either', () => {
    // now the titles that stand alone are the best known
    const share = Float32Array.from(dataset.catalogue, (_, item) => item);
    const cases = casesOf(share);
    expect(cases.some(({ targets }) => targets.size > 0)).toBe(true);
    for (const { known, targets } of cases) {
      const begun = new Set(Array.from(known.items, storyOf));
      for (const item of targets) expect(begun.has(storyOf(item)), `${item}`).toBe(false);
    }
  });

  it('has no part for who likes five titles or fewer', () => {
    const liking = (count: number) =>
      people.map((person) => ({
        ...person,
        allLiked: new Set([...person.allLiked].filter((item) => item >= 100).slice(0, count)),
      }));
    const none = new Float32Array(listedShare.length);
    const withTargets = (count: number) =>
      casesOf(none, liking(count)).filter(({ targets }) => targets.size > 0).length;
    expect([0, 4, 5].map(withTargets)).toEqual([0, 0, 0]);
  });
});
