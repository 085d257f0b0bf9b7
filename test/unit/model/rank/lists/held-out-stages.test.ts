import { expect, it } from 'vitest';
import { parseSlimOptions } from '../../../../../src/config/model-options.ts';
import type { Dataset } from '../../../../../src/data/dataset.ts';
import { profileOf } from '../../../../../src/data/interactions.ts';
import {
  heldOutGroups,
  listsOfEach,
  stageWithout,
} from '../../../../../src/model/rank/lists/held-out-stages.ts';
import { smallDataset } from '../../../../support/small-dataset.ts';

const OPTIONS = parseSlimOptions({});

it('holds everybody out once, in five groups that a seed draws', () => {
  const groups = heldOutGroups({ from: 10, to: 63 }, 1);
  expect(groups.map(({ length }) => length)).toEqual([11, 11, 11, 10, 10]);
  const all = groups.flatMap((group) => [...group]).sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: 53 }, (_, n) => 10 + n));
  expect(heldOutGroups({ from: 10, to: 63 }, 1)).toEqual(groups);
  expect(heldOutGroups({ from: 10, to: 63 }, 2)).not.toEqual(groups);
});

it('holds 2,400 people out at a time, and lets each give two lists while there is room', () => {
  const some = heldOutGroups({ from: 0, to: 6000 }, 1);
  expect(some.map(({ length }) => length)).toEqual([1200, 1200, 1200, 1200, 1200]);
  expect(listsOfEach(some)).toBe(2);
  const many = heldOutGroups({ from: 0, to: 20_000 }, 1);
  expect(many.map(({ length }) => length)).toEqual([2400, 2400, 2400, 2400, 2400]);
  expect(new Set(many.flatMap((group) => [...group])).size).toBe(12_000);
  expect(listsOfEach(many)).toBe(1);
  expect(listsOfEach(heldOutGroups({ from: 0, to: 6001 }, 1))).toBe(1);
});

it('holds 8,000 people out once when there are very many', () => {
  const [group, ...others] = heldOutGroups({ from: 0, to: 100_000 }, 1);
  expect(others).toEqual([]);
  expect(new Set(group).size).toBe(8000);
});

it('fits a first stage that does not know the people held out', async () => {
  const dataset = smallDataset();
  const people = Uint32Array.of(0, 5, 20);
  const { interactions } = dataset;
  // the same data set, but for what these people listed
  const ratings = interactions.ratings.slice();
  for (const user of people)
    ratings.fill(1, interactions.indptr[user], interactions.indptr[user + 1]);
  const other: Dataset = { ...dataset, interactions: { ...interactions, ratings } };
  const profile = profileOf(interactions, 100);
  const [without, same] = await Promise.all(
    [dataset, other].map((data) => stageWithout(people, data, OPTIONS, { threads: 1 })),
  );
  expect(same.first.score(profile)).toEqual(without.first.score(profile));
  const withThem = await stageWithout(Uint32Array.of(), dataset, OPTIONS, { threads: 1 });
  expect(withThem.first.score(profile)).not.toEqual(without.first.score(profile));
});
