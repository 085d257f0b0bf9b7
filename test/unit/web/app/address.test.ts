import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGE_RATINGS,
  AIRING,
  ANIME_TYPES,
  FIRST_YEAR,
  LAST_YEAR,
} from '../../../../src/api/constants/enums.ts';
import { isCustomised, readAddress, writeFragment } from '../../../../src/web/app/address.ts';
import { NEW_VISIT, type Visit } from '../../../../src/web/app/visit.ts';
import { DEFAULT_RULES, GENRES } from '../../../../src/web/rules/rules.ts';

const verdict = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constantFrom('seen', 'no', 'plan'));
const id = fc.integer({ min: 0, max: 999_999_999 });
const year = fc.option(fc.integer({ min: FIRST_YEAR, max: LAST_YEAR }));
const inOrder = <T extends string>(names: readonly T[]) => fc.subarray([...names]);

const picksOf = (minLength: number) =>
  fc.uniqueArray(fc.record({ animeId: id, verdict }), {
    minLength,
    selector: ({ animeId }) => animeId,
  }) as fc.Arbitrary<Visit['picks']>;

const visit: fc.Arbitrary<Visit> = fc
  .record({
    picks: picksOf(0),
    list: fc.option(fc.record({ id: fc.constantFrom('0', '1x9k2d', 'zzzzzzz'), top: picksOf(1) })),
    genres: fc.tuple(inOrder(GENRES), inOrder(GENRES)),
    types: inOrder(ANIME_TYPES),
    years: fc.tuple(year, year),
    shares: fc.tuple(fc.integer({ min: -10, max: 10 }), fc.integer({ min: 0, max: 10 })),
    switches: fc.tuple(...[fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()]),
    minMembers: id,
    excluded: fc.uniqueArray(id, { maxLength: 20 }),
    seeds: fc.uniqueArray(id, { maxLength: 5 }),
    unlike: fc.uniqueArray(id, { maxLength: 5 }),
    limits: fc.record({
      episodes: fc.option(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom(100, 10_000))),
      maxDuration: fc.option(fc.integer({ min: 1, max: 1000 })),
      minScore: fc.constantFrom(0, 7, 8.5),
      airing: fc.constantFrom(...AIRING),
      ageRating: fc.option(fc.constantFrom(...AGE_RATINGS)),
      studiosIn: inOrder(['P.A. Works', 'Studio 4°C', '100% and, co']),
      studiosOut: inOrder(['MAPPA']),
      themesIn: inOrder(['isekai', 'time-travel']),
      themesOut: inOrder(['sad']),
      sequels: fc.boolean(),
      dropped: fc.boolean(),
      extras: fc.boolean(),
      unaired: fc.boolean(),
    }),
    open: fc.option(id),
    user: fc.option(id),
  })
  .map(
    ({
      picks,
      genres,
      types,
      years,
      shares,
      switches,
      minMembers,
      excluded,
      seeds,
      unlike,
      limits,
      open,
      user,
      list,
    }) => ({
      picks,
      list,
      open,
      // Somebody else's list, or one's own.
      user: list ? null : user,
      excluded,
      seeds,
      unlike,
      rules: {
        ...DEFAULT_RULES,
        ...limits,
        types,
        genresIn: genres[0],
        genresOut: genres[1].filter((genre) => !genres[0].includes(genre)),
        from: years[0],
        to: years[1],
        minMembers,
        niche: shares[0] / 10,
        variety: shares[1] / 10,
        prerequisites: switches[0],
        franchise: switches[1],
        planned: switches[2],
        adult: switches[3],
        familiar: switches[4],
      },
    }),
  );

describe('address', () => {
  it('readAddress() restores any visit when writeFragment() wrote it', () => {
    fc.assert(
      fc.property(visit, (before) => {
        const after = readAddress(writeFragment(before));
        // −0 and 0 are the same place of a slider.
        expect({ ...after, rules: { ...after.rules, niche: after.rules.niche + 0 } }).toEqual({
          ...before,
          rules: { ...before.rules, niche: before.rules.niche + 0 },
        });
      }),
    );
  });

  it('readAddress() restores the same visit when a browser or a chat has encoded the commas', () => {
    const before = '?picks=457.9,21.seen&in=Slice+of+Life,Sci-Fi&years=1998-';
    expect(readAddress(before.replaceAll(',', '%2C'))).toEqual(readAddress(before));
    expect(readAddress(before).rules.genresIn).toEqual(['Slice of Life', 'Sci-Fi']);
  });

  it('writeFragment() is empty when nothing has been said', () => {
    expect(writeFragment(NEW_VISIT)).toBe('');
    expect(isCustomised(NEW_VISIT)).toBe(false);
    expect(isCustomised({ ...NEW_VISIT, open: 5 })).toBe(false);
  });

  it('writeFragment() stays readable when picks and genres are set', () => {
    const address = writeFragment({
      ...NEW_VISIT,
      picks: [
        { animeId: 457, verdict: 10 },
        { animeId: 21, verdict: 'no' },
      ],
      rules: { ...DEFAULT_RULES, genresOut: ['Slice of Life'] },
    });
    expect(address).toBe('#picks=457.10,21.no&out=Slice+of+Life');
  });

  it('writeFragment() and readAddress() keep that the visitor may not have seen the classics', () => {
    const rules = { ...DEFAULT_RULES, familiar: false };
    expect(writeFragment({ ...NEW_VISIT, rules })).toBe('#show=classics');
    expect(readAddress('#show=classics').rules).toEqual(rules);
  });

  it.each([
    ['?picks=', []],
    ['?picks=abc', []],
    ['?picks=1.0,2.11,3.9.5,4.-1,5.love,6', [{ animeId: 3, verdict: 9 }]],
    ['?picks=1.9,1.4', [{ animeId: 1, verdict: 4 }]],
    ['?picks=99999999999999.9', []],
  ])('readAddress() keeps what it understands when the picks are %s', (address, picks) => {
    expect(readAddress(address).picks).toEqual(picks);
  });

  it('readAddress() falls back to the defaults when the rules are nonsense', () => {
    const visit = readAddress(
      '?types=Film,x&in=<b>,,%00&out=Drama&years=12-90000&niche=7&variety=-1&show=x&members=many&without=1,x,1,-2,7&open=-4&user=1e3',
    );
    expect(visit.rules).toEqual({ ...DEFAULT_RULES, genresOut: ['Drama'] });
    expect(visit.excluded).toEqual([1, 7]);
    expect(visit.open).toBeNull();
    expect(visit.user).toBeNull();
  });

  it('writeFragment() names a list and its favourites, for a browser that does not have it', () => {
    const list = { id: '1x9k2d', top: [{ animeId: 457, verdict: 10 as const }] };
    const address = writeFragment({ ...NEW_VISIT, list, picks: [{ animeId: 21, verdict: 'no' }] });
    expect(address).toBe('#list=1x9k2d&top=457.10&picks=21.no');
  });

  it.each(['?list=1x9k2d', '?list=&top=1.9', '?list=../x&top=1.9', '?list=12345678&top=1.9'])(
    'readAddress() finds no list in %s',
    (address) => expect(readAddress(address).list).toBeNull(),
  );

  it('readAddress() never throws, whatever the address', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (address) => void readAddress(`?picks=${address}&years=${address}`),
      ),
    );
  });

  it('readAddress() does not take a list without end when the address is huge', () => {
    const picks = Array.from({ length: 5000 }, (_, at) => `${at}.9`).join();
    expect(readAddress(`?picks=${picks}`).picks).toHaveLength(2000);
  });
});
