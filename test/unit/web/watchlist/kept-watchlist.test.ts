import { describe, expect, it } from 'vitest';
import {
  EMPTY_WATCHLIST,
  keepPlannedTitles,
  keepWatchlist,
  keptPlannedTitles,
  keptWatchlist,
  MAX_NOTE,
} from '../../../../src/web/watchlist/kept-watchlist.ts';
import { anime } from '../../../support/anime.ts';

function storageWith(content: Readonly<Record<string, string>> = {}) {
  const held = new Map(Object.entries(content));
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
  return { source: () => storage as unknown as Storage, held };
}

describe('keptWatchlist()', () => {
  it('reads back what was kept', () => {
    const { source } = storageWith();
    const list = { order: [5, 3], removed: [9], notes: new Map([[3, 'with Yuki']]) };
    keepWatchlist(list, source);
    expect(keptWatchlist(source)).toEqual(list);
  });

  it('keeps nothing of an empty list', () => {
    const { source, held } = storageWith();
    keepWatchlist(EMPTY_WATCHLIST, source);
    expect(held.size).toBe(0);
  });

  it.each(['', 'x', 'null', '[]', '7', '{"order":7,"removed":{},"notes":[1,[2],["3","x"],[4,5]]}'])(
    'is empty when storage holds %j',
    (content) => {
      expect(keptWatchlist(storageWith({ 'osusume.watchlist': content }).source)).toEqual(
        EMPTY_WATCHLIST,
      );
    },
  );

  it('reads the sound parts of a broken one, and no endless note', () => {
    const content = JSON.stringify({
      order: [1, '2', -3, 4.5, null, 1, 6],
      notes: [[6, 'x'.repeat(MAX_NOTE + 100)]],
    });
    const { order, notes } = keptWatchlist(storageWith({ 'osusume.watchlist': content }).source);
    expect(order).toEqual([1, 6]);
    expect(notes.get(6)).toHaveLength(MAX_NOTE);
  });
});

describe('keptPlannedTitles()', () => {
  it('reads back titles, leaves out their synopses, and drops what is not a title', () => {
    const { source, held } = storageWith();
    const title = { ...anime({ animeId: 7, title: 'A' }), synopsis: 'long' };
    keepPlannedTitles([title], source);
    expect(held.get('osusume.watchlist.titles')).not.toContain('long');
    expect(keptPlannedTitles(source).map(({ animeId }) => animeId)).toEqual([7]);
    expect(keptPlannedTitles(storageWith({ 'osusume.watchlist.titles': '[{}]' }).source)).toEqual(
      [],
    );
  });
});
