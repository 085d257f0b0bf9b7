import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../src/data/id-map.ts';
import { MAX_RATINGS, profileFrom, statusName } from '../../../src/recommend/profile.ts';

const items = new IdMap(Int32Array.of(5114, 1, 9253, 30));

describe('profileFrom()', () => {
  it('orders by item and fills in what is not said', () => {
    const { profile, ignored } = profileFrom(
      [
        { animeId: 30, rating: 7 },
        { animeId: 5114 },
        { animeId: 1, rating: null, status: 'dropped' },
      ],
      items,
    );
    expect([...profile.items]).toEqual([0, 1, 3]);
    expect([...profile.ratings]).toEqual([0, 0, 7]);
    expect([...profile.statuses]).toEqual([2, 4, 2]);
    expect(ignored).toEqual([]);
  });

  it('lists unknown ids once and ignores them', () => {
    const { profile, ignored } = profileFrom(
      [{ animeId: 77 }, { animeId: 1 }, { animeId: -3 }, { animeId: 77 }],
      items,
    );
    expect([...profile.items]).toEqual([1]);
    expect(ignored).toEqual([77, -3]);
  });

  it('is empty when the list is', () => {
    expect(profileFrom([], items).profile.items).toHaveLength(0);
  });

  it('lets the last entry of a title win', () => {
    const entry = fc.record({
      animeId: fc.constantFrom(5114, 1, 9253, 30, 99),
      rating: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (ratings) => {
        const last = new Map(
          ratings
            .filter(({ animeId }) => animeId !== 99)
            .map(({ animeId, rating }) => [items.indexOf(animeId), rating]),
        );
        const { profile } = profileFrom(ratings, items);
        expect([...profile.items]).toEqual([...last.keys()].sort((a, b) => a - b));
        expect([...profile.ratings]).toEqual([...profile.items].map((item) => last.get(item)));
      }),
    );
  });

  it('refuses ratings that are none and lists that are too long', () => {
    expect(() => profileFrom([{ animeId: 1, rating: 11 }], items)).toThrow(/rating of 1 is 11/);
    expect(() => profileFrom(new Array(MAX_RATINGS + 1).fill({ animeId: 1 }), items)).toThrow(
      String(MAX_RATINGS + 1),
    );
  });
});

describe('statusName()', () => {
  it('names the codes of MyAnimeList, and takes noise for completed', () => {
    expect([1, 2, 3, 4, 6, 33].map(statusName)).toEqual([
      'watching',
      'completed',
      'on_hold',
      'dropped',
      'plan_to_watch',
      'completed',
    ]);
  });
});
