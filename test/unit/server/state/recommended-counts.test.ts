import { expect, it } from 'vitest';
import type { Catalogue } from '../../../../src/data/anime.ts';
import { RecommendedCounts } from '../../../../src/server/state/recommended-counts.ts';

const bundleOf = (...ids: number[]) => ({
  catalogue: ids.map((animeId) => ({ animeId })) as unknown as Catalogue,
});

it('counts titles by their id, across the bundles they are recommended from', () => {
  const counts = new RecommendedCounts();
  const [before, after] = [bundleOf(5, 1, 9), bundleOf(9, 5, 7)];
  counts.add(before, [0, 2]);
  counts.add(before, []);
  expect(counts.most(9)).toEqual([
    { animeId: 5, lists: 1 },
    { animeId: 9, lists: 1 },
  ]);
  counts.add(after, [0, 2]);
  counts.add(before, [2]);
  expect(counts.lists).toBe(3);
  expect(counts.titles).toBe(3);
  expect(counts.most(2)).toEqual([
    { animeId: 9, lists: 3 },
    { animeId: 5, lists: 1 },
  ]);
  // Reading them counts nothing twice.
  expect(counts.most(1)).toEqual([{ animeId: 9, lists: 3 }]);
});
