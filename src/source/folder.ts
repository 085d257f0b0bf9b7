/**
 * The files of a data set in a folder: plain, gzipped, or in a zip archive (of one file or of all). Packed files are
 * unpacked into a working folder, but for a gzip of the ratings.
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OsusumeError } from '../error.ts';
import { type ByteSource, fileBytes } from './byte-source.ts';
import { gunzip, type UnpackOptions } from './gunzip.ts';
import { type RatingsFile, ratingsFile } from './ratings-file.ts';
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
  readonly ratings: RatingsFile;
  /** whether the folder or archive of the ratings has the mark that they are of no real person */
  readonly synthetic: boolean;
}

/** File names in order of preference. */
const CATALOGUE = ['anime.csv'];
const SYNOPSES = ['anime_with_synopsis.csv'];
const RATINGS = ['animelist.csv', 'rating.csv', 'rating_complete.csv'];

/** @throws OsusumeError when the folder cannot be read or lacks a required file */
export async function openFolder(folder: string, options: UnpackOptions): Promise<SourceFiles> {
  const names = await readdir(folder);
  return openPlaces(folder, new Map(names.map((name) => [name, join(folder, name)])), options);
}

/** Where each file lies, by its name in the data set. A file of ratings may be one that is still to arrive. */
export type Places = ReadonlyMap<string, string | ByteSource>;

/** @param source for messages */
export async function openPlaces(
  source: string,
  places: Places,
  options: UnpackOptions,
): Promise<SourceFiles> {
  const zips = [...places].flatMap(([name, place]) =>
    isZip(name) && typeof place === 'string' ? [place] : [],
  );
  const { archives, damaged } = await openAll(zips);
  try {
    const find = (name: string) => locate(places, archives, name);
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

function isZip(name: string): boolean {
  return name.toLowerCase().endsWith('.zip');
}

/** Of the files in a place where fetching costs something, those that openPlaces() would read. */
export function neededNames(names: readonly string[]): string[] {
  const chosen = [CATALOGUE, SYNOPSES, RATINGS].map((wanted) =>
    wanted.flatMap((name) => [name, `${name}.gz`]).find((name) => names.includes(name)),
  );
  const [catalogue, , ratings] = chosen;
  const archives = catalogue && ratings ? [] : names.filter(isZip);
  const mark = names.includes(SYNTHETIC_MARK) ? [SYNTHETIC_MARK] : [];
  return [...chosen.filter((name) => name !== undefined), ...archives, ...mark];
}

/** Whether a file is that of the ratings by itself, plain or gzip. */
export function isRatings(name: string): boolean {
  return RATINGS.includes(name.replace(/\.gz$/, ''));
}

/** A file that was found. */
interface Found {
  readonly label: string;
  /** whether its folder or archive is marked as synthetic */
  readonly synthetic: boolean;
  /** @returns the path of a plain CSV */
  unpack(options: UnpackOptions): Promise<string>;
  /** Opens it as the file of the ratings. */
  open(options: UnpackOptions): Promise<RatingsFile>;
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
    ratings: await ratings.open(options),
    synthetic: ratings.synthetic,
  };
}

/** Plain before gzipped before zipped. */
function locate(
  places: Places,
  archives: readonly (readonly [string, OpenZip])[],
  name: string,
): Found | null {
  const synthetic = places.has(SYNTHETIC_MARK);
  for (const label of [name, `${name}.gz`]) {
    const place = places.get(label);
    if (place !== undefined) return { label, synthetic, ...inPlace(place, name, label) };
  }
  for (const [path, zip] of archives) {
    for (const entry of [name, `${name}.gz`]) {
      if (!zip.names.includes(entry)) continue;
      const label = `${basename(path)}: ${entry}`;
      const unpack = (options: UnpackOptions) => unzip(path, zip, entry, options);
      return {
        ...{ label, unpack },
        synthetic: zip.names.includes(SYNTHETIC_MARK),
        open: async (options) =>
          ratingsFile(label, await fileBytes(await unpack(options), label), false),
      };
    }
  }
  return null;
}

/** A plain file is used where it lies. */
function inPlace(
  place: string | ByteSource,
  name: string,
  label: string,
): Pick<Found, 'unpack' | 'open'> {
  const isPacked = label !== name;
  return {
    unpack: async ({ work, ...options }) => {
      if (typeof place !== 'string') throw new Error(`${label} can only be read as it arrives`);
      return isPacked ? gunzip(place, join(work, name), { work, ...options }) : place;
    },
    open: async () =>
      ratingsFile(label, typeof place === 'string' ? await fileBytes(place) : place, isPacked),
  };
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
