import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../src/data/anime.ts';
import { assignFranchises } from '../../../../src/data/franchise/franchise.ts';
import { IdMap } from '../../../../src/data/id-map.ts';
import type { ListRow } from '../../../../src/import/list/imported-list.ts';
import { placeRows } from '../../../../src/import/place/place-rows.ts';
import { readListText } from '../../../../src/import/table/csv-list.ts';
import { TitleSearch } from '../../../../src/search/title-search.ts';
import { importedList, listRow } from '../../../support/imported-lists.ts';
import { anime } from '../../../support/small-catalogue.ts';

const CATALOGUE: Catalogue = assignFranchises([
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
  anime({ animeId: 2966, title: 'Ookami to Koushinryou', titleEnglish: 'Spice and Wolf' }),
  anime({ animeId: 29803, title: 'Overlord', year: 2015, airedFrom: '2015-07-07' }),
  anime({ animeId: 35073, title: 'Overlord II', year: 2018, airedFrom: '2018-01-09' }),
  anime({ animeId: 37675, title: 'Overlord III', year: 2018, airedFrom: '2018-07-10' }),
  anime({
    animeId: 16498,
    title: 'Shingeki no Kyojin',
    titleEnglish: 'Attack on Titan',
    titleJapanese: '進撃の巨人',
    year: 2013,
    airedFrom: '2013-04-07',
  }),
  anime({
    animeId: 25777,
    title: 'Shingeki no Kyojin Season 2',
    titleEnglish: 'Attack on Titan Season 2',
    year: 2017,
    airedFrom: '2017-04-01',
  }),
  anime({
    animeId: 30831,
    title: 'Kono Subarashii Sekai ni Shukufuku wo!',
    titleEnglish: "KonoSuba: God's Blessing on This Wonderful World!",
    year: 2016,
    airedFrom: '2016-01-14',
  }),
  anime({
    animeId: 32937,
    title: 'Kono Subarashii Sekai ni Shukufuku wo! 2',
    titleEnglish: "KonoSuba: God's Blessing on This Wonderful World! 2",
    year: 2017,
    airedFrom: '2017-01-12',
  }),
  anime({ animeId: 18679, title: 'Kill la Kill', year: 2013 }),
  anime({ animeId: 48000, title: 'Last of All', year: 2021 }),
]);
const items = new IdMap(Int32Array.from(CATALOGUE, ({ animeId }) => animeId));
let search: Promise<TitleSearch> | undefined;
const sources = {
  ...{ catalogue: CATALOGUE, items },
  search: () => {
    search ??= TitleSearch.of(CATALOGUE);
    return search;
  },
};

const place = (text: string) => placeRows(readListText(text, { name: 'my.csv' }), sources);
const placed = (...rows: ListRow[]) => placeRows(importedList({ rows }), sources);

/** The id that one row comes to, or why it comes to none. */
async function found(header: string, row: string): Promise<number | string> {
  const { entries, unknown } = await place(`${header}\n${row}\n`);
  expect(entries.length + unknown.length).toBe(1);
  return entries[0]?.animeId ?? unknown[0].reason;
}

describe('placeRows()', () => {
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
    // One name in another notation.
    ['Spice & Wolf', 2966],
    ['Spice Wolf', 2966],
    ['Ōkami to Kōshinryō', 2966],
    ['Okami to Koushinryo', 2966],
    ['HUNTER×HUNTER (2011)', 11061],
    ['Overlord 3', 37675],
    ['Overlord S2', 35073],
    ['Overlord Season 2', 35073],
    ['Overlord 2nd Season', 35073],
    ['Overlord: Second Season', 35073],
    ['Overlord Season 1', 29803],
    ['Overlord (TV)', 29803],
    ['Attack on Titan 2', 25777],
    ['Attack on Titan II', 25777],
    ['進撃の巨人 第2期', 25777],
    ['Konosuba', 30831],
    ['Konosuba S2', 32937],
    ['Kill La Kill [Dub]', 18679],
    // No typos, no beginnings: that would be guessing.
    ['Mushish', 'unknown-name'],
    ['Mushishii', 'unknown-name'],
    ['Overlord 4', 'newer'],
    ['Attack on Titan Season 5', 'newer'],
    ['Hunter', 'unknown-name'],
    ['!!!', 'unlike-any'],
    ['constructor', 'unlike-any'],
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

  it('takes ids and names in the order of the file', async () => {
    const list = await place(
      'anime_id,title,score,status\n457,With an id,9,\n,Akira,7,dropped\n,Nowhere,6,\n777,Gone,5,\n99999,Too new,,\n',
    );
    expect(list.entries).toEqual([
      { animeId: 457, rating: 9, status: 'completed' },
      { animeId: 47, rating: 7, status: 'dropped' },
    ]);
    expect(list.unknown).toMatchObject([
      { title: 'Nowhere', animeId: null, reason: 'unlike-any', line: 4, rating: 6 },
      { title: 'Gone', animeId: 777, reason: 'not-in-catalogue', line: 5 },
      { title: 'Too new', animeId: 99_999, reason: 'newer', line: 6 },
    ]);
    expect(list.lastYear).toBe(2021);
  });

  it('does not make the index of names for a list without names', async () => {
    const never = () => Promise.reject(new Error('not needed'));
    const list = readListText('anime_id\n457\n', { name: 'my.csv' });
    expect((await placeRows(list, { ...sources, search: never })).entries).toHaveLength(1);
  });

  it('does not believe ids that contradict the titles beside them', async () => {
    const rows = await place('ID,Title,Score\n47,Mushishi,9\n457,Akira,7\n3,Overlord,6\n');
    expect(rows.entries.map(({ animeId }) => animeId)).toEqual([457, 47, 29803]);
    expect(rows.notes).toMatchObject([{ what: 'ids-not-believed', count: 3 }]);
    // What only is called MyAnimeList's has to be right more often than wrong, too.
    const wrong = await place('mal_id,title\n47,Mushishi\n457,Akira\n900,Neither\n');
    expect(wrong.entries.map(({ animeId }) => animeId)).toEqual([457, 47]);
    expect(wrong.unknown).toMatchObject([{ title: 'Neither' }]);
  });

  it('believes ids whose titles are spelt otherwise, in another language or not known', async () => {
    const list = await place(
      'mal_id,title\n457,虫师\n25777,Attack on Titan\n120,Furuba\n47,Akira\n902,Zwillinge\n',
    );
    expect(list.entries.map(({ animeId }) => animeId)).toEqual([457, 25777, 120, 47, 902]);
    expect(list.notes).toEqual([]);
  });

  it('believes a column "id" only where a title agrees', async () => {
    expect((await place('id,title\n457,Mushishi\n47,Unheard of\n')).entries).toHaveLength(2);
    const alone = await place('id,title\n47,Unheard of\n');
    expect(alone.entries).toEqual([]);
    expect(alone.unknown).toMatchObject([{ title: 'Unheard of' }]);
    expect((await place('id\n47\n')).entries).toMatchObject([{ animeId: 47 }]);
  });

  it.each<[string, readonly string[]]>([
    // The later does not erase the score of the earlier.
    ['457,9,Completed\n457,,Completed', ['457:9 completed']],
    ['457,,Watching\n457,8,Completed', ['457:8 completed']],
    ['457,6,Completed\n457,8,Completed', ['457:8 completed']],
    ['457,6,Completed\n457,,Dropped', ['457:6 dropped']],
    // Rewatches are rows of their own.
    ['457,9,Completed\n457,,Watching', ['457:9 completed']],
    ['457,9,Completed\n457,,Plan to Watch', ['457:9 completed']],
    ['457,,Plan to Watch\n457,,Dropped', ['457 dropped']],
  ])('joins the rows %j of one title', async (rows, expected) => {
    const list = await place(`mal_id,score,status\n${rows}\n`);
    const written = list.entries.map(
      ({ animeId, rating, status }) => `${animeId}${rating ? `:${rating}` : ''} ${status}`,
    );
    expect(written).toEqual(expected);
    expect(list.notes).toMatchObject([{ what: 'duplicates', count: 1 }]);
  });

  it('tells from the episodes whether a title without a status is finished', async () => {
    const list = await placed(
      listRow({ animeId: 457, status: null, watched: 3 }),
      listRow({ animeId: 47, status: null, watched: 12 }),
      listRow({ animeId: 120, status: null, watched: 0 }),
      listRow({ animeId: 900, status: null, watched: null }),
      listRow({ animeId: 901, status: null, watched: 2, rating: 7 }),
    );
    expect(list.entries.map(({ status }) => status)).toEqual([
      ...['watching', 'completed', 'plan_to_watch', 'completed', 'completed'],
    ]);
  });

  it('offers the titles that a name may mean', async () => {
    const nearest = async (name: string) =>
      (await place(`title\n"${name}"\n`)).unknown[0].nearest.map(({ animeId }) => animeId);
    expect((await nearest('Mushishii'))[0]).toBe(457);
    expect((await nearest('Kil la Kil'))[0]).toBe(18679);
    expect((await nearest('Twins')).sort()).toEqual([900, 901, 902]);
    expect(await nearest('Overlord 4')).toEqual([]);
    for (const name of ['Mushishii', 'Twins', 'Attack'])
      expect((await nearest(name)).length).toBeLessThanOrEqual(3);
  });

  it('tells what is newer than the catalogue from what is misspelt', async () => {
    const list = await place(
      'title,year\nMushishy,\nSousou no Frieren,2023\nMushishi,2024\nChainsaw Man,\n',
    );
    expect(list.unknown.map(({ title, reason }) => [title, reason])).toEqual([
      ['Mushishy', 'unknown-name'],
      ['Sousou no Frieren', 'newer'],
      ['Mushishi', 'newer'],
      ['Chainsaw Man', 'unlike-any'],
    ]);
  });

  it('counts films that are not anime instead of naming them', async () => {
    const text =
      'Date,Name,Year,Letterboxd URI,Rating\n2020,Akira,1988,u,5\n2020,Vertigo,1958,u,5\n2020,Heat,1995,u,4\n';
    const list = await placeRows(readListText(text, { name: 'my.csv' }), sources);
    expect(list.entries).toMatchObject([{ animeId: 47, rating: 10 }]);
    expect(list.unknown).toEqual([]);
    expect(list.leftOut['other-media']).toBe(2);
  });

  it('says that a site has no id for a title that goes by no name here', async () => {
    const rows = [
      listRow({ names: ['AniList 1202'] }),
      listRow({ names: ['Mushishi'] }),
      listRow({ names: [], line: 7 }),
    ];
    const list = await placeRows(importedList({ source: 'anilist', rows }), sources);
    expect(list.entries).toMatchObject([{ animeId: 457 }]);
    expect(list.unknown.map(({ reason }) => reason)).toEqual(['no-id', 'no-title']);
  });

  it('stops when nobody waits for it any more', async () => {
    const signal = AbortSignal.abort(new Error('left'));
    const list = importedList({ rows: [listRow({ animeId: 457 })] });
    await expect(placeRows(list, sources, signal)).rejects.toThrow('left');
  });

  it('loses no row, whatever it is called', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom(...CATALOGUE.map(({ title }) => title)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 20 }), async (names) => {
        const rows = names.map((title) => `"x ${title.replaceAll('"', '""')}"\n`);
        const { entries, unknown, notes } = await place(`title\n${rows.join('')}`);
        const again = notes.find(({ what }) => what === 'duplicates')?.count ?? 0;
        expect(entries.length + unknown.length + again).toBe(names.length);
        for (const { line } of unknown) expect(line).toBeGreaterThan(1);
      }),
    );
  });
});
