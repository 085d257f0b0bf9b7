import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/data/catalogue/catalogue-parquet.ts';
import { InterruptedError, OsusumeError, UsageError } from '../../src/error.ts';
import { openArtefact } from '../../src/home/artefact.ts';
import { type IngestOptions, ingest } from '../../src/ingest.ts';
import { NO_PROGRESS } from '../../src/progress.ts';
import { writeSample } from '../../src/source/sample/sample.ts';
import { sharedData } from '../support/shared.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'osusume-ingest-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const HEADER = 'user_id,anime_id,rating,watching_status,watched_episodes';
const ANIME = 'MAL_ID,Name,Score,Genres\n1,One,7,A\n5,Five,7,A\n40,Forty,7,A\n48000,Far,7,A\n';
const ANIME_2016 =
  'anime_id,name,genre,type,episodes,rating,members\n1,One,A,TV,1,7,10\n5,Five,A,TV,1,7,10\n40,Forty,A,TV,1,7,10\n';

type Files = Record<string, string | Buffer>;

async function source(files: Files): Promise<string> {
  const folder = join(root, 'source');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

const home = () => join(root, 'home');

async function run(files: Files, options: Partial<IngestOptions> = {}) {
  const result = await ingest({
    home: home(),
    source: await source(files),
    threads: 2,
    ...options,
  });
  return {
    ...result,
    rows: await rowsOf(result.artefact.folder),
    ratings: result.report.files.at(-1)!,
  };
}

const lists = (...lines: string[]) => listsOf(lines);
const listsOf = (lines: readonly string[]) => ({
  'anime.csv': ANIME,
  'animelist.csv': `${[HEADER, ...lines].join('\n')}\n`,
});

async function rowsOf(folder: string): Promise<number[][]> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const result = await connection.runAndReadAll(
    `SELECT * FROM read_parquet('${join(folder, 'interactions.parquet')}')`,
  );
  connection.closeSync();
  return result.getRows().map((row) => row.map(Number));
}

async function rejectedOf(folder: string): Promise<string[]> {
  return (await readFile(join(folder, 'rejected.csv'), 'utf8')).trimEnd().split('\n').slice(1);
}

/** Nothing that a failed run made may be left. */
async function expectNothingLeft(): Promise<void> {
  expect(await readdir(join(home(), 'ingest')).catch(() => [])).toEqual([]);
}

describe('ingest()', () => {
  it('asks for the folder when it is given one file of it', async () => {
    const folder = await source(lists('1,40,7,2,12'));
    for (const name of ['animelist.csv', 'anime.csv']) {
      const opened = ingest({ home: home(), source: join(folder, name) });
      await expect(opened).rejects.toThrow(UsageError);
      await expect(opened).rejects.toThrow(/give the folder that it lies in/);
    }
    await expectNothingLeft();
  });

  it('reads files that begin with a byte order mark and a quote', async () => {
    const quoted = (text: string) => `\uFEFF${text.replace(/[^,\n]+/g, '"$&"')}`;
    const files = Object.entries(lists('1,40,7,2,12')).map(([name, text]) => [name, quoted(text)]);
    const { rows, ratings } = await run(Object.fromEntries(files));
    expect(rows).toEqual([[1, 40, 7, 2, 12]]);
    expect(ratings).toMatchObject({ read: 1, kept: 1, rejected: {} });
  });

  it('keeps rows sorted by person and title, typed, with a report', async () => {
    const { rows, report, artefact } = await run(
      lists('1,40,7,2,12', '1,5,0,6,0', '7,48000,10,1,3'),
      {
        clock: () => new Date('2021-02-03T04:05:06Z'),
      },
    );
    expect(rows).toEqual([
      [1, 5, 0, 6, 0],
      [1, 40, 7, 2, 12],
      [7, 48000, 10, 1, 3],
    ]);
    expect(report).toMatchObject({
      source: { name: 'source', synthetic: false },
      layout: { catalogue: '2020', ratings: 'animelist' },
      adult: { titles: 0, by: 'genres' },
      rows: 3,
      users: 2,
      titles: 4,
    });
    expect(report.files.map(({ file, read, kept }) => [file, read, kept])).toEqual([
      ['anime.csv', 4, 4],
      ['animelist.csv', 3, 3],
    ]);
    expect(artefact.version).toMatch(/^20210203T040506-/);
    expect(Object.keys(artefact.manifest.files)).toEqual([
      'anime.parquet',
      'interactions.parquet',
      'rejected.csv',
      'report.json',
    ]);
    expect(JSON.parse(await readFile(join(artefact.folder, 'report.json'), 'utf8'))).toEqual(
      report,
    );
    expect(await readCatalogue(join(artefact.folder, 'anime.parquet'))).toHaveLength(4);
    await openArtefact(home(), 'ingest');
  });

  it('rejects each kind of faulty row with its line, reason and content', async () => {
    const broken = Buffer.from('1,5,\xff,2,1\n', 'latin1');
    const faulty = Buffer.concat([
      Buffer.from(
        `${HEADER}\n1,5,7,2,1\nx,5,7,2,1\n1,5,11,2,1\n1,5,-1,2,1\n1,6,7,2,1\n1,5,7,2\n1,5,7,2,1,9\n"1,5,7,2,1\n\n1,5,7.5,2,1\n-3,5,7,2,1\n1,,7,2,1\n4294967296,5,7,2,1\n`,
      ),
      broken,
      Buffer.from(`2,5,8,2,1${'0'.repeat(2_000_000)}\n3,5,9,2,1`),
    ]);
    const { rows, ratings, artefact } = await run(
      { 'anime.csv': ANIME, 'animelist.csv': faulty },
      { maxRejected: 1 },
    );
    expect(rows).toEqual([
      [1, 5, 7, 2, 1],
      [3, 5, 9, 2, 1],
    ]);
    expect((await rejectedOf(artefact.folder)).slice(0, -1)).toEqual([
      'animelist.csv,3,not a number,"x,5,7,2,1"',
      'animelist.csv,4,rating out of range,"1,5,11,2,1"',
      'animelist.csv,5,rating out of range,"1,5,-1,2,1"',
      'animelist.csv,6,unknown anime_id,"1,6,7,2,1"',
      'animelist.csv,7,wrong number of fields,"1,5,7,2"',
      'animelist.csv,8,wrong number of fields,"1,5,7,2,1,9"',
      'animelist.csv,9,broken quoting,"""1,5,7,2,1"',
      'animelist.csv,10,wrong number of fields,',
      'animelist.csv,11,not a number,"1,5,7.5,2,1"',
      'animelist.csv,12,number out of range,"-3,5,7,2,1"',
      'animelist.csv,13,not a number,"1,,7,2,1"',
      'animelist.csv,14,number out of range,"4294967296,5,7,2,1"',
      'animelist.csv,15,broken encoding,"1,5,\uFFFD,2,1"',
    ]);
    expect((await rejectedOf(artefact.folder)).at(-1)).toMatch(
      /^animelist\.csv,16,line too long,"2,5,8,2,100/,
    );
    expect(ratings).toMatchObject({ read: 16, kept: 2, duplicates: 0 });
  });

  it('takes numbers that are quoted, padded or written as decimals, and any line ending', async () => {
    const { rows, ratings } = await run({
      'anime.csv': ANIME.replaceAll('\n', '\r\n'),
      'animelist.csv': `\uFEFF${HEADER}\r\n"1","5","7","2","1"\r\n1, 40,8.0,2,+3\r\n2,1,9,2,1`,
    });
    expect(rows).toEqual([
      [1, 5, 7, 2, 1],
      [1, 40, 8, 2, 3],
      [2, 1, 9, 2, 1],
    ]);
    expect(ratings.read).toBe(3);
  });

  it('lets the last row for a title win, and counts the others', async () => {
    const { rows, ratings } = await run(
      lists('1,5,7,2,1', '1,5,8,2,1', '1,1,3,4,1', '1,5,9,1,2', '2,5,1,2,1'),
    );
    expect(rows).toEqual([
      [1, 1, 3, 4, 1],
      [1, 5, 9, 1, 2],
      [2, 5, 1, 2, 1],
    ]);
    expect(ratings).toMatchObject({ read: 5, kept: 3, duplicates: 2 });
  });

  it('sorts and replaces across the whole file when people are scattered', async () => {
    const { rows, ratings, report } = await run(
      lists('9,5,7,2,1', '1,40,1,2,1', '9,5,8,2,1', '1,1,2,2,1', '9,1,4,2,1', '1,40,6,2,1'),
    );
    expect(rows).toEqual([
      [1, 1, 2, 2, 1],
      [1, 40, 6, 2, 1],
      [9, 1, 4, 2, 1],
      [9, 5, 8, 2, 1],
    ]);
    expect(ratings).toMatchObject({ read: 6, kept: 4, duplicates: 2 });
    expect(report.users).toBe(2);
  });

  it('settles statuses that are noise by score and episodes, and counts them', async () => {
    const { rows, ratings } = await run(
      lists('1,1,7,0,0', '1,5,0,33,4', '1,40,0,55,0', '1,48000,0,5,0', '2,1,0,-2,0', '3,1,0,2,0'),
    );
    expect(rows.map((row) => row[3])).toEqual([2, 2, 6, 6, 6, 2]);
    expect(ratings).toMatchObject({ kept: 6, settledStatuses: 5, rejected: {} });
  });

  it('reads the 2016 layout, where -1 is seen and not scored', async () => {
    const { rows, report } = await run({
      'anime.csv': ANIME_2016,
      'rating.csv': 'user_id,anime_id,rating\n1,5,-1\n1,1,10\n2,40,3\n',
    });
    expect(rows).toEqual([
      [1, 1, 10, 2, 0],
      [1, 5, 0, 2, 0],
      [2, 40, 3, 2, 0],
    ]);
    expect(report.layout).toEqual({ catalogue: '2016', ratings: 'ratings' });
  });

  it('takes rating_complete.csv where there is no animelist.csv, and -1 is then out of range', async () => {
    const { rows, ratings } = await run(
      { 'anime.csv': ANIME, 'rating_complete.csv': 'user_id,anime_id,rating\n1,5,-1\n1,1,10\n' },
      { maxRejected: 0.5 },
    );
    expect(rows).toEqual([[1, 1, 10, 2, 0]]);
    expect(ratings).toMatchObject({
      file: 'rating_complete.csv',
      rejected: { 'rating out of range': 1 },
    });
  });

  it('reads the first rows only when asked to', async () => {
    const { ratings, report } = await run(lists('1,1,7,2,1', '1,5,7,2,1', 'x', '2,5,7,2,1'), {
      rows: 2,
    });
    expect(ratings).toMatchObject({ read: 2, kept: 2, sha256: null });
    expect(report.rows).toBe(2);
  });

  it('stops when too many rows are faulty, showing the first, and counts unknown titles apart', async () => {
    const unknown = Array.from({ length: 50 }, (_, user) => `${user},7,7,2,1`);
    await run(lists('0,1,7,2,1', ...unknown));
    const failing = ingest({
      home: join(root, 'other'),
      source: await source(lists('0,1,7,2,1', '1,1,11,2,1', ...unknown.slice(0, 10))),
    });
    await expect(failing).rejects.toThrow(
      /animelist\.csv: 1 of 12 rows read are faulty \(8\.3 %, allowed are 5 %\)[\s\S]*line 3: rating out of range: 1,1,11,2,1[\s\S]*--max-rejected/,
    );
    expect(await readdir(join(root, 'other', 'ingest'))).toEqual([]);
  });

  it('stops early when too many rows are faulty to go on', async () => {
    const text = `${HEADER}\n${'this is no row at all, it is prose\n'.repeat(200_000)}`;
    await expect(run({ 'anime.csv': ANIME, 'animelist.csv': text })).rejects.toThrow(
      /rows read are faulty \(100 %/,
    );
    await expectNothingLeft();
  });

  it.each<[string, Files, RegExp]>([
    ['no catalogue', { 'animelist.csv': `${HEADER}\n` }, /has no anime\.csv/],
    [
      'no ratings',
      { 'anime.csv': ANIME },
      /has no animelist\.csv or rating\.csv or rating_complete\.csv/,
    ],
    ['an empty catalogue', { ...lists('1,1,7,2,1'), 'anime.csv': '' }, /anime\.csv is empty/],
    ['empty ratings', { 'anime.csv': ANIME, 'animelist.csv': '' }, /animelist\.csv is empty/],
    ['a header only', lists(), /animelist\.csv has a header but no rows/],
    [
      'a header only, without a newline',
      { 'anime.csv': ANIME, 'animelist.csv': HEADER },
      /has a header but no rows/,
    ],
    [
      'a catalogue of a header only',
      { ...lists('1,1,7,2,1'), 'anime.csv': 'MAL_ID,Name\n' },
      /anime\.csv has a header but no rows/,
    ],
    [
      'a wrong header',
      { 'anime.csv': ANIME, 'animelist.csv': 'a;b;c\n1;2;3\n' },
      /animelist\.csv begins with the columns a, b, c, which is no layout that Osusume knows/,
    ],
    [
      'titles of another catalogue',
      lists('1,2,7,2,1'),
      /None of the 1 rows of animelist\.csv is for a title of the catalogue/,
    ],
    [
      'something that is no gzip',
      { 'anime.csv': ANIME, 'animelist.csv.gz': 'plain text' },
      /Cannot unpack .*animelist\.csv\.gz.*get it again/,
    ],
    [
      'a gzip that is cut off',
      { 'anime.csv': ANIME, 'animelist.csv.gz': gzipSync(HEADER.repeat(999)).subarray(0, 60) },
      /Cannot unpack .*animelist\.csv\.gz/,
    ],
    [
      'a zip that is none',
      { 'anime.csv': ANIME, 'animelist.zip': 'PK?' },
      /Cannot unpack .*animelist\.zip/,
    ],
  ])('refuses %s, naming the file, and leaves nothing', async (_, files, message) => {
    const failure = run(files);
    await expect(failure).rejects.toThrow(OsusumeError);
    await expect(failure).rejects.toThrow(message);
    await expectNothingLeft();
  });

  it('refuses a source that is not there, and options that cannot be', async () => {
    await expect(ingest({ home: home(), source: join(root, 'nowhere') })).rejects.toThrow(
      /There is no .*nowhere/,
    );
    await expect(ingest({ home: home(), source: 's3://bucket/data' })).rejects.toThrow(
      OsusumeError,
    );
    await expect(ingest({ home: home(), source: null, rows: 1.5 })).rejects.toThrow(UsageError);
    await expect(ingest({ home: home(), source: null, maxRejected: 2 })).rejects.toThrow(
      UsageError,
    );
  });

  it('keeps the version before when a run fails', async () => {
    const { artefact } = await run(lists('1,1,7,2,1'));
    await expect(run(lists('nonsense'))).rejects.toThrow(OsusumeError);
    expect((await openArtefact(home(), 'ingest')).version).toBe(artefact.version);
    expect((await readdir(join(home(), 'ingest'))).sort()).toEqual(
      [artefact.version, 'current'].sort(),
    );
  });

  it('stops where it is when interrupted, and leaves nothing', async () => {
    const rows = Array.from({ length: 400_000 }, (_, i) => `${i},${i % 2 ? 1 : 5},7,2,1`);
    for (const when of ['reading anime.csv', 'reading animelist.csv']) {
      const controller = new AbortController();
      const progress = {
        ...NO_PROGRESS,
        step: (label: string) => void (label === when && controller.abort()),
      };
      await expect(run(listsOf(rows), { signal: controller.signal, progress })).rejects.toThrow(
        InterruptedError,
      );
      await expectNothingLeft();
    }
  });

  it('runs once at a time in one home: a second run is refused, and names the first', async () => {
    const folder = await source(lists('1,1,7,2,1', '2,5,8,2,1'));
    const both = await Promise.allSettled(
      [1, 2].map(() => ingest({ home: home(), source: folder })),
    );
    const refusals = both.filter((outcome) => outcome.status === 'rejected');
    expect(refusals.map(({ reason }) => String(reason))).toEqual([
      expect.stringMatching(`process ${process.pid} .* has been running "osusume ingest"`),
    ]);
    await openArtefact(home(), 'ingest');
    expect((await ingest({ home: home(), source: folder })).report.rows).toBe(2);
  });

  it('keeps every row of a big file in order, and reports progress to its end', async () => {
    const lines: string[] = [];
    const expected: number[][] = [];
    for (let user = 0; user < 60_000; user++) {
      const kept = [48000, 5, 40, 1]
        .slice(0, 1 + (user % 4))
        .map((id) => [user, id, (user + id) % 11, 2, user % 13]);
      lines.push(...kept.map((row) => row.join(',')));
      expected.push(...kept.sort((a, b) => a[1] - b[1]));
    }
    let done = 0;
    const { rows, ratings } = await run(listsOf(lines), {
      progress: {
        ...NO_PROGRESS,
        update(bytes) {
          done = bytes;
        },
      },
    });
    expect(rows).toEqual(expected);
    expect(done).toBe(ratings.bytes);
  });

  it('takes the built-in sample when there is no source, and says that it is synthetic', async () => {
    const { report, artefact } = await ingest({ home: home(), source: null });
    expect(report.source).toEqual({ name: 'sample', synthetic: true });
    expect(report.titles).toBeGreaterThanOrEqual(300);
    expect(report.files.every(({ read, kept }) => read === kept)).toBe(true);
    expect(await readdir(artefact.folder)).not.toContain('.work');
  });

  it('knows a folder that a sample was written to', async () => {
    const folder = join(home(), 'written');
    await writeSample(folder, { people: 20 });
    const { report } = await ingest({ home: home(), source: folder });
    expect(report.source).toEqual({ name: 'written', synthetic: true });
  });
});

/** A plain reader to compare with: one line at a time, by regular expression, a Map a person. */
function plainReader(lines: readonly string[]) {
  const people = new Map<number, Map<number, number[]>>();
  let rejected = 0;
  let duplicates = 0;
  for (const line of lines) {
    const fields = line.split(',').map((field, column) => {
      if (column >= 2 && field.trim() === '') return '0';
      return /^ *("?)([+-]?\d{1,15}(?:\.0*)?)\1 *$/.exec(field)?.[2] ?? 'x';
    });
    const [user, title, rating, status, episodes] = fields.map(Number);
    const good =
      fields.length === 5 &&
      !fields.some((field) => Number.isNaN(Number(field))) &&
      user >= 0 &&
      user < 2 ** 31 &&
      rating >= 0 &&
      rating <= 10 &&
      episodes >= 0 &&
      episodes < 2 ** 31 &&
      [1, 5, 40, 48000].includes(title);
    if (!good) {
      rejected++;
      continue;
    }
    const list = people.get(user) ?? new Map();
    people.set(user, list);
    if (list.has(title)) duplicates++;
    const settled = [1, 2, 3, 4, 6].includes(status) ? status : rating > 0 || episodes > 0 ? 2 : 6;
    list.set(title, [user, title, rating, settled, episodes]);
  }
  const rows = [...people.values()].flatMap((list) => [...list.values()]);
  return { rows: rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]), rejected, duplicates };
}

describe('the accounts of ingest()', () => {
  const field = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 12 }).map(String) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'x',
        '-1',
        '1e3',
        '7.0',
        '7.5',
        ' 3 ',
        '"4"',
        '""5"',
        '"',
        '99999999999',
        '2147483648',
        '٣',
        '0x10',
        '+2',
      ),
    },
  );
  const row = fc
    .tuple(
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(1, 5, 40, 48000, 48001, 7),
      fc.integer({ min: -1, max: 11 }),
      fc.constantFrom(1, 2, 3, 4, 6, 0, 33),
      field,
    )
    .map((fields) => fields.join(','));
  const corrupt = fc.array(field, { minLength: 1, maxLength: 7 }).map((fields) => fields.join(','));
  const lines = fc.array(
    fc.oneof({ weight: 6, arbitrary: row }, { weight: 1, arbitrary: corrupt }),
    { maxLength: 40 },
  );

  it('add up for any file, and every kept row is one that a plain reader keeps', async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (random, byPerson, newline) => {
          const all = ['3,1,7,2,1', ...random];
          if (byPerson) all.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
          const { rows, ratings } = await run(
            { 'anime.csv': ANIME, 'animelist.csv': [HEADER, ...all].join(newline) + newline },
            { maxRejected: 1 },
          );
          const plain = plainReader(all);
          expect(rows).toEqual(plain.rows);
          const rejected = Object.values(ratings.rejected).reduce((sum, count) => sum + count, 0);
          expect(ratings).toMatchObject({
            read: all.length,
            kept: plain.rows.length,
            duplicates: plain.duplicates,
          });
          expect(rejected).toBe(plain.rejected);
          expect(ratings.read).toBe(ratings.kept + ratings.duplicates + rejected);
        },
      ),
      { numRuns: 20 },
    );
  });
});

const sample = sharedData('mal-sample');
describe.skipIf(!sample)('ingest() on mal-sample (needs ../shared)', () => {
  it('accounts for all 1,646,360 rows', async () => {
    const { report, artefact } = await ingest({ home: home(), source: sample });
    const ratings = report.files.at(-1)!;
    expect(ratings).toMatchObject({ file: 'animelist.csv.gz', read: 1_646_360, duplicates: 0 });
    expect(ratings.rejected).toEqual({ 'unknown anime_id': 1_646_360 - ratings.kept });
    expect(ratings.kept).toBe(1_628_043);
    expect(report).toMatchObject({ users: 7_650, titles: 17_562, layout: { catalogue: '2020' } });
    const rejected = await rejectedOf(artefact.folder);
    expect(rejected).toHaveLength(18_317);
    expect(rejected[0]).toMatch(/^animelist\.csv\.gz,\d+,unknown anime_id,"\d+,\d+,\d+,\d,\d+"$/);
  });
});

const older = sharedData('mal-2016-layout');
describe.skipIf(!older)('ingest() on mal-2016-layout (needs ../shared)', () => {
  it('accounts for all 124,558 rows of 1,200 people', async () => {
    const { report } = await ingest({ home: home(), source: older });
    const ratings = report.files.at(-1)!;
    const rejected = Object.values(ratings.rejected).reduce((sum, count) => sum + count, 0);
    expect(ratings.read).toBe(124_558);
    expect(ratings.kept + ratings.duplicates + rejected).toBe(124_558);
    expect(report).toMatchObject({
      users: 1_200,
      titles: 12_294,
      layout: { catalogue: '2016', ratings: 'ratings' },
    });
    expect(rejected).toBeLessThan(10);
  });
});
