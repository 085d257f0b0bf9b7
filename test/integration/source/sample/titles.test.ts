import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeHTML } from 'entities';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  FIRST_SYNTHETIC_ID,
  realTitles,
  type SampleTitle,
  sampleTitles,
} from '../../../../src/source/sample/titles.ts';
import { csvRows } from '../../../support/csv-rows.ts';
import { sharedData } from '../../../support/shared.ts';

const shared = sharedData('mal-sample');

describe('realTitles()', () => {
  let titles: SampleTitle[];
  beforeAll(async () => {
    titles = await realTitles();
  });

  it('gives at least 1,000 titles, each once, most listed first', () => {
    expect(titles.length).toBeGreaterThanOrEqual(1_000);
    expect(new Set(titles.map((title) => title.id)).size).toBe(titles.length);
    for (let t = 1; t < titles.length; t++)
      expect(titles[t].members).toBeLessThanOrEqual(titles[t - 1].members);
  });

  it('covers the eras, the types, the famous and the niche', () => {
    const decades = new Set(titles.map((title) => Math.floor(title.year / 10) * 10));
    expect([...decades].sort()).toEqual([1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]);
    expect(new Set(titles.map((title) => title.type)).size).toBe(6);
    expect(titles.filter((title) => title.members > 1_000_000).length).toBeGreaterThan(20);
    expect(titles.filter((title) => title.members < 50_000).length).toBeGreaterThan(200);
    expect(titles.filter((title) => title.ratingClass === 'Rx').length).toBeGreaterThan(0);
  });

  it('orders each franchise from 1 without gaps, in the order of broadcast', () => {
    const franchises = groups(titles);
    franchises.delete(undefined);
    expect(franchises.size).toBeGreaterThanOrEqual(100);
    for (const [name, parts] of franchises) {
      parts.sort((a, b) => a.order! - b.order!);
      expect(parts.length, name).toBeGreaterThanOrEqual(2);
      expect(
        parts.map((part) => part.order),
        name,
      ).toEqual(parts.map((_, k) => k + 1));
      for (let k = 1; k < parts.length; k++)
        expect(parts[k].airedFrom >= parts[k - 1].airedFrom, name).toBe(true);
    }
  });

  it('says what each is about in a sentence of its own', () => {
    for (const { title, synopsis } of titles) {
      expect(synopsis, title).toMatch(/^[A-Z][^\n]{20,180}[.]$/);
      expect(synopsis.slice(0, -1), title).not.toMatch(/[a-z]{3}[.!] [A-Z]/);
    }
    expect(new Set(titles.map((title) => title.synopsis)).size).toBe(titles.length);
  });
});

describe('sampleTitles()', () => {
  it('gives the most listed titles when fewer are asked for', async () => {
    const real = await realTitles();
    expect(await sampleTitles(10, 1)).toEqual(real.slice(0, 10));
    expect(await sampleTitles(undefined, 1)).toEqual(real);
  });

  it('adds titles that are plainly synthetic when more are asked for, the same for the same seed', async () => {
    const real = await realTitles();
    const titles = await sampleTitles(real.length + 500, 7);
    const synthetic = titles.filter((title) => title.id >= FIRST_SYNTHETIC_ID);
    expect(titles.length).toBe(real.length + 500);
    expect(synthetic.length).toBe(500);
    for (const { title, synopsis } of synthetic) {
      expect(title).toMatch(/^Synthetic T\d{5}( Season \d)?$/);
      expect(synopsis).toMatch(/No such anime exists/);
    }
    expect(new Set(titles.map((title) => title.title)).size).toBe(titles.length);
    expect(await sampleTitles(real.length + 500, 7)).toEqual(titles);
    expect(await sampleTitles(real.length + 500, 8)).not.toEqual(titles);
  });
});

describe.skipIf(!shared)('the facts of the sample, against the real catalogue', () => {
  let titles: SampleTitle[];
  let catalogue: Map<number, Record<string, string>>;
  beforeAll(async () => {
    titles = await realTitles();
    const rows = csvRows(await readFile(join(shared!, 'anime.csv'), 'utf8'));
    catalogue = new Map(rows.map((row) => [Number(row.MAL_ID), row]));
  });

  it('are true', () => {
    const wrong = titles.flatMap((title) => contradictions(title, catalogue.get(title.id)));
    expect(wrong).toEqual([]);
  });

  it.each<[string, Partial<SampleTitle>]>([
    ['id', { id: 6 }],
    ['title', { title: 'Cowboy Bepop' }],
    ['english', { english: 'Space Cowboys' }],
    ['japanese', { japanese: 'カウボーイビバッブ' }],
    ['type', { type: 'OVA' }],
    ['episodes', { episodes: 25 }],
    ['year', { year: 1999 }],
    ['season', { season: 'fall' }],
    ['airedFrom', { airedFrom: '1998-05' }],
    ['airedTo', { airedTo: '1999-05' }],
    ['minutes', { minutes: 30 }],
    ['source', { source: 'Manga' }],
    ['studios', { studios: ['Sunrise', 'Bones'] }],
    ['genres', { genres: ['Action', 'Mecha'] }],
    ['ratingClass', { ratingClass: 'PG' }],
    ['members', { members: 600_000 }],
    ['score', { score: 8.3 }],
  ])('a wrong %s would be noticed', (_, change) => {
    const bebop = titles.find((title) => title.id === 1)!;
    const changed = { ...bebop, ...change };
    expect(contradictions(bebop, catalogue.get(bebop.id))).toEqual([]);
    expect(contradictions(changed, catalogue.get(changed.id))).not.toEqual([]);
  });

  it('share no run of six words with the texts of the data set', async () => {
    const ours = new Map(
      titles.flatMap(({ title, synopsis }) =>
        runs(synopsis).map((run): [string, string] => [run, title]),
      ),
    );
    const begins = new Set([...ours.keys()].map((run) => run.split(' ', 2).join(' ')));
    const texts = csvRows(await readFile(join(shared!, 'anime_with_synopsis.csv'), 'utf8'));
    const copied = texts.flatMap((row) =>
      runs(row.sypnopsis, begins)
        .filter((run) => ours.has(run))
        .map((run) => `${ours.get(run)}: ${run}`),
    );
    expect(texts.length).toBeGreaterThan(16_000);
    expect(copied).toEqual([]);
  });
});

const RATING_CLASS = {
  G: 'G - ',
  PG: 'PG - ',
  'PG-13': 'PG-13 - ',
  R: 'R - ',
  'R+': 'R+ - ',
  Rx: 'Rx - ',
};

/** What the row of the real catalogue says against a title; names are compared by their letters and digits. */
function contradictions(title: SampleTitle, row: Record<string, string> | undefined): string[] {
  if (!row) return [`${title.id} is no title's id`];
  const known = (column: string) =>
    row[column] === 'Unknown' ? undefined : decodeHTML(row[column]);
  const list = (column: string) => known(column)?.split(', ') ?? [];
  const [from, to] = (known('Aired') ?? '').split(' to ');
  const agrees: Record<string, boolean> = {
    title: title.title === known('Name'),
    english: !known('English name') || letters(title.english) === letters(known('English name')),
    japanese:
      !known('Japanese name') || letters(title.japanese) === letters(known('Japanese name')),
    type: title.type === known('Type'),
    episodes: String(title.episodes ?? 'Unknown') === row.Episodes,
    year: from.endsWith(String(title.year)),
    season: seasonOf(title) === known('Premiered')?.toLowerCase(),
    airedFrom: title.airedFrom === monthOf(from),
    airedTo: !title.airedTo || !to || to === '?' || title.airedTo === monthOf(to),
    minutes: !known('Duration') || Math.abs(title.minutes - minutesOf(row.Duration)) <= 1,
    source: title.source === known('Source'),
    studios: [...title.studios].sort().join() === list('Studios').sort().join(),
    genres: title.genres.every((genre) => list('Genres').includes(genre)),
    ratingClass: !known('Rating') || row.Rating.startsWith(RATING_CLASS[title.ratingClass]),
    members: Math.abs(Math.log(title.members / Number(row.Members))) < Math.log(1.35),
    score: !known('Score') || Math.abs(title.score - Number(row.Score)) < 0.16,
  };
  const wrong = Object.keys(agrees).filter((fact) => !agrees[fact]);
  return wrong.map(
    (fact) =>
      `${title.id} ${title.title}: ${fact} is ${JSON.stringify(title[fact as keyof SampleTitle])}, the catalogue says ${JSON.stringify(row)}`,
  );
}

/** `winter 2021`, also for December 2020. */
function seasonOf({ season, year, airedFrom }: SampleTitle): string | undefined {
  const late = season === 'winter' && airedFrom.endsWith('-12');
  return season && `${season} ${late ? year + 1 : year}`;
}

function letters(name = ''): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** `Apr 3, 1998` → `1998-04` */
function monthOf(date: string): string {
  const [, month, year] = /^(?:([A-Z][a-z]{2})(?: \d+)?, )?(\d{4})$/.exec(date) ?? [];
  const number =
    1 +
    ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].indexOf(
      month,
    );
  return month ? `${year}-${String(number).padStart(2, '0')}` : year;
}

/** `1 hr. 55 min.` → 115 */
function minutesOf(duration: string): number {
  return (
    60 * Number(/(\d+) hr/.exec(duration)?.[1] ?? 0) + Number(/(\d+) min/.exec(duration)?.[1] ?? 0)
  );
}

/** All runs of six words, or those whose first two words are in `begins`. */
function runs(text: string, begins?: ReadonlySet<string>): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  const found: string[] = [];
  for (let w = 0; w + 6 <= words.length; w++) {
    if (begins && !begins.has(`${words[w]} ${words[w + 1]}`)) continue;
    found.push(words.slice(w, w + 6).join(' '));
  }
  return found;
}

function groups(titles: readonly SampleTitle[]): Map<string | undefined, SampleTitle[]> {
  const found = new Map<string | undefined, SampleTitle[]>();
  for (const title of titles)
    found.set(title.franchise, [...(found.get(title.franchise) ?? []), title]);
  return found;
}
