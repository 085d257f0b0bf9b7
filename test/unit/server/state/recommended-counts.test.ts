import { expect, it } from 'vitest';
import { RecommendedCounts } from '../../../../src/server/state/recommended-counts.ts';

const listOf = (...ids: number[]) => ids.map((animeId) => ({ anime: { animeId } }));

it('counts titles by their id, and lists that have any', () => {
  const counts = new RecommendedCounts();
  counts.add(listOf(5, 9));
  counts.add([]);
  expect(counts.most(9)).toEqual([
    { animeId: 5, lists: 1 },
    { animeId: 9, lists: 1 },
  ]);
  counts.add(listOf(9, 7));
  counts.add(listOf(9));
  expect(counts.lists).toBe(3);
  expect(counts.titles).toBe(3);
  expect(counts.most(2)).toEqual([
    { animeId: 9, lists: 3 },
    { animeId: 5, lists: 1 },
  ]);
});
