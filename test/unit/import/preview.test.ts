import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../src/data/id-map.ts';
import type { ImportedEntry } from '../../../src/import/imported-list.ts';
import { previewOf } from '../../../src/import/preview.ts';
import { CATALOGUE } from '../../support/small-catalogue.ts';

const bundle = {
  catalogue: CATALOGUE,
  items: new IdMap(Int32Array.from(CATALOGUE, ({ animeId }) => animeId)),
};
const preview = (entries: readonly ImportedEntry[]) =>
  previewOf({ source: 'csv', owner: null, entries, unknown: [], scale: '1-10' }, bundle);
const entry = (animeId: number, rating?: number, title: string | null = null): ImportedEntry => ({
  animeId,
  rating,
  title,
  status: 'completed',
});

describe('previewOf()', () => {
  it('puts the best rated first, then the most listed, and counts statuses', async () => {
    const { matched, ratings, statuses } = await preview([
      { ...entry(30), status: 'watching' },
      entry(20, 7),
      entry(10, 9),
      entry(0, 9),
    ]);
    expect(matched.map(({ anime, rating }) => [anime.title, rating])).toEqual([
      ['Known', 9],
      ['Loner', 9],
      ['Saga', 7],
      ['Saga 2nd Season', null],
    ]);
    expect(ratings.slice(2)).toEqual([
      { animeId: 20, rating: 7, status: 'completed' },
      { animeId: 30, status: 'watching' },
    ]);
    expect(statuses).toEqual({
      watching: 1,
      completed: 3,
      on_hold: 0,
      dropped: 0,
      plan_to_watch: 0,
    });
  });

  it('names what the catalogue has not, and takes the last entry of a title', async () => {
    const { matched, unknown } = await preview([
      entry(0, 3),
      entry(777, 5, 'Too new'),
      entry(778),
      entry(0, 8),
    ]);
    expect(matched).toMatchObject([{ rating: 8 }]);
    expect(unknown).toEqual([
      { title: 'Too new', animeId: 777, reason: 'not-in-catalogue' },
      { title: '778', animeId: 778, reason: 'not-in-catalogue' },
    ]);
  });

  it('is empty for an empty list', async () => {
    expect(await preview([])).toMatchObject({ matched: [], unknown: [], ratings: [] });
  });
});
