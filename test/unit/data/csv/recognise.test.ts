import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise, requireLayout } from '../../../../src/data/csv/recognise.ts';
import { CATALOGUE_LAYOUTS } from '../../../../src/data/layout/catalogue-layouts.ts';
import { columnName } from '../../../../src/data/layout/layout.ts';
import { RATING_LAYOUTS } from '../../../../src/data/layout/rating-layouts.ts';

const LAYOUTS = [...CATALOGUE_LAYOUTS, ...RATING_LAYOUTS];
const SEPARATORS = [',', ';', '\t', '|'];

/** Every published header, written in so many ways that it is still the same. */
const variations = (header: string): [string, string][] => {
  const names = header.split(',');
  return [
    ...SEPARATORS.map((separator): [string, string] => [
      `separated by ${JSON.stringify(separator)}`,
      names.join(separator),
    ]),
    ['backwards', [...names].reverse().join(',')],
    ['in small letters', header.toLowerCase()],
    ['in capitals', header.toUpperCase()],
    ['quoted, with a byte order mark', `\uFEFF${names.map((name) => `"${name}"`).join(',')}`],
    ['with an index', `,${header}`],
    ['saved twice by pandas', `Unnamed: 0,Unnamed: 0.1,${header}`],
    ['with more columns', `note,${header},Is Good,x`],
    ['with spaces and a return', `${names.map((name) => ` ${name} `).join(',')}\r`],
  ];
};

describe('recognise()', () => {
  const all = LAYOUTS.flatMap(({ id, header }) =>
    variations(header).map(([how, line]): [string, string, string] => [id, how, line]),
  );

  it(`knows every published header in 12 ways (${LAYOUTS.length} × 12)`, () => {
    expect(all).toHaveLength(LAYOUTS.length * 12);
    const wrong = all.filter(([id, , line]) => recognise(line)?.recognised.layout.id !== id);
    expect(wrong).toEqual([]);
  });

  it('finds every field whatever the order of the columns', () => {
    const layout = fc.constantFrom(...LAYOUTS);
    fc.assert(
      fc.property(layout, fc.integer(), ({ id, header }, seed) => {
        const names = header.split(',');
        const order = fc.sample(fc.shuffledSubarray(names, { minLength: names.length }), {
          seed,
          numRuns: 1,
        })[0];
        const { recognised } = recognise(order.join(','))!;
        expect(recognised.layout.id).toBe(id);
        for (const [field, at] of Object.entries(recognised.position))
          expect(recognised.layout.fields[field]?.map(columnName)).toContain(
            columnName(order[at!]),
          );
      }),
      { numRuns: 60 },
    );
  });

  it('takes a column of another name for little: MAL_ID or anime_id, and a missing class', () => {
    const [published] = CATALOGUE_LAYOUTS;
    const renamed = published.header.replace('MAL_ID', 'anime_id');
    expect(recognise(renamed)?.recognised.layout.id).toBe('2020');
    const { recognised } = recognise(published.header.replace(',Rating,', ','))!;
    expect(recognised.layout.id).toBe('2020');
    expect(recognised.position.ratingClass).toBeUndefined();
  });

  it.each([
    ['', 'catalogue'],
    ['MAL_ID', 'catalogue'],
    ['id,name,genres', 'catalogue'],
    ['anime_id,rating', 'ratings'],
    ['user_id,rating', 'ratings'],
    ['userId,movieId,rating,timestamp', 'ratings'],
    ['title,year', 'catalogue'],
  ] as const)('refuses "%s" as %s, with the nearest layout and what is missing', (line, role) => {
    expect(() => requireLayout('a.csv', line, role)).toThrow(
      /a\.csv begins with .*(The nearest layout is ".*", of which .* missing|such as )/s,
    );
  });

  it('refuses what is known to be something else, and a column that stands twice', () => {
    expect(() =>
      requireLayout('a.csv', 'Anime-PlanetID,Name,Rating Score,Tags', 'catalogue'),
    ).toThrow(/Anime-Planet data set/);
    expect(() => requireLayout('a.csv', 'user_id,anime_id,rating', 'catalogue')).toThrow(
      /has the columns of scores of MyAnimeList.*expected a catalogue/,
    );
    expect(() => requireLayout('a.csv', 'user_id,anime_id,rating,Rating', 'ratings')).toThrow(
      /the column "rating" twice/,
    );
  });

  it('never fails on any line', () => {
    const word = fc.constantFrom('anime_id', 'title', 'rating', 'score', '"', '', 'user_id', 'ü');
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(word, { maxLength: 40 }).map((words) => words.join(',')),
    );
    fc.assert(
      fc.property(line, (text) => {
        const found = recognise(text);
        if (!found) expect(() => requireLayout('a.csv', text, 'catalogue')).toThrow(/a\.csv/);
      }),
      { numRuns: 60 },
    );
  });
});
