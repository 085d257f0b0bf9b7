import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  parseAired,
  parseDuration,
  parseText,
} from '../../../../src/data/catalogue/anime-fields.ts';
import { readCatalogue, writeCatalogue } from '../../../../src/data/catalogue/catalogue-parquet.ts';
import {
  readCatalogueFile,
  readSynopsisFile,
} from '../../../../src/data/catalogue/catalogue-reader.ts';
import { FileAccount } from '../../../../src/data/csv/rejects.ts';
import { withDatabase } from '../../../../src/data/database.ts';
import { ArtefactError } from '../../../../src/error.ts';
import { sharedData } from '../../../support/shared.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const HEADER =
  'MAL_ID,Name,Score,Genres,English name,Japanese name,Type,Episodes,Aired,Premiered,Studios,Source,Duration,Rating,Members';

async function read(content: string | Buffer) {
  const path = join(folder, 'anime.csv');
  await writeFile(path, content);
  const rejected: string[] = [];
  const account = new FileAccount('anime.csv', (text) => rejected.push(text));
  return { ...(await readCatalogueFile(path, account)), account, rejected };
}

describe('parseAired()', () => {
  it.each([
    ['Apr 3, 1998 to Apr 24, 1999', '1998-04-03', '1999-04-24'],
    ['Sep 1, 2001', '2001-09-01', '2001-09-01'],
    ['Oct 4, 2017 to ?', '2017-10-04', null],
    ['Sep, 2001 to 2003', '2001-09', '2003'],
    ['1998', '1998', '1998'],
    ['Unknown', null, null],
    ['Not available', null, null],
    ['', null, null],
  ])('reads "%s"', (text, from, to) => {
    expect(parseAired(text)).toEqual({ from, to });
  });
});

describe('parseDuration()', () => {
  it.each([
    ['24 min. per ep.', 24],
    ['1 hr. 55 min.', 115],
    ['2 hr.', 120],
    ['30 sec. per ep.', 0.5],
    ['Unknown', null],
  ])('reads "%s" as %s minutes', (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });
});

describe('parseText()', () => {
  it('decodes entities, those escaped twice too', () => {
    expect(parseText('Gintama&#039; &amp;#039; &quot;x&quot;')).toBe('Gintama\' \' "x"');
  });
  it('takes Unknown and the like as missing', () => {
    expect(['Unknown', '', ' ', 'None found', 'nan'].map(parseText)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('readCatalogueFile()', () => {
  it('reads what every column means in the 2020 layout', async () => {
    const { titles, layout } = await read(
      `\uFEFF${HEADER}\r\n9969,Gintama&#039;,9.08,"Action, Comedy",Gintama Season 4,銀魂',TV,51,"Apr 4, 2011 to Mar 26, 2012",Spring 2011,"Sunrise, Bones",Manga,24 min. per ep.,PG-13 - Teens 13 or older,348680\r\n`,
    );
    expect(layout.id).toBe('2020');
    expect(titles.get(9969)).toEqual({
      animeId: 9969,
      title: "Gintama'",
      titleEnglish: 'Gintama Season 4',
      titleJapanese: "銀魂'",
      synonyms: [],
      type: 'TV',
      episodes: 51,
      year: 2011,
      season: 'spring',
      airedFrom: '2011-04-04',
      airedTo: '2012-03-26',
      duration: 24,
      source: 'Manga',
      ratingClass: 'PG-13 - Teens 13 or older',
      adult: false,
      genres: ['Action', 'Comedy'],
      studios: ['Sunrise', 'Bones'],
      members: 348680,
      meanScore: 9.08,
      synopsis: null,
      themes: [],
      franchise: null,
    });
  });

  it('takes Unknown as missing in every column, and the year from the first broadcast', async () => {
    const unknown = Array(6).fill('Unknown').join(',');
    const { titles } = await read(`${HEADER}\n5,X,${unknown},"Jul, 1986",${unknown}\n`);
    const title = titles.get(5);
    expect(title).toMatchObject({
      year: 1986,
      season: null,
      type: null,
      episodes: null,
      meanScore: null,
      members: 0,
    });
    expect(title).toMatchObject({
      genres: [],
      studios: [],
      titleEnglish: null,
      ratingClass: null,
      adult: false,
    });
  });

  it('knows adult titles by genre and by class', async () => {
    const row = (id: number, genres: string, rating: string) =>
      `${id},T,7,${genres},a,b,OVA,1,2001,Unknown,s,Manga,2 hr.,${rating},10`;
    const { titles } = await read(
      `${HEADER}\n${row(1, 'Hentai', 'Unknown')}\n${row(2, 'Action', 'Rx - Hentai')}\n${row(3, 'Ecchi', 'R+ - Mild Nudity')}\n`,
    );
    expect([...titles.values()].map(({ adult }) => adult)).toEqual([true, true, false]);
  });

  it('reads the 2016 layout', async () => {
    const { titles, layout } = await read(
      'anime_id,name,genre,type,episodes,rating,members\n32281,Kimi no Na wa.,"Drama, Romance",Movie,1,9.37,200630\n',
    );
    expect(layout.id).toBe('2016');
    expect(titles.get(32281)).toMatchObject({
      type: 'Movie',
      genres: ['Drama', 'Romance'],
      meanScore: 9.37,
      members: 200630,
    });
  });

  it('accounts for every row that it cannot use, and reads on after a stray quote', async () => {
    const { titles, account, rejected } = await read(
      Buffer.concat([
        Buffer.from(
          'anime_id,name,genre\n1,"Two\nlines",A\nx,B,C\n2,"stray,C\n3,Fine,"A, B"\n4,short\n5,,A\n99999999,Far,A\n6,',
        ),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(',A\n3,Again,A'),
      ]),
    );
    expect([...titles.values()].map(({ animeId, title }) => [animeId, title])).toEqual([
      [1, 'Two\nlines'],
      [3, 'Again'],
    ]);
    expect(account).toMatchObject({ read: 9, kept: 2, duplicates: 1 });
    expect(account.rejected).toEqual({
      'not a number': 1,
      'broken quoting': 1,
      'wrong number of fields': 1,
      'no title': 1,
      'number out of range': 1,
      'broken encoding': 1,
    });
    expect(rejected[0]).toBe('anime.csv,4,not a number,"x,B,C"\n');
    expect(rejected[1]).toBe('anime.csv,5,broken quoting,"2,""stray,C"\n');
  });

  it.each([
    ['', /is empty/],
    ['a,b,c\n1,2,3\n', /columns a, b, c, which is no layout.*such as .*MAL_ID/],
    ['\u0000\u0001', /no layout that Osusume knows/],
  ])('refuses %j', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});

describe('readSynopsisFile()', () => {
  it('adds texts to the titles they belong to, in both spellings of the column', async () => {
    for (const name of ['sypnopsis', 'synopsis']) {
      const { titles } = await read('anime_id,name,genre\n1,One,A\n2,Two,A\n3,Three,A\n');
      const path = join(folder, 'anime_with_synopsis.csv');
      await writeFile(
        path,
        `MAL_ID,Name,${name}\n1,One,"It&#039;s\n""fine"""\n2,Two,Unknown\n7,Seven,Lost\n3,Three,No synopsis has been added for this series yet.\n`,
      );
      const account = new FileAccount('s.csv', () => {});
      await readSynopsisFile(path, titles, account);
      expect([...titles.values()].map(({ synopsis }) => synopsis)).toEqual([
        'It\'s\n"fine"',
        null,
        null,
      ]);
      expect(account).toMatchObject({ read: 4, kept: 3, rejected: { 'unknown anime_id': 1 } });
    }
  });
});

describe('readCatalogue()', () => {
  it('gives back what writeCatalogue wrote, in order of the id', async () => {
    const { titles } = await read(
      `${HEADER}\n20,Z,7.5,"A, B",en,日本語,TV,12,"Apr 4, 2011",Fall 2011,S,Manga,30 sec.,G - All Ages,10\n3,"Quote ""'","",,,,,,,,,,,,\n`,
    );
    const path = join(folder, "it's.parquet");
    await withDatabase({}, (connection) => writeCatalogue(connection, path, titles.values()));
    expect(await readCatalogue(path)).toEqual([titles.get(3), titles.get(20)]);
  });

  it('refuses a file that is missing, cut off or something else', async () => {
    const path = join(folder, 'broken.parquet');
    await expect(readCatalogue(path)).rejects.toThrow(ArtefactError);
    const { titles } = await read('anime_id,name,genre\n1,One,A\n');
    await withDatabase({}, (connection) => writeCatalogue(connection, path, titles.values()));
    await truncate(path, (await readFile(path)).length - 20);
    await expect(readCatalogue(path)).rejects.toThrow(/broken\.parquet/);
  });
});

const real = sharedData('mal-sample');
describe.skipIf(!real)('on the real catalogue (needs ../shared)', () => {
  it('keeps all 17,562 titles and 16,214 synopses, decoded', async () => {
    const account = new FileAccount('anime.csv', () => {});
    const { titles } = await readCatalogueFile(join(real!, 'anime.csv'), account);
    expect(account).toMatchObject({ read: 17_562, kept: 17_562, duplicates: 0, faulty: 0 });
    const synopses = new FileAccount('anime_with_synopsis.csv', () => {});
    await readSynopsisFile(join(real!, 'anime_with_synopsis.csv'), titles, synopses);
    expect(synopses).toMatchObject({ read: 16_214, kept: 16_214, faulty: 0 });
    const all = [...titles.values()];
    expect(all.filter(({ title }) => /&#?\w+;/.test(title))).toEqual([]);
    // 1,345 by class, three more by genre
    expect(all.filter(({ adult }) => adult).length).toBe(1348);
    // every other "Aired" of the file is understood
    expect(all.filter(({ airedFrom }) => airedFrom === null).length).toBe(309);
    expect(all.filter(({ duration }) => duration === null).length).toBe(555);
    expect(all.filter(({ type }) => type === null).length).toBe(37);
    expect(titles.get(5114)).toMatchObject({
      title: 'Fullmetal Alchemist: Brotherhood',
      year: 2009,
      season: 'spring',
      episodes: 64,
    });
    expect(titles.get(5114)?.synopsis?.length).toBeGreaterThan(100);
  });
});
