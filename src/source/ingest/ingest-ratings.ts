/** The ratings of a source: one file or the parts of one, read once, checked and written while the next bytes are on their way. */
import { createHash, type Hash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_ANIME_ID } from '../../data/catalogue/catalogue-reader.ts';
import { asUtf8, type Encoding } from '../../data/csv/encoding.ts';
import { countRows, sortRows } from '../../data/csv/interactions-parquet.ts';
import { PersonNames } from '../../data/csv/person-names.ts';
import type { RatingPlan } from '../../data/csv/rating-plan.ts';
import { RatingReader } from '../../data/csv/rating-reader.ts';
import type { FileAccount } from '../../data/csv/rejects.ts';
import { RowBlocks } from '../../data/csv/row-blocks.ts';
import type { Recognised } from '../../data/layout/layout.ts';
import type { RatingLayout } from '../../data/layout/rating-layouts.ts';
import { UnusableFileError } from '../../error.ts';
import type { RatingsFile } from '../ratings-file.ts';
import type { IngestedCatalogue } from './ingest-catalogue.ts';
import { dialectNotes, statusNotes } from './ingest-notes.ts';
import { type FileReport, fileReport } from './ingest-report.ts';
import { type IngestWork, secondsSince, stopWhenAborted } from './ingest-work.ts';
import { requireRows } from './row-limits.ts';

export interface IngestedRatings {
  readonly file: FileReport;
  /** of the layout */
  readonly layout: string;
  readonly users: number;
  readonly dated: boolean;
}

/** What the parts of a file share while they are read. */
interface Reading {
  readonly work: IngestWork;
  readonly catalogue: IngestedCatalogue;
  readonly account: FileAccount;
  readonly known: Uint8Array;
  readonly numbers: Int32Array | null;
  readonly names: PersonNames;
  readonly hash: Hash;
  people: RowBlocks | null;
  plan: RatingPlan | null;
  recognised: Recognised<RatingLayout> | null;
  encoding: Encoding;
  bytes: number;
}

export async function ingestRatings(
  work: IngestWork,
  catalogue: IngestedCatalogue,
): Promise<IngestedRatings> {
  const started = performance.now();
  const { folder, rows, maxRejected, notes } = work;
  const parts = work.source.ratings;
  const label = labelOf(parts);
  const account = work.rejects.open(label);
  const reading: Reading = {
    ...{ work, catalogue, account, names: new PersonNames(), hash: createHash('sha256') },
    ...{ known: knownTitles(catalogue), numbers: numbersOf(catalogue) },
    ...{ people: null, plan: null, recognised: null, encoding: 'UTF-8', bytes: 0 },
  };
  const people = await unlessUnusable(parts, async () => {
    for (const part of parts) if (!(await readRows(part, reading))) break;
    const people = reading.people!;
    people.finish();
    await writeBlocks(reading);
    await work.writer.end();
    requireRows(account, maxRejected, people.rows);
    return people;
  });
  stopWhenAborted(work.signal);
  const parquet = join(folder, 'interactions.parquet');
  const sorted = people.sorted ? people : await sortScattered(work, parquet, label);
  account.duplicates = people.duplicates + (people.rows - sorted.rows);
  account.kept = sorted.rows;
  const { encoding, bytes } = reading;
  const { layout, header } = reading.recognised!;
  const sha256 = rows > 0 ? null : reading.hash.digest('hex');
  const facts = { layout: layout.name, encoding, bytes, sha256 };
  const file = fileReport(account, facts, secondsSince(started));
  notes.push(
    ...dialectNotes(label, encoding, header.separator),
    ...statusNotes(reading.plan!, file),
  );
  return { file, layout: layout.id, users: sorted.users, dated: reading.plan!.hasTime };
}

function labelOf(parts: readonly RatingsFile[]): string {
  if (parts.length === 1) return parts[0].label;
  return `${parts[0].label} … ${parts.at(-1)!.label} (${parts.length} files)`;
}

/** What was kept of files that make no sense is dropped. */
async function unlessUnusable<T>(
  parts: readonly RatingsFile[],
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnusableFileError) for (const part of parts) await part.discard();
    throw error;
  }
}

/** @returns false when no more rows are wanted */
async function readRows(part: RatingsFile, reading: Reading): Promise<boolean> {
  const { account, hash, work } = reading;
  const { rows, maxRejected, progress, signal, source } = work;
  const isOnly = source.ratings.length === 1;
  if (!isOnly) account.part = part.label;
  progress.step(part.doing, part.size, 'bytes');
  const raw = hashed(
    part.read((bytes) => progress.update(bytes)),
    rows === 0 ? hash : null,
  );
  let reader: RatingReader | null = null;
  const open = (encoding: Encoding) => {
    reading.encoding = encoding;
    const size = isOnly && encoding === 'UTF-8' ? part.plainSize : null;
    reader = readerFor(reading, part, { size, rows, maxRejected });
  };
  let wantsMore = true;
  for await (const chunk of asUtf8(raw, open)) {
    stopWhenAborted(signal);
    wantsMore = reader!.push(chunk);
    if (!wantsMore) break;
    await writeBlocks(reading);
  }
  if (!reader) open('UTF-8');
  const done = reader! as RatingReader;
  done.end();
  reading.bytes += done.bytes;
  requireSameLayout(part, reading, done.recognised);
  await writeBlocks(reading);
  return wantsMore;
}

function readerFor(
  reading: Reading,
  part: RatingsFile,
  limits: { size: number | null; rows: number; maxRejected: number },
): RatingReader {
  const { account, known, numbers, names, catalogue, work } = reading;
  return new RatingReader({
    ...{ account, known, numbers, names, ...limits },
    seenUnscored: catalogue.layout === '2016' || catalogue.layout === 'offline',
    sinkFor: (plan) => {
      requireOwnIds(plan, catalogue, part.label);
      reading.plan ??= plan;
      reading.people ??= new RowBlocks({
        titles: known.length,
        hasTenths: plan.hasTenths,
        hasTimes: plan.hasTime,
        free: work.writer.free,
      });
      return reading.people;
    },
  });
}

/** The data set of 2025 numbers its titles itself: its ratings mean nothing with another catalogue, nor others with its own. */
function requireOwnIds(plan: RatingPlan, { numbers, layout }: IngestedCatalogue, label: string) {
  if (plan.hasOwnIds === (numbers !== null)) return;
  throw new UnusableFileError(
    plan.hasOwnIds
      ? `${label} numbers titles as the 2025 data set does, and the catalogue (${layout}) has MyAnimeList's ids: put animes.csv of that data set beside it`
      : `${label} has MyAnimeList's ids, and the catalogue of the 2025 data set numbers titles itself: put ratings.csv of that data set beside it`,
  );
}

/** Parts of one file have one header. */
function requireSameLayout(
  part: RatingsFile,
  reading: Reading,
  found: Recognised<RatingLayout>,
): void {
  const first = reading.recognised;
  reading.recognised ??= found;
  if (!first || first.header.names.join() === found.header.names.join()) return;
  throw new UnusableFileError(
    `${part.label} has other columns than the parts before it (${found.header.names.join(', ')}): give the parts of one file`,
  );
}

async function writeBlocks({ people, work: { writer } }: Reading): Promise<void> {
  for (let block = people?.take(); block; block = people?.take()) await writer.write(block);
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  hash: Hash | null,
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    hash?.update(chunk);
    yield chunk;
  }
}

/** Only for files that are not sorted by user. */
async function sortScattered(
  { connection, progress }: IngestWork,
  parquet: string,
  label: string,
): Promise<{ rows: number; users: number }> {
  progress.step(`sorting ${label} by user`);
  const scattered = `${parquet}.scattered`;
  await rename(parquet, scattered);
  await sortRows(connection, scattered, parquet);
  await rm(scattered);
  return countRows(connection, parquet);
}

function knownTitles({ titles }: IngestedCatalogue): Uint8Array {
  let largest = 0;
  for (const animeId of titles.keys()) largest = Math.max(largest, animeId);
  const known = new Uint8Array(Math.min(largest, MAX_ANIME_ID) + 1);
  for (const animeId of titles.keys()) known[animeId] = 1;
  return known;
}

/** animeId by the catalogue's own number; 0 = no title. */
function numbersOf({ numbers }: IngestedCatalogue): Int32Array | null {
  if (!numbers) return null;
  let largest = 0;
  for (const number of numbers.keys()) largest = Math.max(largest, number);
  const animeIds = new Int32Array(largest + 1);
  for (const [number, animeId] of numbers) animeIds[number] = animeId;
  return animeIds;
}
