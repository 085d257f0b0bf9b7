import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../src/data/anime.ts';
import { placeNames } from '../../../src/import/by-name.ts';
import { readListCsv } from '../../../src/import/csv.ts';
import { TitleSearch } from '../../../src/search/title-search.ts';
import { anime } from '../../support/small-catalogue.ts';

const CATALOGUE: Catalogue = [
  anime({
    animeId: 136,
    title: 'Hunter x Hunter',
    titleJapanese: 'HUNTER×HUNTER（ハンター×ハンター）',
    year: 1999,
  }),
  anime({
    animeId: 11061,
    title: 'Hunter x Hunter (2011)',
    titleEnglish: 'Hunter x Hunter',
    year: 2011,
  }),
  anime({ animeId: 5680, title: 'K-On!', titleJapanese: 'けいおん!', year: 2009 }),
  anime({ animeId: 7791, title: 'K-On!!', titleJapanese: 'けいおん!!', year: 2010 }),
  anime({ animeId: 120, title: 'Fruits Basket', titleEnglish: 'Fruits Basket', year: 2001 }),
  anime({
    animeId: 38680,
    title: 'Fruits Basket 1st Season',
    titleEnglish: 'Fruits Basket (2019)',
    synonyms: ['Furuba', 'Fruits Basket'],
    year: 2019,
  }),
  anime({ animeId: 457, title: 'Mushishi', titleEnglish: 'Mushi-Shi', titleJapanese: '蟲師' }),
  anime({ animeId: 47, title: 'Akira', type: 'Movie', year: 1988 }),
  anime({ animeId: 900, title: 'Twins', type: 'TV', year: null }),
  anime({ animeId: 901, title: 'Twins', type: 'Movie', year: null }),
  anime({ animeId: 902, title: 'Twins', type: 'OVA', year: 2020 }),
  anime({ animeId: 903, title: 'Same', synonyms: ['Dúo'] }),
  anime({ animeId: 904, title: 'Other', synonyms: ['Duo'] }),
];
let search: TitleSearch;
beforeAll(async () => {
  search = await TitleSearch.of(CATALOGUE);
});

const place = (text: string) =>
  placeNames(readListCsv(text, 'my.csv'), {
    catalogue: CATALOGUE,
    search: () => Promise.resolve(search),
  });

/** The id that one row comes to, or why it comes to none. */
async function found(header: string, row: string): Promise<number | string> {
  const { entries, unknown } = await place(`${header}\n${row}\n`);
  expect(entries.length + unknown.length).toBe(1);
  return entries[0]?.animeId ?? unknown[0].reason;
}

describe('placeNames()', () => {
  it.each<[string, number | string]>([
    ['Mushishi', 457],
    ['mushi shi', 457],
    ['蟲師', 457],
    ['ＭＵＳＨＩＳＨＩ', 457],
    ['ｋ－ｏｎ！', 5680],
    ['けいおん！！', 7791],
    // Two seasons go by it when its marks are left out.
    ['K-On', 'ambiguous-name'],
    ['Hunter x Hunter', 'ambiguous-name'],
    ['Hunter x Hunter (1999)', 136],
    ['Hunter x Hunter (2011)', 11061],
    // What a title is called comes before what it is called by some.
    ['Fruits Basket', 120],
    ['Furuba', 38680],
    ['Twins', 'ambiguous-name'],
    ['Duo', 904],
    ['D.u.o', 'ambiguous-name'],
    ['Akira (1988)', 47],
    ['Akira (2001)', 'unknown-name'],
    // No typos, no beginnings: that would be guessing.
    ['Mushish', 'unknown-name'],
    ['Mushishii', 'unknown-name'],
    ['Hunter', 'unknown-name'],
    ['!!!', 'unknown-name'],
    ['constructor', 'unknown-name'],
  ])('takes %j for %j', async (name, expected) => {
    expect(await found('title', `"${name}"`)).toBe(expected);
  });

  it.each<[string, string, number | string]>([
    ['title,year', 'Hunter x Hunter,1999', 136],
    ['title,year', 'Hunter x Hunter,2011', 11061],
    // What began in winter.
    ['title,year', 'Hunter x Hunter,2012', 11061],
    ['title,year', 'Hunter x Hunter,2005', 'unknown-name'],
    ['title,year', 'Hunter x Hunter,', 'ambiguous-name'],
    ['title,year', 'Hunter x Hunter,soon', 'ambiguous-name'],
    ['title,year', 'K-On,2010', 7791],
    ['title,year', 'Fruits Basket,2019', 38680],
    ['title,type', 'Akira,movie', 47],
    ['title,type', 'Akira,TV', 'unknown-name'],
    ['title,type', 'Mushishi,TV Short', 457],
    // Sites do not agree on what is a special.
    ['title,type', 'Mushishi,Special', 457],
    ['title,type', 'Twins,Movie', 901],
    ['title,type', 'Twins,TV', 900],
    ['title,type', 'Twins,ONA', 'ambiguous-name'],
    ['title,type', 'Twins,Radio', 'ambiguous-name'],
    ['title,year,type', 'Twins,2020,', 902],
    ['title,year,type', 'Twins,2020,Movie', 'unknown-name'],
    ['title,year,type', 'Twins,1990,TV', 900],
    ['title,english', 'Hunter x Hunter (2011),Hunter x Hunter', 11061],
    ['title,english', 'A name of their own,Mushi-Shi', 457],
    ['title,english', 'Nowhere,Hunter x Hunter', 'ambiguous-name'],
    ['title,japanese', 'Hunter x Hunter,HUNTER×HUNTER（ハンター×ハンター）', 136],
  ])('takes, under %j, %j for %j', async (header, row, expected) => {
    expect(await found(header, row)).toBe(expected);
  });

  it('keeps the order of the file, the ids that it has, scores and statuses', async () => {
    const list = await place(
      'anime_id,title,score,status\n1,With an id,9,\n,Mushishi,7,dropped\n,Nowhere,6,\n777,Too new,5,\n,Akira,,\n457,,8,\n',
    );
    const completed = 'completed';
    expect(list.entries).toEqual([
      { animeId: 1, title: 'With an id', rating: 9, status: completed },
      { animeId: 457, title: 'Mushishi', rating: 7, status: 'dropped' },
      { animeId: 777, title: 'Too new', rating: 5, status: completed },
      { animeId: 47, title: 'Akira', rating: undefined, status: completed },
      { animeId: 457, title: null, rating: 8, status: completed },
    ]);
    expect(list.unknown).toEqual([
      { title: 'Nowhere', animeId: null, reason: 'unknown-name', line: 4 },
    ]);
    expect(list).not.toHaveProperty('named');
  });

  it('does not make the index of names for a list that has ids', async () => {
    const list = readListCsv('anime_id,title\n1,X\n', 'my.csv');
    const never = () => Promise.reject(new Error('not needed'));
    expect(await placeNames(list, { catalogue: CATALOGUE, search: never })).toEqual(list);
  });

  it('loses no row, whatever it is called', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom(...CATALOGUE.map(({ title }) => title)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 20 }), async (names) => {
        const rows = names.map((title) => `"x ${title.replaceAll('"', '""')}"\n`);
        const { entries, unknown } = await place(`title\n${rows.join('')}`);
        expect(entries.length + unknown.length).toBe(names.length);
        for (const { line } of unknown) expect(line).toBeGreaterThan(1);
      }),
    );
  });
});
