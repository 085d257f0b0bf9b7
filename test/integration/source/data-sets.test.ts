/** Data sets as people have them, through ingest(): layouts that are not in ../shared/cases, packed and cut in many ways. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireAdultSigns } from '../../../src/data/catalogue/adult.ts';
import { readCatalogue } from '../../../src/data/catalogue/catalogue-parquet.ts';
import { withDatabase } from '../../../src/data/database.ts';
import { UsageError } from '../../../src/error.ts';
import { ingest } from '../../../src/ingest.ts';
import { zipOf } from '../../support/zip-of.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'osusume-data-sets-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

type Files = Record<string, string | Buffer>;

async function folderOf(files: Files): Promise<string> {
  const folder = join(root, 'source');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function run(files: Files) {
  const source = await folderOf(files);
  const { report, artefact } = await ingest({ home: join(root, 'home'), source, threads: 1 });
  const parquet = join(artefact.folder, 'interactions.parquet');
  const rows = await withDatabase({ threads: 1 }, async (connection) =>
    (await connection.runAndReadAll(`FROM read_parquet('${parquet}')`))
      .getRows()
      .map((row) => row.map(Number)),
  );
  const titles = await readCatalogue(join(artefact.folder, 'anime.parquet'));
  return { report, rows, titles, folder: artefact.folder };
}

const A2020 =
  'MAL_ID,Name,Score,Genres,English name,Type,Episodes,Aired,Premiered,Studios,Source,Duration,Rating,Members\n' +
  '1,Pokémon,8.1,"Action, Kids",Pocket Monsters,TV,26,"Apr 3, 1998 to ?",Spring 1998,OLM,Game,24 min.,PG - Children,10\n' +
  '5,Ünfall,7.2,Hentai,Unknown,OVA,1,2001,Unknown,PoRO,Manga,30 min.,Rx - Hentai,5\n';
const LISTS =
  'user_id,anime_id,rating,watching_status,watched_episodes\n1,1,7,2,26\n1,5,0,6,0\n2,1,9,1,3\n';
const ROWS = [
  [1, 1, 7, 2, 26],
  [1, 5, 0, 6, 0],
  [2, 1, 9, 1, 3],
];

describe('a data set of 2020', () => {
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const swapped = (text: string) => utf16(text).swap16();
  const semicolons = (text: string) =>
    text.replace(/"([^"]*)"|,/g, (all, quoted) => (quoted === undefined ? ';' : all));
  const [catalogueHeader, ...lines] = A2020.trimEnd().split('\n');

  it.each<[string, Files]>([
    ['Windows-1252', { 'anime.csv': Buffer.from(A2020, 'latin1'), 'animelist.csv': LISTS }],
    ['UTF-16, big end first', { 'anime.csv': swapped(A2020), 'animelist.csv': swapped(LISTS) }],
    ['UTF-16 without a mark', { 'anime.csv': A2020, 'animelist.csv': utf16(LISTS).subarray(2) }],
    ['semicolons', { 'anime.csv': semicolons(A2020), 'animelist.csv': semicolons(LISTS) }],
    ['tabs', { 'anime.csv': A2020, 'animelist.csv': LISTS.replaceAll(',', '\t') }],
    ['names in capitals', { 'ANIME.CSV': A2020, 'AnimeList.CSV': LISTS }],
    ['names of another kind', { 'titles.csv': A2020, 'my lists.txt': LISTS }],
    [
      'a folder one down, with gzip',
      { 'x/anime.csv.gz': gzipSync(A2020), 'x/animelist.csv': LISTS },
    ],
    [
      'a zip in it',
      {
        'a.zip': zipOf({
          'd/anime.csv': A2020,
          '__MACOSX/._anime.csv': 'x',
          'animelist.csv.gz': gzipSync(LISTS),
        }),
      },
    ],
    [
      'a column more and an index',
      {
        'anime.csv': [
          `,${catalogueHeader},mine`,
          ...lines.map((line, at) => `${at},${line},x`),
        ].join('\n'),
        'animelist.csv': LISTS,
      },
    ],
    [
      'returns',
      {
        'anime.csv': A2020.replaceAll('\n', '\r\n'),
        'animelist.csv': LISTS.replaceAll('\n', '\r\n'),
      },
    ],
    [
      'words and decimals',
      {
        'anime.csv': A2020,
        'animelist.csv':
          'rating,user_id,anime_id,watching_status,watched_episodes\n7.0,1,1,Completed,26.0\n,1,5,Plan to Watch,\n9.0,2,1,watching,3\n',
      },
    ],
    [
      'parts',
      {
        'anime.csv': A2020,
        'animelist_0.csv': LISTS.slice(0, LISTS.indexOf('1,5')),
        'animelist_1.csv': `${LISTS.split('\n')[0]}\n1,5,0,6,0\n2,1,9,1,3`,
      },
    ],
  ])('is read the same with %s', async (_, files) => {
    const { rows, titles, report } = await run(files);
    expect(rows).toEqual(ROWS);
    expect(titles.map(({ title, adult, year }) => [title, adult, year])).toEqual([
      ['Pokémon', false, 1998],
      ['Ünfall', true, 2001],
    ]);
    expect(report).toMatchObject({ layout: { catalogue: '2020', ratings: 'animelist' } });
    for (const { read, kept, duplicates } of report.files) expect(read).toBe(kept + duplicates);
  });

  it('is read the same from Parquet', async () => {
    const folder = await folderOf({ 'a.csv': A2020, 'b.csv': LISTS });
    await withDatabase({ threads: 1 }, async (connection) => {
      for (const [from, to] of [
        ['a', 'anime'],
        ['b', 'animelist'],
      ])
        await connection.run(
          `COPY (FROM read_csv('${folder}/${from}.csv', header = true)) TO '${folder}/${to}.parquet'`,
        );
    });
    await Promise.all(['a.csv', 'b.csv'].map((name) => rm(join(folder, name))));
    const { rows, titles } = await run({});
    expect(rows).toEqual(ROWS);
    expect(titles.map(({ title }) => title)).toEqual(['Pokémon', 'Ünfall']);
  });
});

describe('other layouts', () => {
  it('2021/22: tabs, names in parts, times, relations, no rating classes', async () => {
    const anime =
      'anime_id\tanime_url\ttitle\ttype\tsource_type\tnum_episodes\tstart_date\tend_date\tseason\tstudios\tgenres\tscore\tmembers_count\n' +
      '1\tu\tOne\tTV\tmanga\t12\t2001-04-03\t2001-06-30\tSpring 2001\tA|B\tAction|Drama\t8.1\t10\n' +
      '5\tu\tTwo\tOVA\toriginal\t1\t2003-01-01\t\t\tPoRO\tHentai\t6.0\t5\n';
    const header =
      'user_id\tanime_id\tfavorite\treview_id\tscore\tstatus\tprogress\tlast_interaction_date\n';
    const { rows, titles, report, folder } = await run({
      'anime.csv': anime,
      'anime_anime.csv': 'animeA\tanimeB\trecommendation\trelated\n5\t1\t3\tPrequel\n1\t5\t2\t\n',
      'user_anime000000000000.csv': `${header}-------\t1\t0\t\t8\tcompleted\t12\t2020-01-01 00:00:10+00:00\nzoë\t1\t0\t\t0\tplan_to_watch\t0\t\n`,
      'user_anime000000000001.csv': `${header}-------\t5\t0\t\t0\tdropped\t65535\t2020-01-02\n`,
    });
    const day = Date.UTC(2020, 0, 1) / 1000;
    expect(rows).toEqual([
      [1, 1, 8, 2, 12, day + 10],
      [1, 5, 0, 4, 65_535, day + 86_400],
      [2, 1, 0, 6, 0, 0],
    ]);
    expect(report).toMatchObject({ dated: true, adult: { titles: 1, by: 'genres' }, users: 2 });
    expect(report.notes.join('\n')).toMatch(/separated by tabs[\s\S]*Rating classes are missing/);
    expect(titles[0]).toMatchObject({
      studios: ['A', 'B'],
      season: 'spring',
      airedFrom: '2001-04-03',
    });
    expect(JSON.parse(await readFile(join(folder, 'related.json'), 'utf8'))).toEqual([
      { animeId: 5, others: [{ animeId: 1, kind: 'prequel' }] },
    ]);
    const kept = await readFile(join(folder, 'report.json'), 'utf8');
    expect(kept).not.toContain('zoë');
  });

  it('2024: the mean score is called rating, people have names, blanks and decimals', async () => {
    const { rows, titles } = await run({
      'MyAnimeList-dataset/Anime.csv':
        'anime_id,name,title_english,title_japanese,type,episodes,rating,rank,popularity,members,status,source,duration,aired_from,aired_to,genre,studio,synopsis\n7,Seven,,七,TV,12.0,8.5,1,1,"1,234",Finished,Manga,24 min,2001-01-02T00:00:00+00:00,,"Action, Erotica",S,Text\n',
      'MyAnimeList-dataset/User-AnimeReview.csv':
        'user_id,anime_id,score,status,episodes_seen\nann,7,8.0,Completed,12.0\nbob,7,,Plan to Watch,\n',
    });
    expect(rows).toEqual([
      [1, 7, 8, 2, 12],
      [2, 7, 0, 6, 0],
    ]);
    expect(titles[0]).toMatchObject({
      ...{ meanScore: 8.5, ratingClass: null, members: 1234, airedFrom: '2001-01-02' },
      ...{ adult: true, titleJapanese: '七', synopsis: 'Text' },
    });
  });

  const A2025 =
    'animeID,title,alternative_title,type,year,score,episodes,mal_url,sequel,image_url,genres,genres_detailed\n' +
    `0,Cowboy Bebop,UNKNOWN,TV,1998,8.75,26,https://myanimelist.net/anime/1/Cowboy_Bebop,False,x,"['Action', 'Sci-Fi']","['space', 'noir']"\n` +
    `1,Trigun,"Tri, gun",MOVIE,UNKNOWN,UNKNOWN,UNKNOWN,https://myanimelist.net/anime/6,False,x,['Hentai'],[]\n` +
    `2,Nowhere,UNKNOWN,TV,2000,5,1,UNKNOWN,False,x,[],[]\n`;

  it("2025: numbers of rows become MyAnimeList's ids, and tenths stay", async () => {
    const ratings = 'userID,animeID,rating\n1,0,8.3\n1,1,10.0\n2,0,.4\n';
    const whole = run({ 'animes.csv': A2025, 'ratings.csv': ratings });
    await expect(whole).rejects.toThrow(/1 of 3 rows .* no MyAnimeList id: 2,Nowhere/s);
    const animes = A2025.replace(/2,Nowhere.*\n/, '');
    const { rows, titles, report } = await run({ 'animes.csv': animes, 'ratings.csv': ratings });
    expect(rows).toEqual([
      [1, 1, 8, 2, 0, 83],
      [1, 6, 10, 2, 0, 100],
      [2, 1, 1, 2, 0, 4],
    ]);
    expect(titles.map(({ animeId, tags = [], adult }) => [animeId, tags, adult])).toEqual([
      [1, ['space', 'noir'], false],
      [6, [], true],
    ]);
    expect(report.layout).toEqual({ catalogue: '2025', ratings: '2025' });
  });

  it('2025: its numbers are not taken for ids of another data set', async () => {
    const mixed = run({ 'anime.csv': A2020, 'ratings.csv': 'userID,animeID,rating\n1,1,8.3\n' });
    await expect(mixed).rejects.toThrow(/number titles differently/);
  });

  it('an offline database as catalogue, and beside one, in every form', async () => {
    const entry = (id: number, title: string, tags: string[], related: number[]) => ({
      sources: [`https://myanimelist.net/anime/${id}`, 'https://kitsu.app/anime/9'],
      ...{ title, type: 'TV', episodes: 12, status: 'FINISHED', synonyms: ['Syn'], tags },
      animeSeason: { season: 'FALL', year: 2011 },
      duration: { value: 1440, unit: 'SECONDS' },
      relatedAnime: related.map((other) => `https://myanimelist.net/anime/${other}`),
    });
    const entries = [entry(1, 'One', ['action', 'noir'], [5]), entry(5, 'Two', ['hentai'], [])];
    const about = { repository: 'https://github.com/manami-project/anime-offline-database' };
    const lists = 'user_id,anime_id,rating\n1,1,7\n1,5,-1\n';
    const jsonl = [about, ...entries].map((line) => JSON.stringify(line)).join('\n');
    const alone = await run({ 'anime-offline-database.jsonl': jsonl, 'rating.csv': lists });
    expect(alone.rows).toEqual([
      [1, 1, 7, 2, 0],
      [1, 5, 0, 2, 0],
    ]);
    expect(alone.titles[0]).toMatchObject({
      ...{ title: 'One', genres: ['Action'], tags: ['action', 'noir'], season: 'fall' },
      ...{ year: 2011, duration: 24, adult: false, synonyms: ['Syn'] },
    });
    expect(alone.titles[1].adult).toBe(true);
    await rm(join(root, 'source'), { recursive: true });
    const beside = await run({
      'anime-offline-database-minified.json': JSON.stringify({ ...about, data: entries }),
      'anime.csv': A2020.replace('Hentai', 'Drama'),
      'animelist.csv': LISTS,
    });
    expect(beside.titles[0]).toMatchObject({ title: 'Pokémon', synonyms: ['One', 'Syn'] });
    expect(beside.titles[0].tags).toEqual(['action', 'noir']);
    expect(beside.report.layout.catalogue).toBe('2020');
  });
});

/** A Zstandard frame of one block that is stored and not compressed (RFC 8878). */
function zstdOf(text: string): Buffer {
  const data = Buffer.from(text);
  const frame = Buffer.alloc(12);
  frame.writeUInt32LE(0xfd2fb528, 0);
  frame[4] = 0xa0; // one segment, its size in four bytes
  frame.writeUInt32LE(data.length, 5);
  frame.writeUIntLE((data.length << 3) | 1, 9, 3);
  return Buffer.concat([frame, data]);
}

describe('Zstandard', () => {
  it('is unpacked, and refused when it is cut off or something else', async () => {
    const { rows } = await run({
      'anime.csv.zst': zstdOf(A2020),
      'animelist.csv.zst': zstdOf(LISTS),
    });
    expect(rows).toEqual(ROWS);
    for (const bytes of [zstdOf(LISTS).subarray(0, 60), Buffer.from('no zstd at all')])
      await expect(run({ 'animelist.csv.zst': bytes })).rejects.toThrow(
        /Cannot unpack .*Zstandard/,
      );
  });
});

describe('what could be read wrongly', () => {
  it('a column that holds something else is refused', async () => {
    const swapped = A2020.replace('Score,Genres', 'Genres,Score').replace('Episodes', 'Rating_');
    await expect(run({ 'anime.csv': swapped, 'animelist.csv': LISTS })).rejects.toThrow(
      /column \d+ \("(Score|Genres)"\) holds .*something else, for example/,
    );
  });

  it('two data sets side by side are refused', async () => {
    const both = { 'a/anime.csv': A2020, 'b/anime.csv': A2020, 'a/animelist.csv': LISTS };
    await expect(run(both)).rejects.toThrow(UsageError);
  });

  it('an unknown file is refused with its columns and the nearest layout', async () => {
    await expect(
      run({ 'films.csv': 'title,year,genre\nX,2001,A\n', 'animelist.csv': LISTS }),
    ).rejects.toThrow(/has no anime\.csv .*films\.csv begins with the columns title, year, genre/s);
  });

  it('titles of which nothing says whether they are for adults are not published', async () => {
    const { report, titles } = await run({
      'anime.csv': 'MAL_ID,Name,Score\n1,One,8\n5,Two,7\n',
      'animelist.csv': LISTS,
    });
    expect(report.adult).toEqual({ titles: 0, by: 'none' });
    expect(report.notes.join()).toMatch(/not published without --no-adult-flag/);
    expect(() => requireAdultSigns(titles, false)).toThrow(/--no-adult-flag/);
    expect(() => requireAdultSigns(titles, true)).not.toThrow();
  });
});
