import { describe, expect, it } from 'vitest';
import { type HeldOutUser, heldOutUsers } from '../../../../src/data/held-out-users.ts';
import { STATUS } from '../../../../src/data/interactions.ts';
import { random } from '../../../../src/data/random.ts';
import { FranchiseUnits } from '../../../../src/metric/franchise-units.ts';
import { ListMeasures } from '../../../../src/metric/list/list-measures.ts';
import { ratioOf } from '../../../../src/metric/person-values.ts';
import { listedShares } from '../../../../src/model/listings.ts';
import { storyDataset, storyOf } from '../../../support/story-dataset.ts';

const dataset = storyDataset();
const people = heldOutUsers(dataset, dataset.parts.test, 7);
const setting = {
  catalogue: dataset.catalogue,
  listedShare: listedShares(dataset, dataset.parts.train),
  stories: new FranchiseUnits(dataset.catalogue),
};
const uniform = random(3);
/** Twenty titles that the person is not known to have seen, in any order. */
const lists = people
  .map(({ known }) => {
    const isFree = (item: number) => !known.items.includes(item);
    const free = [...dataset.catalogue.keys()].filter(isFree);
    return free.map((item) => ({ item, key: uniform() })).sort((a, b) => a.key - b.key);
  })
  .map((drawn) => drawn.slice(0, 20).map(({ item }) => item));

const measuresOf = (who: readonly HeldOutUser[], of: readonly (readonly number[])[]) => {
  const values = new ListMeasures(who, setting).of(of);
  return Object.fromEntries(Object.entries(values).map(([name, one]) => [name, ratioOf(one)]));
};

describe('ListMeasures', () => {
  it('counts titles of stories that have not begun, and how many of them are liked', () => {
    let fresh = 0;
    let liked = 0;
    for (const [i, person] of people.entries()) {
      const begun = [...person.known.items]
        .filter((_, p) => person.known.statuses[p] !== STATUS.plan_to_watch)
        .map(storyOf);
      for (const item of lists[i].slice(0, 10)) {
        if (begun.includes(storyOf(item))) continue;
        fresh++;
        if (person.liked.has(item)) liked++;
      }
    }
    const { newStories10, newStoriesLiked10 } = measuresOf(people, lists);
    expect(newStories10).toBeCloseTo(fresh / (10 * people.length), 12);
    expect(newStoriesLiked10).toBeCloseTo(liked / fresh, 12);
    expect(liked).toBeGreaterThan(0);
  });

  it('states dislikes by the held-out titles found, so that finding more of both is no worse', () => {
    const [one] = people;
    const person = { ...one, seen: new Set([1, 2, 3, 4]), disliked: new Set([1, 2]) };
    expect(measuresOf([person], [[1, 3, 100]]).dislikesPerHit20).toBe(0.5);
    expect(measuresOf([person], [[1, 2, 3, 4]]).dislikesPerHit20).toBe(0.5);
    expect(measuresOf([person], [[3, 4]]).dislikesPerHit20).toBe(0);
    expect(measuresOf([person], [[100, 101]]).dislikesPerHit20).toBeNaN();
    // who has nothing found counts for nothing; the titles of all are added up
    const all = measuresOf([person, person, person], [[1, 3, 4], [100], [2]]);
    expect(all.dislikesPerHit20).toBe(2 / 4);
  });

  it('says nothing without people or lists', () => {
    for (const values of [
      measuresOf([], []),
      measuresOf(
        people,
        people.map(() => []),
      ),
    ])
      for (const [name, value] of Object.entries(values)) expect(value, name).toBeNaN();
  });
});
