import { describe, expect, it } from 'vitest';
import { STATUS_NAMES } from '../../../../src/api/constants/enums.ts';
import {
  idOf,
  importedList,
  keepList,
  keptList,
  nameOf,
  overlaid,
  scoresOf,
} from '../../../../src/web/import/imported-list.ts';
import type { Pick } from '../../../../src/web/picks/picks.ts';

/** As browsers have it: what is stored shows as own properties. */
function memory(limit = Number.POSITIVE_INFINITY): Storage {
  const values: Record<string, string> = {};
  const functions = {
    getItem: (key: string) => values[key] ?? null,
    setItem(key: string, value: string) {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError');
      values[key] = value;
    },
    removeItem: (key: string) => void delete values[key],
  };
  return new Proxy(values, {
    get: (_, name) => Reflect.get(functions, name),
  }) as unknown as Storage;
}

const list = (count: number, first = 1) =>
  importedList(
    'anilist',
    'Aoi',
    Array.from({ length: count }, (_, n) => ({
      animeId: first + n,
      rating: n % 3 === 2 ? null : 10 - (n % 7),
      status: STATUS_NAMES[1 + (n % 4)],
    })),
  );

describe('a brought list', () => {
  it('is kept with every score and status, and found again by its name', () => {
    const storage = memory();
    const own = list(500, 1000);
    keepList(own, () => storage);
    const kept = JSON.parse(storage.getItem(`osusume.list.${own.id}`) ?? '') as { picks: string[] };
    expect(kept.picks[0]).toBe('1000.10.completed');
    // Another page of the same browser: nothing but the storage is there.
    const other = memory();
    const copy = storage.getItem(`osusume.list.${own.id}`) ?? '';
    other.setItem('osusume.list.othername', copy);
    expect(keptList('othername', () => other)).toEqual({ ...own, id: 'othername' });
  });

  it('has a name that says what is in it', () => {
    expect(list(500).id).toBe(list(500).id);
    expect(list(500).id).not.toBe(list(499).id);
    expect(list(500).id).toMatch(/^[0-9a-z]{1,7}$/);
    expect(idOf([])).toMatch(/^[0-9a-z]{1,7}$/);
  });

  it('goes into an address with its twenty favourites', () => {
    const picks: Pick[] = [
      { animeId: 1, verdict: 'plan', status: 'plan_to_watch' },
      { animeId: 2, verdict: 'seen', status: 'completed' },
      { animeId: 3, verdict: 10, status: 'watching' },
      { animeId: 4, verdict: 'no', status: 'dropped' },
    ];
    expect(nameOf({ id: 'a', source: 'csv', owner: null, picks }).top).toEqual([
      { animeId: 3, verdict: 10 },
      { animeId: 2, verdict: 'seen' },
    ]);
    expect(nameOf(list(500)).top).toHaveLength(20);
  });

  it('gives way to what is said here', () => {
    const own = list(5).picks;
    const said: Pick[] = [{ animeId: 2, verdict: 3 }];
    const both = overlaid(own, said);
    expect(both).toHaveLength(5);
    expect(both.find(({ animeId }) => animeId === 2)).toEqual(said[0]);
    expect(overlaid([], said)).toBe(said);
  });

  it('makes room: the three newest are kept', () => {
    const storage = memory();
    for (let n = 0; n < 6; n++) keepList(list(3, 9000 + n), () => storage);
    expect(Object.keys(storage)).toHaveLength(3);
    expect(storage.getItem(`osusume.list.${list(3, 9005).id}`)).not.toBeNull();
  });

  it('lasts as long as the page where storage is full or forbidden, and is null when it holds nonsense', () => {
    const own = list(50, 20_000);
    keepList(own, () => memory(10));
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(keptList(own.id, forbidden)).toEqual(own);
    expect(keptList('unknown', forbidden)).toBeNull();
    for (const text of ['', 'x', 'null', '{}', '[]', '{"source":"csv","picks":5}']) {
      const storage = memory();
      storage.setItem('osusume.list.nonsense', text);
      expect(keptList('nonsense', () => storage)).toBeNull();
    }
    const storage = memory();
    storage.setItem(
      'osusume.list.part',
      '{"source":"csv","picks":["1.9.completed",5,"x.y","2.11","3.8.adored"]}',
    );
    expect(keptList('part', () => storage)?.picks).toEqual([
      { animeId: 1, verdict: 9, status: 'completed' },
    ]);
  });

  it('scoresOf() counts scores, and their mean is 0 when there is none', () => {
    expect(scoresOf([{ verdict: 9 }, { verdict: 'seen' }, { verdict: 6 }])).toEqual({
      scored: 2,
      mean: 7.5,
    });
    expect(scoresOf([])).toEqual({ scored: 0, mean: 0 });
  });
});
