import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/web/i18n/en.ts';
import {
  changedRules,
  cycled,
  DEFAULT_RULES,
  nothingLeft,
  rulesForRequest,
} from '../../../../src/web/rules/rules.ts';

describe('rules', () => {
  it('cycled() goes from either way to only with it, to never, and back', () => {
    const once = cycled(DEFAULT_RULES, 'genres', 'Drama');
    const twice = cycled(once, 'genres', 'Drama');
    expect([once.genresIn, once.genresOut]).toEqual([['Drama'], []]);
    expect([twice.genresIn, twice.genresOut]).toEqual([[], ['Drama']]);
    expect(cycled(twice, 'genres', 'Drama')).toEqual(DEFAULT_RULES);
  });

  it('nothingLeft() names the filters that can be loosened', () => {
    expect(nothingLeft(en, { ...DEFAULT_RULES, from: 2001 })).toBe(
      'Nothing left with these filters. Loosen years?',
    );
    expect(nothingLeft(en, { ...DEFAULT_RULES, types: ['TV'], genresIn: ['Drama'] })).toContain(
      'Loosen types or genres?',
    );
    expect(nothingLeft(en, { ...DEFAULT_RULES, niche: 1 })).toContain('Add another title');
  });

  it('changedRules() is empty for the defaults and names every change', () => {
    expect(changedRules(DEFAULT_RULES)).toEqual([]);
    const all = {
      ...DEFAULT_RULES,
      types: ['TV' as const],
      genresIn: ['Drama'],
      genresOut: [],
      from: 1,
      to: null,
      minMembers: 1000,
      niche: 1,
      variety: 1,
    };
    expect(
      changedRules({
        ...all,
        prerequisites: false,
        franchise: false,
        familiar: false,
        planned: true,
        adult: true,
        episodes: [1, 13],
        maxDuration: 25,
        minScore: 8,
        airing: 'finished',
        ageRating: 'PG',
        studiosOut: ['MAPPA'],
        themesIn: ['sad'],
        sequels: false,
        dropped: true,
        extras: true,
        unaired: true,
      }),
    ).toHaveLength(22);
  });

  it('rulesForRequest() completes half-open years and hides adult titles unless asked', () => {
    expect(rulesForRequest({ ...DEFAULT_RULES, to: 1999 })).toMatchObject({
      years: [1907, 1999],
      adult: false,
    });
    expect(rulesForRequest(DEFAULT_RULES)).toMatchObject({ familiar: true });
    expect(rulesForRequest({ ...DEFAULT_RULES, familiar: false })).toMatchObject({
      familiar: false,
    });
    expect(rulesForRequest({ ...DEFAULT_RULES, adult: true })).toMatchObject({ adult: true });
    expect(rulesForRequest(DEFAULT_RULES)).not.toHaveProperty('years');
    expect(rulesForRequest(DEFAULT_RULES)).not.toHaveProperty('minMembers');
    expect(
      rulesForRequest({ ...DEFAULT_RULES, minMembers: 1000, planned: true }, [457]),
    ).toMatchObject({ minMembers: 1000, planned: true, without: [457] });
  });
});
