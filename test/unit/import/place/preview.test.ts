import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../../src/data/id-map.ts';
import type { ImportedEntry } from '../../../../src/import/place/placed-list.ts';
import { previewOf } from '../../../../src/import/place/preview.ts';
import { importedList, placedList } from '../../../support/imported-lists.ts';
import { CATALOGUE } from '../../../support/small-catalogue.ts';

const bundle = {
  catalogue: CATALOGUE,
  items: new IdMap(Int32Array.from(CATALOGUE, ({ animeId }) => animeId)),
};
const preview = (entries: readonly ImportedEntry[]) =>
  previewOf(placedList(importedList(), { entries }), bundle);
const entry = (animeId: number, rating?: number): ImportedEntry => ({
  animeId,
  ...(rating === undefined ? {} : { rating }),
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

  it('names what was not found, and what it may be, shortly', async () => {
    const [known] = CATALOGUE;
    const unknown = {
      ...{ title: 'Knwon', animeId: null, reason: 'unknown-name' as const, line: 3 },
      ...{ status: 'completed' as const, nearest: [known] },
    };
    const list = placedList(importedList(), { unknown: [unknown] });
    const shown = (await previewOf(list, bundle)).unknown[0];
    expect(shown).toMatchObject({ title: 'Knwon', rating: null, nearest: [{ title: 'Known' }] });
    expect(shown.nearest[0]).not.toHaveProperty('synopsis');
  });

  it('is empty for an empty list', async () => {
    expect(await preview([])).toMatchObject({ matched: [], unknown: [], ratings: [] });
  });
});
