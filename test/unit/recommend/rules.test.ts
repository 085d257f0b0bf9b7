import { describe, expect, it } from 'vitest';
import type { Anime } from '../../../src/data/anime.ts';
import { NO_RULES, type Rules, rulesFrom } from '../../../src/recommend/rules.ts';
import { anime, listed, shelf } from '../../support/small-catalogue.ts';

const SAGA = { franchiseId: 20, name: 'Saga', size: 3 };
const CATALOGUE: readonly Anime[] = [
  anime({ animeId: 0, title: 'Known', members: 900 }),
  anime({
    animeId: 10,
    title: 'Short',
    episodes: 12,
    duration: 5,
    meanScore: 8.7,
    studios: ['Madhouse'],
    themes: ['time-travel', 'food'],
    ratingClass: 'G - All Ages',
  }),
  anime({ animeId: 20, title: 'Saga', franchise: { ...SAGA, position: 1, prerequisite: null } }),
  anime({ animeId: 30, title: 'Saga 2', franchise: { ...SAGA, position: 2, prerequisite: 20 } }),
  anime({ animeId: 40, title: 'Saga 3', franchise: { ...SAGA, position: 3, prerequisite: 30 } }),
  anime({ animeId: 50, title: 'Long', episodes: 148, airedTo: '2012-05-02', themes: ['food'] }),
  anime({ animeId: 60, title: 'Bare', episodes: null, duration: null, meanScore: null }),
  anime({ animeId: 70, title: 'Saga Recap', type: 'Special' }),
  anime({ animeId: 80, title: 'Song', type: 'Music' }),
  anime({ animeId: 90, title: 'Tomorrow', meanScore: null, airedFrom: '2031-04' }),
  anime({ animeId: 100, title: 'Ghosts', ratingClass: 'G - All Ages', genres: ['Horror'] }),
  anime({ animeId: 110, title: 'Unmarked', ratingClass: null, studios: ['Madhouse', 'Gainax'] }),
  anime({ animeId: 120, title: 'Grim', ratingClass: 'R - 17+ (violence & profanity)' }),
];
const bundle = shelf(CATALOGUE);
const ALL = CATALOGUE.slice(1).map(({ title }) => title);
const BY_DEFAULT = ALL.filter((title) => !['Saga Recap', 'Song', 'Tomorrow'].includes(title));

function titles(
  rules: Partial<Rules> | 'none',
  ...entries: Parameters<typeof listed>[1][]
): string[] {
  const profile = listed(bundle.items, [0], ...entries);
  const free = { prerequisites: false, franchise: false };
  const asked = rules === 'none' ? NO_RULES : rulesFrom({ ...free, ...rules });
  const list = bundle.ranker.recommend(profile, { limit: 50, rules: asked });
  return list.map((one) => one.anime.title);
}

describe('hideByRules()', () => {
  it('leaves out recaps, music videos and unaired titles unless they are asked for', () => {
    expect(titles({})).toEqual(BY_DEFAULT);
    expect(titles({ extras: true })).toEqual(ALL.filter((title) => title !== 'Tomorrow'));
    expect(titles({ unaired: true })).toContain('Tomorrow');
    expect(titles({ types: ['Music'] })).toEqual(['Song']);
  });

  it('lets everything pass without rules', () => {
    expect(titles('none')).toEqual(ALL);
    expect(titles('none', [20, 'dropped'])).toEqual(ALL.filter((title) => title !== 'Saga'));
  });

  it('filters by episodes and their length, both ends included, and drops what is unknown', () => {
    expect(titles({ episodes: [13, 148] })).toEqual(['Long']);
    expect(titles({ episodes: [0, 12] })).not.toContain('Bare');
    expect(titles({ episodes: [12, 12] })).toContain('Short');
    expect(titles({ episodes: [20, 10] })).toEqual([]);
    expect(titles({ maxDuration: 5 })).toEqual(['Short']);
    expect(titles({ maxDuration: 24 })).not.toContain('Bare');
  });

  it('filters by the mean score, whose decimals are exact', () => {
    expect(titles({ minScore: 8.7 })).toEqual(['Short']);
    expect(titles({ minScore: 8.71 })).toEqual([]);
    expect(titles({ minScore: 0.1 })).not.toContain('Bare');
  });

  it('tells what has ended from what was on the air', () => {
    // The catalogue was collected in April 2010, when its scored titles began.
    expect(titles({ airing: 'finished' })).toEqual([]);
    const ended = shelf([
      CATALOGUE[0],
      anime({ animeId: 10, airedTo: '2010-04-03' }),
      CATALOGUE[2],
    ]);
    const list = (airing: Rules['airing']) =>
      ended.ranker
        .recommend(listed(ended.items, [0]), { rules: rulesFrom({ airing }) })
        .map((one) => one.anime.animeId);
    expect(list('finished')).toEqual([10]);
    expect(list('airing')).toEqual([20]);
    expect(list('any')).toEqual([10, 20]);
  });

  it('takes any of the studios, none of others, in any case', () => {
    expect(titles({ studiosIn: ['madhouse'] })).toEqual(['Short', 'Unmarked']);
    expect(titles({ studiosIn: ['Madhouse', 'Gainax'] })).toEqual(['Short', 'Unmarked']);
    expect(titles({ studiosIn: ['Nobody'] })).toEqual([]);
    expect(titles({ studiosOut: ['GAINAX'] })).toEqual(
      BY_DEFAULT.filter((title) => title !== 'Unmarked'),
    );
    expect(titles({ studiosIn: ['Madhouse'], studiosOut: ['Gainax'] })).toEqual(['Short']);
  });

  it('takes titles that have all themes, and none of those left out', () => {
    expect(titles({ themesIn: ['food'] })).toEqual(['Short', 'Long']);
    expect(titles({ themesIn: ['food', 'time-travel'] })).toEqual(['Short']);
    expect(titles({ themesIn: ['no-such-theme'] })).toEqual([]);
    expect(titles({ themesIn: ['food'], themesOut: ['time-travel'] })).toEqual(['Long']);
    expect(titles({ themesOut: ['no-such-theme'] })).toEqual(BY_DEFAULT);
  });

  it('reads age ratings strictly: unmarked titles and those of grim genres are not for children', () => {
    expect(titles({ ageRating: 'G' })).toEqual(['Short']);
    expect(titles({ ageRating: 'PG-13' })).toContain('Ghosts');
    expect(titles({ ageRating: 'PG-13' })).not.toContain('Grim');
    expect(titles({ ageRating: 'R+' })).not.toContain('Unmarked');
    expect(titles({ ageRating: 'R+' })).toContain('Grim');
  });

  it('never takes an adult title under an age rating', () => {
    const night = anime({ animeId: 10, adult: true, ratingClass: 'R+ - Mild Nudity' });
    const adult = shelf([CATALOGUE[0], night]);
    const rules = rulesFrom({ adult: true, ageRating: 'R+' });
    expect(adult.ranker.recommend(listed(adult.items, [0]), { rules })).toEqual([]);
  });

  it('leaves out what was dropped and what follows it, until somebody completes a later part', () => {
    const saga = (...asked: Parameters<typeof titles>) =>
      titles(...asked).filter((title) => /^Saga( \d)?$/.test(title));
    expect(saga({}, [20, 'dropped'])).toEqual([]);
    expect(saga({ seen: true }, [20, 'dropped'])).toEqual([]);
    expect(saga({ dropped: true }, [20, 'dropped'])).toEqual(['Saga 2', 'Saga 3']);
    expect(saga({ dropped: true, prerequisites: true }, [20, 'dropped'])).toEqual(['Saga 2']);
    expect(saga({ dropped: true, seen: true }, [20, 'dropped'])).toEqual([
      'Saga',
      'Saga 2',
      'Saga 3',
    ]);
    expect(saga({}, [20, 'dropped'], [30, 'completed'])).toEqual(['Saga 3']);
  });

  it('leaves out later parts of begun stories when they are not wanted', () => {
    const saga = (...asked: Parameters<typeof titles>) =>
      titles(...asked).filter((title) => /^Saga( \d)?$/.test(title));
    expect(saga({ sequels: false })).toEqual(['Saga', 'Saga 2', 'Saga 3']);
    expect(saga({ sequels: false }, [20, 'completed'])).toEqual([]);
    expect(saga({ sequels: false }, [30, 'watching'])).toEqual(['Saga']);
    expect(saga({ sequels: false }, [20, 'plan_to_watch'])).toHaveLength(3);
    expect(saga({}, [20, 'completed'])).toEqual(['Saga 2', 'Saga 3']);
  });
});
