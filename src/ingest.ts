/** Stage: a source of ratings and titles → checked rows in Parquet, with an account of every row read. */
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { Value } from 'typebox/value';
import type { CloudOptions } from './cloud/open-store.ts';
import { IngestSettings } from './config/stage-settings.ts';
import type { Anime } from './data/anime.ts';
import { writeCatalogue } from './data/catalogue-parquet.ts';
import { MAX_ANIME_ID, readCatalogueFile, readSynopsisFile } from './data/csv/catalogue-reader.ts';
import {
  type FileReport,
  fileReport,
  type IngestReport,
  reportLines,
  withoutSeconds,
} from './data/csv/ingest-report.ts';
import { countRows, sortRows } from './data/csv/interactions-parquet.ts';
import type { CatalogueLayout, RatingLayout } from './data/csv/layout.ts';
import { RatingReader } from './data/csv/rating-reader.ts';
import { type FileAccount, Rejects } from './data/csv/rejects.ts';
import { RowBlocks } from './data/csv/row-blocks.ts';
import { RowWriter } from './data/csv/row-writer.ts';
import { withDatabase } from './data/database.ts';
import { InterruptedError, UnusableFileError, UsageError } from './error.ts';
import { type Artefact, writeArtefact } from './home/artefact.ts';
import { readOrigin, writeOrigin } from './home/origin.ts';
import { runStage } from './home/stage.ts';
import { ROWS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { type OpenedSource, openSource } from './source/source.ts';

export interface IngestOptions extends Readonly<Partial<IngestSettings>> {
  readonly home: string;
  /** a folder, a .zip, an http(s) or gs:// address; null = the built-in sample */
  readonly source: string | null;
  /** keeps times out of the rows' version, so that the same source makes the same one; default: false */
  readonly reproducible?: boolean;
  /** 0 = the machine's cores */
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
  readonly cloud?: CloudOptions;
  readonly clock?: () => Date;
}

/** @throws OsusumeError that names the file and the remedy; nothing is left half-written */
export async function ingest(
  options: IngestOptions,
): Promise<{ artefact: Artefact; report: IngestReport }> {
  const given = { rows: options.rows, maxRejected: options.maxRejected };
  const { rows, maxRejected } = Value.Default(IngestSettings, given) as IngestSettings;
  if (!Number.isSafeInteger(rows) || rows < 0)
    throw new UsageError(`Ingesting: rows is ${rows}, expected a whole number (0 = all)`);
  if (!(maxRejected >= 0 && maxRejected <= 1))
    throw new UsageError(`Ingesting: maxRejected is ${maxRejected}, expected a share from 0 to 1`);
  await requirePackages('ingest', ROWS);
  const { home, source, clock, reproducible, progress = NO_PROGRESS } = options;
  return runStage(home, 'ingest', progress, async () => {
    const before = await readOrigin(home);
    if (source === null && before.data === 'real') throw refusedSample(home, before.about);
    let report: IngestReport | undefined;
    const artefact = await writeArtefact(
      home,
      'ingest',
      async (folder) => {
        report = await fillFolder(folder, { ...options, rows, maxRejected });
        await remember(home, source, report, progress);
      },
      { clock, reproducible },
    );
    return { artefact, report: report! };
  });
}

function refusedSample(home: string, about: string): UsageError {
  return new UsageError(
    `Ingesting: no source was named, and ${home} holds ${about}, which the built-in sample must not replace. ` +
      'Name the source: --source <folder, .zip or address> (or OSUSUME_SOURCE, or "source" in a configuration). For the sample, choose another --home',
  );
}

/** Notes what the home holds before the new rows come into use: from then on the sample is refused there. */
async function remember(
  home: string,
  source: string | null,
  { source: { name } }: IngestReport,
  progress: Progress,
): Promise<void> {
  const before = await readOrigin(home);
  await writeOrigin(home, source === null ? 'sample' : 'real', name);
  if (source === null || before.data === 'nothing') return;
  progress.note(
    before.data === 'sample'
      ? `${home} held the built-in sample. From now on it holds real data, and a command without a source is refused there; the last versions of the sample go as new ones are made`
      : `${home} holds ${before.about}: the rows from ${name} take its place`,
  );
}

type Settings = IngestOptions & IngestSettings;

/** Temporary files lie in the folder's .work, so that they are removed with it if the process dies. */
async function fillFolder(folder: string, options: Settings): Promise<IngestReport> {
  const { home, threads, signal, progress = NO_PROGRESS } = options;
  const started = performance.now();
  const work = join(folder, '.work');
  await mkdir(work);
  stopWhenAborted(signal);
  const source = await openSource(options.source, {
    home,
    work,
    progress,
    signal,
    fetch: options.fetch,
    cloud: options.cloud,
  });
  const rejects = new Rejects(join(folder, 'rejected.csv'));
  const writer = new RowWriter(join(folder, 'interactions.parquet'));
  try {
    const report = await withDatabase(
      { threads, temporaryFolder: join(work, 'spill'), signal },
      async (connection) => {
        const work = { ...{ connection, folder, source, rejects, writer }, options };
        const catalogue = await ingestCatalogue(work);
        const ratings = await ingestRatings(work, catalogue);
        return {
          source: { name: source.name, synthetic: source.synthetic },
          layout: { catalogue: catalogue.layout, ratings: ratings.layout },
          rows: ratings.file.kept,
          users: ratings.users,
          titles: catalogue.titles.size,
          files: [...catalogue.files, ratings.file],
          seconds: secondsSince(started),
        };
      },
    );
    const written = options.reproducible ? withoutSeconds(report) : report;
    await writeFile(join(folder, 'report.json'), `${JSON.stringify(written, null, 2)}\n`);
    progress.end();
    for (const line of reportLines(report)) progress.note(line);
    return report;
  } finally {
    await writer.stop();
    rejects.close();
    await rm(work, { recursive: true, force: true });
  }
}

interface Work {
  readonly connection: DuckDBConnection;
  /** where the rows are written */
  readonly folder: string;
  readonly source: OpenedSource;
  readonly rejects: Rejects;
  readonly writer: RowWriter;
  readonly options: Settings;
}

interface IngestedCatalogue {
  readonly titles: ReadonlyMap<number, Anime>;
  readonly layout: CatalogueLayout;
  readonly files: readonly FileReport[];
}

async function ingestCatalogue(work: Work): Promise<IngestedCatalogue> {
  const { source, rejects } = work;
  const { maxRejected, progress = NO_PROGRESS, signal } = work.options;
  progress.step(`reading ${source.catalogue.label}`);
  let started = performance.now();
  const account = rejects.open(source.catalogue.label);
  const { titles, layout, ...read } = await readCatalogueFile(source.catalogue.path, account);
  requireRows(account, maxRejected);
  const files = [fileReport(account, read, secondsSince(started))];
  if (source.synopses) {
    started = performance.now();
    const account = rejects.open(source.synopses.label);
    const read = await readSynopsisFile(source.synopses.path, titles, account);
    requireFewFaults(account, maxRejected);
    files.push(fileReport(account, read, secondsSince(started)));
  }
  stopWhenAborted(signal);
  await writeCatalogue(work.connection, join(work.folder, 'anime.parquet'), titles.values());
  return { titles, layout, files };
}

async function ingestRatings(
  work: Work,
  { titles, layout }: IngestedCatalogue,
): Promise<{ file: FileReport; layout: RatingLayout; users: number }> {
  const { connection, folder } = work;
  const { rows, maxRejected, progress = NO_PROGRESS } = work.options;
  const source = work.source.ratings;
  const started = performance.now();
  const { label } = source;
  const account = work.rejects.open(label);
  const known = knownTitles(titles);
  const people = new RowBlocks(known.length, work.writer.free);
  const file = new RatingReader({
    account,
    catalogue: layout,
    known,
    size: source.plainSize,
    rows,
    maxRejected,
    sink: people,
  });
  let sha256: string | null;
  try {
    sha256 = await readRatings(file, people, work);
    requireRows(account, maxRejected, people.rows);
  } catch (error) {
    if (error instanceof UnusableFileError) await source.discard();
    throw error;
  }
  const parquet = join(folder, 'interactions.parquet');
  const sorted = people.sorted ? people : await sortScattered(connection, parquet, label, progress);
  account.duplicates = people.duplicates + (people.rows - sorted.rows);
  account.kept = sorted.rows;
  return {
    file: fileReport(account, { bytes: file.bytes, sha256 }, secondsSince(started)),
    layout: file.layout,
    users: sorted.users,
  };
}

/**
 * Rows are checked and written while the next bytes are on their way.
 * @returns SHA-256 of the file; null when only its first rows were wanted, of which it would mean nothing
 */
async function readRatings(
  file: RatingReader,
  people: RowBlocks,
  { source: { ratings }, writer, options }: Work,
): Promise<string | null> {
  const { rows, progress = NO_PROGRESS, signal } = options;
  const hash = createHash('sha256');
  const write = async () => {
    for (let block = people.take(); block; block = people.take()) await writer.write(block);
  };
  progress.step(ratings.doing, ratings.size, 'bytes');
  for await (const chunk of ratings.read((bytes) => progress.update(bytes))) {
    stopWhenAborted(signal);
    if (rows === 0) hash.update(chunk);
    if (!file.push(chunk)) break;
    await write();
  }
  file.end();
  people.finish();
  await write();
  await writer.end();
  stopWhenAborted(signal);
  return rows > 0 ? null : hash.digest('hex');
}

/** Only for files that are not sorted by user. */
async function sortScattered(
  connection: DuckDBConnection,
  parquet: string,
  label: string,
  progress: Progress,
) {
  progress.step(`sorting ${label} by user`);
  const scattered = `${parquet}.scattered`;
  await rename(parquet, scattered);
  await sortRows(connection, scattered, parquet);
  await rm(scattered);
  return countRows(connection, parquet);
}

function knownTitles(titles: ReadonlyMap<number, Anime>): Uint8Array {
  let largest = 0;
  for (const animeId of titles.keys()) largest = Math.max(largest, animeId);
  const known = new Uint8Array(Math.min(largest, MAX_ANIME_ID) + 1);
  for (const animeId of titles.keys()) known[animeId] = 1;
  return known;
}

function requireRows(account: FileAccount, maxRejected: number, kept = account.kept): void {
  if (account.read === 0)
    throw new UnusableFileError(
      `${account.file} has a header but no rows: get the file again from the data set`,
    );
  requireFewFaults(account, maxRejected);
  if (kept > 0) return;
  throw new UnusableFileError(
    account.faulty < account.read
      ? `None of the ${account.read} rows of ${account.file} is for a title of the catalogue: check that the two files belong together`
      : `None of the ${account.read} rows of ${account.file} can be used; the first are:\n${account.examples.join('\n')}\nGet the file again`,
  );
}

function requireFewFaults(
  { file, read, faulty, examples }: FileAccount,
  maxRejected: number,
): void {
  if (faulty <= maxRejected * read) return;
  const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
  throw new UnusableFileError(
    `${file}: ${faulty} of ${read} rows read are faulty (${percent(faulty / read)}, allowed are ${percent(maxRejected)}); the first are:\n${examples.join('\n')}\n` +
      'Get the file again, or allow more with --max-rejected (ingest.maxRejected in a configuration)',
  );
}

function secondsSince(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}

function stopWhenAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new InterruptedError('Interrupted while ingesting; nothing was changed');
}
