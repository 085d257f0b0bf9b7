/**
 * The built-in sample: real titles and synthetic people, as a folder in the layout of the 2020 data set.
 * It can be made in any size for benchmarks: 325,772 people and 109 million rows take 2 GB.
 */
import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { normal, random } from '../../data/random.ts';
import { InterruptedError, UsageError } from '../../error.ts';
import { partialName, removeLeftovers } from '../../home/leftovers.ts';
import { NO_PROGRESS, type Progress } from '../../progress.ts';
import { animeCsv, synopsisCsv, WATCHING_STATUS_CSV } from './catalogue-csv.ts';
import { RowWriter } from './row-writer.ts';
import { Taste } from './taste.ts';
import { type SampleTitle, sampleTitles } from './titles.ts';

export interface SampleOptions {
  /** default 4,000 */
  readonly people?: number;
  /** exact number of rows in animelist.csv; default: up to 335 a person, fewer when there are few titles */
  readonly rows?: number;
  /** default: the real titles of the sample, or as many as `rows` need; beyond the real ones they are synthetic */
  readonly titles?: number;
  /** default 42; the same seed and options give the same bytes */
  readonly seed?: number;
  readonly progress?: Progress;
  /** aborting ends with InterruptedError and leaves nothing */
  readonly signal?: AbortSignal;
}

export interface SampleSize {
  readonly people: number;
  readonly rows: number;
  readonly titles: number;
}

interface SizeOptions {
  readonly people: number;
  readonly rows?: number;
  readonly titles?: number;
  readonly seed: number;
}

interface Size {
  readonly titles: readonly SampleTitle[];
  readonly rows: number;
  readonly longest: number;
}

/** A folder or archive with this file contains no real person's ratings. */
export const SYNTHETIC_MARK = 'SYNTHETIC.md';
const SYNTHETIC_NOTE =
  'The ratings in this folder are synthetic: drawn by a seeded model of taste. No real person is in them.\n';

/** A list has at most this share of all titles, and at most this many. */
const LONGEST_SHARE = 0.6;
const LONGEST = 8_000;
/** Mean length of a list: as in the 2020 data set, and as a share of the titles when there are few. */
const MEAN_LENGTH = 335;
const MEAN_SHARE = 0.05;
/** Where rows need more titles than there are: so many that lists have this share of them on average. */
const CROWDED_SHARE = 0.16;
/** σ of the log-normal list length: in the 2020 data set the mean is 1.67 = e^(σ²/2) times the median. */
const LENGTH_DEVIATION = 1.016;

/**
 * Writes anime.csv, anime_with_synopsis.csv, animelist.csv, watching_status.csv and the mark into `folder`.
 * They appear together at the end, or not at all.
 * @throws UsageError for impossible sizes and for a folder with real lists, InterruptedError when `signal` aborts
 */
export async function writeSample(
  folder: string,
  options: SampleOptions = {},
): Promise<SampleSize> {
  const { people = 4_000, seed = 42, progress = NO_PROGRESS, signal } = options;
  requireCount('people', people);
  if (options.titles !== undefined) requireCount('titles', options.titles);
  if (!Number.isSafeInteger(seed))
    throw new UsageError(`Making a sample: seed is ${seed}, expected a whole number`);
  const { titles, rows, longest } = await sizeOf({ ...options, people, seed });
  throwIfAborted(signal);
  await refuseRealLists(folder);
  const lengths = listLengths(people, rows, longest, seed);
  await writeTogether(folder, {
    [SYNTHETIC_MARK]: (path) => writeFile(path, SYNTHETIC_NOTE),
    'anime.csv': (path) => writeFile(path, animeCsv(titles)),
    'anime_with_synopsis.csv': (path) => writeFile(path, synopsisCsv(titles)),
    'watching_status.csv': (path) => writeFile(path, WATCHING_STATUS_CSV),
    'animelist.csv': async (path) => {
      progress.step('Drawing synthetic people', rows, 'rows');
      const ids = titles.map((title) => title.id);
      await writeLists(path, lengths, ids, new Taste(titles, seed, longest), progress, signal);
      progress.end();
    },
  });
  return { people, rows, titles: titles.length };
}

/** The titles, how many rows there are and how long a list may be. */
async function sizeOf({ people, rows, titles: count, seed }: SizeOptions): Promise<Size> {
  const longestOf = (titles: number) =>
    Math.max(1, Math.min(LONGEST, Math.floor(LONGEST_SHARE * titles)));
  let titles = await sampleTitles(count, seed);
  if (rows === undefined) {
    const mean = Math.min(MEAN_LENGTH, MEAN_SHARE * titles.length);
    rows = Math.max(people, Math.round(people * mean));
  }
  requireCount('rows', rows);
  const mean = rows / people;
  if (count === undefined && mean <= LONGEST && mean > longestOf(titles.length))
    titles = await sampleTitles(Math.ceil(mean / CROWDED_SHARE), seed);
  const longest = longestOf(titles.length);
  if (rows >= people && rows <= people * longest) return { titles, rows, longest };
  throw new UsageError(
    `Making a sample: ${rows} rows for ${people} people and ${titles.length} titles; choose between ${people} and ${people * longest} rows, or change --people or --titles`,
  );
}

/** Lists without the mark of a sample are real ones, which must not be overwritten. */
async function refuseRealLists(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  const own = names.find((name) => /^(anime|rating)[a-z_]*\.csv$/.test(name));
  if (own === undefined || names.includes(SYNTHETIC_MARK)) return;
  throw new UsageError(
    `Making a sample: ${join(folder, own)} is there already and is not a sample; choose another folder`,
  );
}

function requireCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new UsageError(
    `Making a sample: ${name} is ${value}, expected a whole number of at least 1`,
  );
}

/** Writes one list for each person, numbered from 1, through one buffer. */
async function writeLists(
  path: string,
  lengths: Int32Array,
  animeIds: readonly number[],
  taste: Taste,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    const writer = new RowWriter(file, animeIds);
    for (let user = 0; user < lengths.length; user++) {
      writer.add(user + 1, taste.draw(lengths[user]));
      if (!writer.isFull) continue;
      await writer.flush();
      progress.update(writer.rows);
      throwIfAborted(signal);
    }
    await writer.flush();
    progress.update(writer.rows);
    throwIfAborted(signal);
    await file.sync();
  } finally {
    await file.close();
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new InterruptedError('Making a sample was interrupted; nothing was kept');
}

/** Log-normal lengths between 1 and `longest` that add up to exactly `rows`. */
function listLengths(people: number, rows: number, longest: number, seed: number): Int32Array {
  const uniform = random(seed + 1);
  const raw = Float64Array.from({ length: people }, () =>
    Math.exp(LENGTH_DEVIATION * normal(uniform)),
  );
  const at = (scale: number, u: number) =>
    Math.min(longest, Math.max(1, Math.floor(scale * raw[u])));
  const sum = (scale: number) => {
    let total = 0;
    for (let u = 0; u < people; u++) total += at(scale, u);
    return total;
  };
  // bisection: the largest scale whose lengths do not exceed `rows`
  let low = 0;
  let high = longest * 1e6;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (sum(middle) <= rows) low = middle;
    else high = middle;
  }
  const lengths = Int32Array.from(raw, (_, u) => at(low, u));
  let missing = rows - sum(low);
  while (missing > 0) {
    for (let u = 0; u < people && missing > 0; u++) {
      if (lengths[u] === longest) continue;
      lengths[u]++;
      missing--;
    }
  }
  return lengths;
}

/** Writes each file under a temporary name and renames them all at the end; when one fails, none is left. */
async function writeTogether(
  folder: string,
  files: Record<string, (path: string) => Promise<void>>,
): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  const partial = join(folder, partialName('sample'));
  try {
    await removeLeftovers(folder);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    for (const [name, write] of Object.entries(files)) await write(join(partial, name));
    for (const name of Object.keys(files)) await rename(join(partial, name), join(folder, name));
    await rmdir(partial);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (firstMade) await removeEmpty(folder, dirname(firstMade));
    throw error;
  }
}

/** Removes `folder` and its parents below `top` while they are empty. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  for (; folder !== top && folder !== dirname(folder); folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      return; // it contains other files
    }
  }
}
