/**
 * The files of a data set in a folder: plain, gzipped, or in a zip archive (of one file or of all). Packed files are
 * unpacked into a working folder.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InterruptedError, OsusumeError } from '../error.ts';
import type { Progress } from '../progress.ts';
import { SYNTHETIC_MARK } from './sample/sample.ts';
import { type OpenZip, openZip } from './zip.ts';

/** One file of the data set. `label` is the name that people know, e.g. "animelist.csv.gz". */
export interface SourceFile {
  readonly label: string;
  /** a plain CSV */
  readonly path: string;
}

export interface SourceFiles {
  readonly catalogue: SourceFile;
  readonly synopses: SourceFile | null;
  readonly ratings: SourceFile;
  /** whether the folder or archive of the ratings has the mark that they are of no real person */
  readonly synthetic: boolean;
}

export interface UnpackOptions {
  /** an existing folder to unpack into */
  readonly work: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** File names in order of preference. */
const CATALOGUE = ['anime.csv'];
const SYNOPSES = ['anime_with_synopsis.csv'];
const RATINGS = ['animelist.csv', 'rating.csv', 'rating_complete.csv'];

/** @throws OsusumeError when the folder cannot be read or lacks a required file */
export async function openFolder(folder: string, options: UnpackOptions): Promise<SourceFiles> {
  const names = await readdir(folder);
  return openPaths(folder, new Map(names.map((name) => [name, join(folder, name)])), options);
}

/**
 * @param source for messages
 * @param paths where each file lies, by its name in the data set
 */
export async function openPaths(
  source: string,
  paths: Paths,
  options: UnpackOptions,
): Promise<SourceFiles> {
  const zips = [...paths].filter(([name]) => isZip(name)).map(([, path]) => path);
  const { archives, damaged } = await openAll(zips);
  try {
    const find = (name: string) => locate(paths, archives, name);
    // when a required file is missing, it may be in the damaged archive: then report the damage
    const [firstDamage] = damaged;
    if (firstDamage && !(firstOf(find, CATALOGUE) && firstOf(find, RATINGS))) throw firstDamage;
    for (const { message } of damaged) options.progress.note(`Skipped: ${message}`);
    return await openFiles(source, find, options);
  } finally {
    for (const [, zip] of archives) zip.close();
  }
}

/** The files of one archive. */
export async function openArchive(path: string, options: UnpackOptions): Promise<SourceFiles> {
  const zip = await openZip(path);
  try {
    return await openFiles(path, (name) => locate(new Map(), [[path, zip]], name), options);
  } finally {
    zip.close();
  }
}

type Paths = ReadonlyMap<string, string>;

function isZip(name: string): boolean {
  return name.toLowerCase().endsWith('.zip');
}

/** Of the files in a place where fetching costs something, those that openPaths() would read. */
export function neededNames(names: readonly string[]): string[] {
  const chosen = [CATALOGUE, SYNOPSES, RATINGS].map((wanted) =>
    wanted.flatMap((name) => [name, `${name}.gz`]).find((name) => names.includes(name)),
  );
  const [catalogue, , ratings] = chosen;
  const archives = catalogue && ratings ? [] : names.filter(isZip);
  const mark = names.includes(SYNTHETIC_MARK) ? [SYNTHETIC_MARK] : [];
  return [...chosen.filter((name) => name !== undefined), ...archives, ...mark];
}

/** Whether a file is that of the ratings, not packed. */
export function isPlainRatings(name: string): boolean {
  return RATINGS.includes(name);
}

/** A file that was found, and how to make it a plain CSV. */
interface Found {
  readonly label: string;
  /** whether its folder or archive is marked as synthetic */
  readonly synthetic: boolean;
  unpack(options: UnpackOptions): Promise<string>;
}

type Find = (name: string) => Found | null;

function firstOf(find: Find, wanted: readonly string[]): Found | null {
  for (const name of wanted) {
    const found = find(name);
    if (found) return found;
  }
  return null;
}

async function openFiles(source: string, find: Find, options: UnpackOptions): Promise<SourceFiles> {
  const catalogue = firstOf(find, CATALOGUE);
  const ratings = firstOf(find, RATINGS);
  if (!catalogue) throw missing(source, CATALOGUE);
  if (!ratings) throw missing(source, RATINGS);
  const synopses = firstOf(find, SYNOPSES);
  const unpack = async (found: Found) => ({
    label: found.label,
    path: await found.unpack(options),
  });
  return {
    catalogue: await unpack(catalogue),
    synopses: synopses && (await unpack(synopses)),
    ratings: await unpack(ratings),
    synthetic: ratings.synthetic,
  };
}

/** Plain before gzipped before zipped. */
function locate(
  paths: Paths,
  archives: readonly (readonly [string, OpenZip])[],
  name: string,
): Found | null {
  const synthetic = paths.has(SYNTHETIC_MARK);
  const plain = paths.get(name);
  if (plain !== undefined) return { label: name, synthetic, unpack: async () => plain };
  const path = paths.get(`${name}.gz`);
  if (path !== undefined) {
    return {
      label: `${name}.gz`,
      synthetic,
      unpack: (options) => gunzip(path, join(options.work, name), options),
    };
  }
  for (const [path, zip] of archives) {
    for (const entry of [name, `${name}.gz`]) {
      if (zip.names.includes(entry))
        return {
          label: `${basename(path)}: ${entry}`,
          synthetic: zip.names.includes(SYNTHETIC_MARK),
          unpack: (options) => unzip(path, zip, entry, options),
        };
    }
  }
  return null;
}

/** Unpacks a gzip file. @throws OsusumeError when it is cut off or not gzip */
export async function gunzip(
  from: string,
  to: string,
  { progress, signal }: UnpackOptions,
): Promise<string> {
  progress.step(`unpacking ${basename(from)}`, (await stat(from)).size, 'bytes');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      progress.update(bytes);
      done(null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: 1 << 18 }),
      count,
      createGunzip({ chunkSize: 1 << 18 }),
      createWriteStream(to),
      { signal },
    );
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError(`Interrupted while unpacking ${from}`);
    if (!isGzipError(error)) throw error;
    throw new OsusumeError(
      `Cannot unpack ${from}: ${error.message}. The file is not gzip, or is cut off: get it again`,
    );
  }
  return to;
}

async function unzip(
  path: string,
  zip: OpenZip,
  entry: string,
  options: UnpackOptions,
): Promise<string> {
  const to = join(options.work, entry);
  options.progress.step(`unpacking ${basename(path)}: ${entry}`, zip.sizeOf(entry), 'bytes');
  await zip.extract(entry, to, {
    signal: options.signal,
    onBytes: (bytes) => options.progress.update(bytes),
  });
  return entry.endsWith('.gz') ? gunzip(to, to.slice(0, -3), options) : to;
}

function isGzipError(error: unknown): error is Error {
  return error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '');
}

interface OpenedZips {
  readonly archives: readonly (readonly [string, OpenZip])[];
  /** why the others could not be opened; unrelated archives may lie beside the files */
  readonly damaged: readonly OsusumeError[];
}

async function openAll(paths: readonly string[]): Promise<OpenedZips> {
  const archives: [string, OpenZip][] = [];
  const damaged: OsusumeError[] = [];
  try {
    for (const path of paths) {
      try {
        archives.push([path, await openZip(path)]);
      } catch (error) {
        if (!(error instanceof OsusumeError)) throw error;
        damaged.push(error);
      }
    }
    return { archives, damaged };
  } catch (error) {
    for (const [, zip] of archives) zip.close();
    throw error;
  }
}

function missing(source: string, wanted: readonly string[]): OsusumeError {
  return new OsusumeError(
    `${source} has no ${wanted.join(' or ')} (nor .gz or .zip of it): give a folder or archive with the files of the data set; "osusume fetch" gets it`,
  );
}
