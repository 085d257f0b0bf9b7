import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATUS } from '../../../../src/data/interactions.ts';
import { InterruptedError, UsageError } from '../../../../src/error.ts';
import { NO_PROGRESS } from '../../../../src/progress.ts';
import { type SampleOptions, writeSample } from '../../../../src/source/sample/sample.ts';
import { realTitles, type SampleTitle } from '../../../../src/source/sample/titles.ts';
import { csvRows } from '../../../support/csv-rows.ts';

const FILES = [
  'SYNTHETIC.md',
  'anime.csv',
  'anime_with_synopsis.csv',
  'animelist.csv',
  'watching_status.csv',
];

interface Row {
  readonly user: number;
  readonly animeId: number;
  readonly rating: number;
  readonly status: number;
  readonly watched: number;
}

let home: string;
let made = 0;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-sample-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const newFolder = () => join(home, String(made++));

async function sampleOf(options: SampleOptions): Promise<{ folder: string; rows: Row[] }> {
  const folder = newFolder();
  await writeSample(folder, options);
  return { folder, rows: await readRows(folder) };
}

async function readRows(folder: string): Promise<Row[]> {
  const lines = (await readFile(join(folder, 'animelist.csv'), 'latin1')).split('\n');
  expect(lines[0]).toBe('user_id,anime_id,rating,watching_status,watched_episodes');
  expect(lines.at(-1)).toBe('');
  const body = lines.slice(1, -1);
  expect(body.filter((line) => !/^\d+,\d+,\d+,\d,\d+$/.test(line))).toEqual([]);
  return body.map((line) => {
    const [user, animeId, rating, status, watched] = line.split(',').map(Number);
    return { user, animeId, rating, status, watched };
  });
}

describe('writeSample()', () => {
  let folder: string;
  let rows: Row[];
  let titles: Map<number, SampleTitle>;
  beforeAll(async () => {
    ({ folder, rows } = await sampleOf({ people: 1_500 }));
    titles = new Map((await realTitles()).map((title) => [title.id, title]));
  });

  it('writes the four files of the 2020 layout and tells their size', async () => {
    const again = newFolder();
    const size = await writeSample(again, { people: 1_500 });
    expect((await readdir(again)).sort()).toEqual(FILES);
    expect(size).toEqual({ people: 1_500, rows: rows.length, titles: titles.size });
  });

  it('describes every title in all 35 columns, and adult ones without a text', async () => {
    const catalogue = csvRows(await readFile(join(folder, 'anime.csv'), 'utf8'));
    expect(Object.keys(catalogue[0]).length).toBe(35);
    expect(catalogue.map((row) => row.Name)).toEqual(
      [...titles.values()].map((title) => title.title),
    );
    expect(catalogue.find((row) => row.MAL_ID === '5')).toMatchObject({
      Name: 'Cowboy Bebop: Tengoku no Tobira',
      Genres: 'Action, Drama, Mystery, Sci-Fi, Space',
      'Japanese name': 'カウボーイビバップ 天国の扉',
      Episodes: '1',
      Aired: 'Sep, 2001',
      Premiered: 'Unknown',
      Duration: '1 hr. 55 min.',
      Rating: 'R - 17+ (violence & profanity)',
      Producers: 'Unknown',
    });
    expect(catalogue.find((row) => row.MAL_ID === '21')).toMatchObject({
      Episodes: 'Unknown',
      Aired: 'Oct, 1999 to ?',
    });
    const texts = csvRows(await readFile(join(folder, 'anime_with_synopsis.csv'), 'utf8'));
    expect(texts.length).toBe(
      [...titles.values()].filter((title) => title.ratingClass !== 'Rx').length,
    );
    for (const row of texts) expect(row.sypnopsis).toBe(titles.get(Number(row.MAL_ID))!.synopsis);
  });

  it('sorts by user, lists no title twice, and only titles of the catalogue', () => {
    expect(rows.filter((row, r) => r > 0 && row.user < rows[r - 1].user)).toEqual([]);
    expect(new Set(rows.map((row) => row.user)).size).toBe(1_500);
    expect(new Set(rows.map((row) => row.user * 1e6 + row.animeId)).size).toBe(rows.length);
    expect(rows.every((row) => titles.has(row.animeId))).toBe(true);
  });

  it('keeps ratings, statuses and watched episodes consistent', () => {
    const codes = new Set<number>(Object.values(STATUS));
    const wrong = rows.filter(({ animeId, rating, status, watched }) => {
      const episodes = titles.get(animeId)!.episodes ?? Number.POSITIVE_INFINITY;
      if (!codes.has(status) || rating < 0 || rating > 10) return true;
      if (status === STATUS.plan_to_watch) return rating !== 0 || watched !== 0;
      if (status === STATUS.completed && Number.isFinite(episodes)) return watched !== episodes;
      return watched >= episodes;
    });
    expect(wrong).toEqual([]);
  });

  it('resembles real lists: mostly completed, about half scored, a long tail of lengths, dropped ones scored low', () => {
    const share = (test: (row: Row) => boolean) => rows.filter(test).length / rows.length;
    expect(share((row) => row.status === STATUS.completed)).toBeGreaterThan(0.5);
    expect(share((row) => row.rating > 0)).toBeGreaterThan(0.45);
    expect(share((row) => row.rating === 0)).toBeGreaterThan(0.2);
    for (const status of Object.values(STATUS))
      expect(share((row) => row.status === status)).toBeGreaterThan(0.01);
    const scoreOf = (status: number) =>
      mean(rows.filter((row) => row.rating > 0 && row.status === status).map((row) => row.rating));
    expect(scoreOf(STATUS.dropped)).toBeLessThan(scoreOf(STATUS.completed) - 1);
    const lengths = [...lists(rows).values()].map((list) => list.length).sort((a, b) => a - b);
    expect(mean(lengths)).toBeGreaterThan(1.3 * lengths[750]);
  });

  it('has people whose scales differ', () => {
    const means = [...lists(rows).values()]
      .map((list) => list.filter((row) => row.rating > 0).map((row) => row.rating))
      .filter((ratings) => ratings.length >= 20)
      .map(mean)
      .sort((a, b) => a - b);
    expect(
      means[Math.floor(0.9 * means.length)] - means[Math.floor(0.1 * means.length)],
    ).toBeGreaterThan(1);
  });

  it('has people who start stories at the beginning and go on after a part they liked', () => {
    const places = new Map([...titles.values()].map((title) => [place(title, 0), title]));
    const later = [...titles.values()]
      .filter((title) => title.order !== undefined && title.order > 1)
      .map((title) => ({ sequel: title, before: places.get(place(title, -1))! }));
    let started = 0;
    let sequels = 0;
    const wentOn = { liked: [0, 0], disliked: [0, 0] };
    for (const list of lists(rows).values()) {
      const seen = new Map(
        list.filter((row) => row.status !== STATUS.plan_to_watch).map((row) => [row.animeId, row]),
      );
      const own = mean(list.filter((row) => row.rating > 0).map((row) => row.rating));
      for (const { sequel, before } of later) {
        const first = seen.get(before.id);
        if (seen.has(sequel.id)) {
          sequels++;
          if (first) started++;
        }
        if (!first?.rating || first.rating === Math.round(own)) continue;
        const group = first.rating > own ? wentOn.liked : wentOn.disliked;
        group[0] += seen.has(sequel.id) ? 1 : 0;
        group[1]++;
      }
    }
    expect(started / sequels).toBeGreaterThan(0.9);
    expect(wentOn.liked[0] / wentOn.liked[1]).toBeGreaterThan(
      1.3 * (wentOn.disliked[0] / wentOn.disliked[1]),
    );
  });

  it.each(['Mecha', 'Sports', 'Music', 'Shoujo'])(
    'can be learned: who lists %s in one half of the titles lists it in the other, more than popularity says',
    (genre) => {
      const isGenre = (row: Row) => (titles.get(row.animeId)!.genres.includes(genre) ? 1 : 0);
      // halves by franchise, so that no story is in both
      const half = (row: Row) =>
        hash(titles.get(row.animeId)!.franchise ?? String(row.animeId)) % 2;
      const people = [...lists(rows).values()].filter((list) => list.length >= 30);
      const shares = people.map((list) =>
        [0, 1].map((which) => mean(list.filter((row) => half(row) === which).map(isGenre))),
      );
      shares.sort((a, b) => b[0] - a[0]);
      const lovers = mean(shares.slice(0, Math.floor(shares.length / 10)).map((pair) => pair[1]));
      expect(lovers / mean(shares.map((pair) => pair[1]))).toBeGreaterThan(1.3);
    },
  );

  it('can be learned: what is listed together finds a hidden favourite far better than popularity, and not always', () => {
    const hits = hitsAtTen(rows, titles.size);
    expect(hits.people).toBeGreaterThan(200);
    expect(hits.together).toBeGreaterThan(2 * hits.popular);
    expect(hits.together / hits.people).toBeLessThan(0.8);
  });

  it('gives the same bytes for the same seed and others for another', async () => {
    const digest = async (options: SampleOptions) => {
      const { folder } = await sampleOf({ people: 50, titles: 600, ...options });
      const hashes = await Promise.all(
        FILES.map(async (file) =>
          createHash('sha256')
            .update(await readFile(join(folder, file)))
            .digest('hex'),
        ),
      );
      return hashes.join();
    };
    const first = await digest({ seed: 5 });
    expect(await digest({ seed: 5 })).toBe(first);
    expect(await digest({ seed: 6 })).not.toBe(first);
  });

  it('writes exactly the rows asked for, at least one a person, whatever the size', async () => {
    const sizes = fc
      .record({
        people: fc.integer({ min: 1, max: 60 }),
        titles: fc.integer({ min: 1, max: 500 }),
        fill: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ people, titles, fill }) => {
        const longest = Math.max(1, Math.floor(0.6 * titles));
        return { people, titles, rows: people + Math.floor(fill * people * (longest - 1)) };
      });
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        const { folder, rows } = await sampleOf(size);
        expect(rows.length).toBe(size.rows);
        expect(lists(rows).size).toBe(size.people);
        expect(new Set(rows.map((row) => row.user * 1e6 + row.animeId)).size).toBe(rows.length);
        await rm(folder, { recursive: true });
      }),
      {
        numRuns: 25,
        examples: [
          [{ people: 1, titles: 1, rows: 1 }],
          [{ people: 2, titles: 1_147, rows: 1_376 }],
        ],
      },
    );
  });

  it.each([
    // the real titles hold these, if only just
    [{ people: 30, rows: 30 * 688 }, 1_147],
    [{ people: 30, rows: 30 * 700 }, 4_375],
    [{ people: 2, rows: 8_000 }, 25_000],
  ])('adds titles when the real ones cannot hold the rows of %j', async (asked, titles) => {
    const folder = newFolder();
    expect(await writeSample(folder, asked)).toEqual({ ...asked, titles });
    const rows = await readRows(folder);
    expect(rows).toHaveLength(asked.rows);
    expect(new Set(rows.map((row) => row.user * 1e6 + row.animeId)).size).toBe(rows.length);
  });

  it.each<[string, SampleOptions, RegExp]>([
    ['no people', { people: 0 }, /people is 0/],
    ['a part of a person', { people: 1.5 }, /people is 1\.5/],
    ['no titles', { titles: 0 }, /titles is 0/],
    ['no rows', { rows: 0 }, /rows is 0/],
    ['a seed that is no number', { seed: Number.NaN }, /seed is NaN/],
    ['fewer rows than people', { people: 10, rows: 9 }, /between 10 and \d+ rows/],
    ['more rows than the titles allow', { people: 10, rows: 100_000 }, /100000 rows for 10 people/],
  ])('refuses %s and leaves no folder', async (_, options, message) => {
    const folder = newFolder();
    await expect(writeSample(folder, options)).rejects.toThrow(UsageError);
    await expect(writeSample(folder, options)).rejects.toThrow(message);
    await expect(readdir(folder)).rejects.toThrow(/ENOENT/);
  });

  it('leaves nothing, not even the folders it made, when interrupted', async () => {
    const top = newFolder();
    const stop = new AbortController();
    let updates = 0;
    const progress = { ...NO_PROGRESS, update: () => ++updates === 2 && stop.abort() };
    const large = { people: 3_000, rows: 1_000_000, titles: 3_000, signal: stop.signal, progress };
    await expect(writeSample(join(top, 'deep', 'er'), large)).rejects.toThrow(InterruptedError);
    expect(updates).toBe(2);
    await expect(readdir(top)).rejects.toThrow(/ENOENT/);
  });

  it('keeps an earlier sample and other files as they were when interrupted', async () => {
    const folder = newFolder();
    await writeSample(folder, { people: 5 });
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const before = await readFile(join(folder, 'animelist.csv'));
    await expect(writeSample(folder, { people: 6, signal: AbortSignal.abort() })).rejects.toThrow(
      InterruptedError,
    );
    expect((await readdir(folder)).sort()).toEqual([...FILES, 'notes.txt'].sort());
    expect(await readFile(join(folder, 'animelist.csv'))).toEqual(before);
  });

  it('removes what a killed process left, and not what a running one is writing', async () => {
    const folder = newFolder();
    const dead = join(folder, '.partial-2147483646-sample');
    const alive = join(folder, `.partial-${process.ppid}-sample`);
    for (const path of [dead, alive]) {
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'animelist.csv'), 'user_id,ani');
    }
    await writeSample(folder, { people: 5 });
    expect((await readdir(folder)).sort()).toEqual(
      [`.partial-${process.ppid}-sample`, ...FILES].sort(),
    );
  });

  it.each(['anime.csv', 'animelist.csv', 'rating_complete.csv'])(
    'does not write over %s of somebody who made no sample',
    async (name) => {
      const folder = newFolder();
      await mkdir(folder);
      await writeFile(join(folder, name), 'mine');
      await expect(writeSample(folder, { people: 5 })).rejects.toThrow(
        /is not a sample; choose another/,
      );
      expect(await readdir(folder)).toEqual([name]);
      expect(await readFile(join(folder, name), 'utf8')).toBe('mine');
    },
  );

  it('reports the rows as they are written', async () => {
    const seen: string[] = [];
    const progress = {
      step: (label: string, total?: number, unit?: string) =>
        void seen.push(`${label} ${total} ${unit}`),
      update: (done: number) => void seen.push(String(done)),
      note: () => {},
      end: () => void seen.push('end'),
    };
    await writeSample(newFolder(), { people: 10, rows: 200, progress });
    expect(seen).toEqual(['Drawing synthetic people 200 rows', '200', 'end']);
  });

  it('fails with a clear error when the folder is a file', async () => {
    const file = newFolder();
    await writeFile(file, '');
    await expect(writeSample(file, { people: 5 })).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function lists(rows: readonly Row[]): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const list = found.get(row.user);
    if (list) list.push(row);
    else found.set(row.user, [row]);
  }
  return found;
}

/** The franchise and the place in it, some parts further. */
function place({ franchise, order = 0 }: SampleTitle, further: number): string {
  return `${franchise} ${order + further}`;
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest()[0];
}

/**
 * A favourite of every third person hidden: how often it is in the ten best by popularity, and by EASE
 * (Steck 2019, λ = 50) on who listed what, both counted on the other people.
 */
function hitsAtTen(
  rows: readonly Row[],
  titles: number,
): { people: number; popular: number; together: number } {
  const index = new Map([...new Set(rows.map((row) => row.animeId))].map((id, i) => [id, i]));
  const profiles = [...lists(rows).values()].map((list) =>
    list.filter((row) => row.status !== STATUS.plan_to_watch),
  );
  const gram = Array.from({ length: titles }, (_, i) =>
    new Float64Array(titles).fill(50, i, i + 1),
  );
  const counts = new Float64Array(titles);
  for (const list of profiles.filter((_, p) => p % 3 !== 0)) {
    const items = list.map((row) => index.get(row.animeId)!);
    for (const i of items) {
      counts[i]++;
      for (const j of items) gram[i][j]++;
    }
  }
  invert(gram);
  const result = { people: 0, popular: 0, together: 0 };
  for (const list of profiles.filter((_, p) => p % 3 === 0)) {
    const liked = list.filter((row) => row.rating >= 8);
    if (list.length < 10 || liked.length === 0) continue;
    const hidden = index.get(liked[Math.floor(liked.length / 2)].animeId)!;
    const known = list.map((row) => index.get(row.animeId)!).filter((item) => item !== hidden);
    const together = (j: number) => known.reduce((sum, i) => sum - gram[i][j] / gram[j][j], 0);
    result.people++;
    if (rankOf(hidden, known, titles, (j) => counts[j]) < 10) result.popular++;
    if (rankOf(hidden, known, titles, together) < 10) result.together++;
  }
  return result;
}

/** Gauss–Jordan in place; the matrix is symmetric and positive definite, so no pivoting. */
function invert(a: readonly Float64Array[]): void {
  for (let k = 0; k < a.length; k++) {
    const pivot = 1 / a[k][k];
    a[k][k] = 1;
    for (let j = 0; j < a.length; j++) a[k][j] *= pivot;
    for (let i = 0; i < a.length; i++) {
      if (i === k) continue;
      const factor = a[i][k];
      a[i][k] = 0;
      for (let j = 0; j < a.length; j++) a[i][j] -= factor * a[k][j];
    }
  }
}

/** How many titles, the known ones apart, score higher than `item`. */
function rankOf(
  item: number,
  known: readonly number[],
  titles: number,
  score: (item: number) => number,
): number {
  const skip = new Set(known);
  const own = score(item);
  let rank = 0;
  for (let j = 0; j < titles; j++) if (!skip.has(j) && score(j) > own) rank++;
  return rank;
}
