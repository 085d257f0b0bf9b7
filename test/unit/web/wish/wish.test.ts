import { describe, expect, it } from 'vitest';
import type { ChatAnswer } from '../../../../src/api/client.ts';
import { en } from '../../../../src/web/i18n/en.ts';
import { DEFAULT_RULES, rulesForRequest } from '../../../../src/web/rules/rules.ts';
import { chipsOf } from '../../../../src/web/wish/chips.ts';
import { wished, withSeeds } from '../../../../src/web/wish/wish.ts';

const NOTHING = { seeds: [], unlike: [], rules: DEFAULT_RULES };
const cards = (...ids: number[]) => ids.map((animeId) => ({ animeId })) as ChatAnswer['seeds'];
/** the parts of an answer that change the list */
const answer = (rules: ChatAnswer['rules'], seeds: number[] = [], unwanted: number[] = []) => ({
  rules,
  seeds: cards(...seeds),
  unwanted: cards(...unwanted),
});

describe('wished()', () => {
  it('carries every rule that a wish can set to the request', () => {
    const rules = {
      ...{ types: ['TV' as const], genresIn: ['Drama'], genresOut: ['Horror'] },
      ...{ themesIn: ['isekai'], themesOut: ['sad'], studiosIn: ['Bones'], studiosOut: ['MAPPA'] },
      ...{ years: [1990, 1999] as [number, number], episodes: [1, 13] as [number, number] },
      ...{ maxDuration: 25, minScore: 8, airing: 'finished' as const, ageRating: 'PG' as const },
      ...{ sequels: false, niche: 0.6, variety: 0.5, familiar: false },
    };
    const next = wished(NOTHING, answer(rules));
    expect(rulesForRequest(next.rules)).toMatchObject(rules);
    // a chip for each of the named rules, where years and the rest count as one
    expect(chipsOf(next.rules, en, 'en')).toHaveLength(17);
    for (const { without, key } of chipsOf(next.rules, en, 'en'))
      expect(chipsOf(without, en, 'en').map((chip) => chip.key)).not.toContain(key);
  });

  it('leaves nothing of an earlier wish when the next one is not understood', () => {
    const before = wished(NOTHING, answer({ genresIn: ['Drama'], episodes: [1, 13] }, [457], [20]));
    expect(wished(before, answer({}))).toEqual(NOTHING);
    // The server writes the defaults of rules that the wish does not set.
    const defaults = { minScore: 0, airing: 'any', sequels: true, niche: 0, seen: false } as const;
    expect(wished(before, answer(defaults))).toEqual(NOTHING);
  });

  it('keeps a limit for children until somebody takes it back', () => {
    const before = wished(NOTHING, answer({ ageRating: 'G' }));
    expect(wished(before, answer({ genresIn: ['Comedy'] })).rules.ageRating).toBe('G');
    expect(wished(before, answer({}, [21])).rules.ageRating).toBe('G');
    expect(wished(before, answer({})).rules.ageRating).toBe('G');
    const chip = chipsOf(before.rules, en, 'en').find(({ key }) => key === 'age');
    expect(chip?.label).toBe('rated G');
    expect(chip?.without.ageRating).toBeNull();
  });

  it('refines a wish that named titles, and the later wish has the last word', () => {
    const before = wished(NOTHING, answer({ genresIn: ['Drama'], themesIn: ['sad'] }, [457, 21]));
    const next = wished(before, answer({ genresOut: ['Drama'], themesOut: ['sad'] }, [], [21]));
    expect(next).toMatchObject({ seeds: [457], unlike: [21] });
    expect(next.rules).toMatchObject({ genresIn: [], genresOut: ['Drama'], themesIn: [] });
  });

  it('keeps the wish for the classics when a later one says nothing of it', () => {
    const before = wished(NOTHING, answer({ genresIn: ['Drama'], familiar: false }, [457]));
    for (const seeds of [[], [21]])
      expect(wished(before, answer({ genresIn: ['Comedy'] }, seeds)).rules.familiar).toBe(false);
    const chip = chipsOf(before.rules, en, 'en').find(({ key }) => key === 'classics');
    expect(chip?.label).toBe('the classics too');
    expect(chip?.without.familiar).toBe(true);
  });
});

describe('withSeeds()', () => {
  it('counts named titles as loved, unwanted ones as dropped, and picks as they are', () => {
    const picks = [{ animeId: 1, verdict: 3 }];
    expect(withSeeds(picks, [1, 2], [3])).toEqual([
      { animeId: 1, verdict: 3 },
      { animeId: 2, verdict: 10 },
      { animeId: 3, verdict: 'no' },
    ]);
    expect(withSeeds(picks, [])).toBe(picks);
  });
});
