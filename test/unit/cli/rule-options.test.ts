import { describe, expect, it } from 'vitest';
import { rulesOfOptions } from '../../../src/cli/rule-options.ts';

describe('rulesOfOptions()', () => {
  it('reads every kind of rule', () => {
    expect(
      rulesOfOptions([
        ...['episodes=1-26', 'years=2011-', 'maxDuration=15', 'minScore=7.5', 'airing=finished'],
        ...['studiosIn=Madhouse, Kyoto Animation', 'themesOut=food', 'ageRating=R+'],
        ...['sequels=false', 'extras=true', 'types=TV,Movie', 'without=1,20'],
      ]),
    ).toEqual({
      episodes: [1, 26],
      years: [2011, 2100],
      maxDuration: 15,
      minScore: 7.5,
      airing: 'finished',
      studiosIn: ['Madhouse', 'Kyoto Animation'],
      themesOut: ['food'],
      ageRating: 'R+',
      sequels: false,
      extras: true,
      types: ['TV', 'Movie'],
      without: [1, 20],
    });
    expect(rulesOfOptions([])).toEqual({});
  });

  it('reads open ranges and single numbers; of two the later counts', () => {
    expect(rulesOfOptions(['episodes=-12'])).toEqual({ episodes: [1, 12] });
    expect(rulesOfOptions(['episodes=12'])).toEqual({ episodes: [12, 12] });
    expect(rulesOfOptions(['episodes=12', 'episodes=100-'])).toEqual({
      episodes: [100, 2 ** 31 - 1],
    });
  });

  it.each([
    ['episode=12', /Rules: seen/],
    ['episodes', /Rules: seen/],
    ['', /Rules: seen/],
    ['toString=1', /Rules: seen/],
    ['episodes=many', /episodes/],
    ['episodes=-', /episodes/],
    ['sequels=no', /sequels/],
    ['minScore=11', /minScore/],
    ['minScore=', /minScore/],
    ['ageRating=X', /ageRating/],
    ['types=Film', /types/],
    ['themesIn=timetravel', /no theme "timetravel".*time-travel/],
  ])('refuses %j and says what is meant', (option, message) => {
    expect(() => rulesOfOptions([option])).toThrow(message);
  });
});
