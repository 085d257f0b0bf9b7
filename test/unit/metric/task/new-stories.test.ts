import { describe, expect, it } from 'vitest';
import { heldOutUsers } from '../../../../src/data/held-out-users.ts';
import { STATUS } from '../../../../src/data/interactions.ts';
import { FranchiseUnits } from '../../../../src/metric/franchise-units.ts';
import { newStories } from '../../../../src/metric/task/new-stories.ts';
import { storyDataset, storyOf } from '../../../support/story-dataset.ts';

const dataset = storyDataset();
const people = heldOutUsers(dataset, dataset.parts.test, 7);
const stories = new FranchiseUnits(dataset.catalogue);

describe('newStories()', () => {
  it('expects the liked titles of stories of which nothing is known, planned titles apart', () => {
    let planned = 0;
    for (const [i, { targets }] of newStories(people, stories).entries()) {
      const { known, liked } = people[i];
      const ofStory = (item: number, isPlanned: boolean) =>
        known.items.some(
          (other, p) =>
            storyOf(other) === storyOf(item) &&
            (known.statuses[p] === STATUS.plan_to_watch) === isPlanned,
        );
      expect([...targets]).toEqual([...liked].filter((item) => !ofStory(item, false)));
      planned += [...targets].filter((item) => ofStory(item, true)).length;
    }
    expect(planned).toBeGreaterThan(0);
  });

  it('expects nothing where every story has begun', () => {
    const all = people.map((person) => ({
      ...person,
      known: {
        items: Uint32Array.from(dataset.catalogue.keys()),
        ratings: new Uint8Array(dataset.catalogue.length).fill(8),
        statuses: new Uint8Array(dataset.catalogue.length).fill(STATUS.completed),
      },
    }));
    expect(newStories(all, stories).every(({ targets }) => targets.size === 0)).toBe(true);
  });
});
