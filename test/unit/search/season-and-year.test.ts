import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seasonIn, yearIn } from '../../../src/search/season-and-year.ts';

describe('seasonIn()', () => {
  it.each([
    'Overlord 3',
    'Overlord III',
    'overlord s3',
    'Overlord Season 3',
    'Overlord: Season 3',
    'Overlord 3rd Season',
    'Overlord third season',
    'Overlord season three',
    'the 3rd season of Overlord',
    'Overlord 3期',
    'Overlord 第三期',
    'Overlord 参期',
    'Overlord３',
  ])('reads "%s"', (query) => {
    expect(seasonIn(query)).toMatchObject({ number: 3 });
    expect(seasonIn(query)?.base.toLowerCase()).toBe('overlord');
  });

  it.each(['Overlord', '86', 'Mob Psycho 100', 'Area 88', 'X', 'Season', '', '3', 'Overlord 99'])(
    'reads none in "%s"',
    (query) => expect(seasonIn(query)).toBeNull(),
  );

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        seasonIn(text);
        yearIn(text);
      }),
    );
  });
});

describe('yearIn()', () => {
  it.each([
    'Berserk (2016)',
    'Berserk 2016',
    'Berserk [2016]',
    'Berserk2016',
    'Berserk （２０１６）',
  ])('reads "%s"', (query) => expect(yearIn(query)).toEqual({ base: 'Berserk', year: 2016 }));

  it.each(['2016', 'Yamato 2199', 'Berserk', '12016', ''])('reads none in "%s"', (query) =>
    expect(yearIn(query)).toBeNull(),
  );
});
