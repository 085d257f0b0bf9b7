import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/web/i18n/en.ts';
import { ja } from '../../../../src/web/i18n/ja.ts';
import { activeRules } from '../../../../src/web/rules/active-rules.ts';
import { changedRules, DEFAULT_RULES, type Rules } from '../../../../src/web/rules/rules.ts';

const labels = (rules: Partial<Rules>, messages = en, language: 'en' | 'ja' = 'en') =>
  activeRules({ ...DEFAULT_RULES, ...rules }, messages, language).map(({ label }) => label);

describe('activeRules()', () => {
  it('is a sentence of what holds, the kind first', () => {
    expect(labels({ episodes: [1, 26], airing: 'finished', types: ['TV'] })).toEqual([
      'TV',
      'up to 26 episodes',
      'finished',
    ]);
    expect(labels({})).toEqual([]);
    expect(labels({ minMembers: 10_000, extras: true, adult: true })).toEqual([
      'on 10,000 lists or more',
      'recaps and extras too',
      '18+',
    ]);
    expect(labels({ themesIn: ['time-travel'], dropped: true }, ja, 'ja')).toEqual([
      expect.stringContaining('タイムトラベル'),
      '中断した作品の続きも',
    ]);
  });

  it('has a word and an undo for every rule that can be changed', () => {
    const all: Rules = {
      ...DEFAULT_RULES,
      ...{ adult: true, prerequisites: false, franchise: false, familiar: false, planned: true },
      ...{ sequels: false, dropped: true, extras: true, unaired: true },
      ...{ types: ['TV'], genresIn: ['Drama'], genresOut: ['Ecchi'], from: 1990, to: 2000 },
      ...{ themesIn: ['isekai'], themesOut: ['revenge'], studiosIn: ['Bones'], studiosOut: ['A'] },
      ...{ episodes: [2, 12], maxDuration: 30, minScore: 7, airing: 'airing', ageRating: 'R' },
      ...{ minMembers: 1000, niche: 0.5, variety: 0.5 },
    };
    const active = activeRules(all, en, 'en');
    let rules = all;
    for (const { key } of active) {
      const found = activeRules(rules, en, 'en').find((chip) => chip.key === key);
      rules = found?.without ?? rules;
    }
    expect(changedRules(rules)).toEqual([]);
    expect(new Set(active.map(({ label }) => label)).size).toBe(active.length);
  });
});
