/** Stage: a source of ratings and titles → checked rows in Parquet, with an account of every row read. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import type { CloudOptions } from './cloud/open-store.ts';
import { IngestSettings } from './config/stage-settings.ts';
import { Rejects } from './data/csv/rejects.ts';
import { RowWriter } from './data/csv/row-writer.ts';
import { withDatabase } from './data/database.ts';
import { UsageError } from './error.ts';
import { type Artefact, writeArtefact } from './home/artefact.ts';
import { readOrigin, writeOrigin } from './home/origin.ts';
import { runStage } from './home/stage.ts';
import { ROWS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { ingestCatalogue } from './source/ingest/ingest-catalogue.ts';
import { ingestRatings } from './source/ingest/ingest-ratings.ts';
import { type IngestReport, reportLines, withoutSeconds } from './source/ingest/ingest-report.ts';
import { type IngestWork, secondsSince, stopWhenAborted } from './source/ingest/ingest-work.ts';
import { openSource } from './source/source.ts';

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
  const { home, signal, progress = NO_PROGRESS } = options;
  const started = performance.now();
  const work = join(folder, '.work');
  await mkdir(work);
  stopWhenAborted(signal);
  const { fetch, cloud } = options;
  const source = await openSource(options.source, { home, work, progress, signal, fetch, cloud });
  const rejects = new Rejects(join(folder, 'rejected.csv'));
  const writer = new RowWriter(join(folder, 'interactions.parquet'));
  const { rows, maxRejected } = options;
  const notes: string[] = [];
  const given = { folder, source, rejects, writer, rows, maxRejected, progress, signal, notes };
  try {
    const report = await readAll(given, join(work, 'spill'), options);
    const written = options.reproducible
      ? withoutSeconds(report)
      : { ...report, seconds: secondsSince(started) };
    await writeFile(join(folder, 'report.json'), `${JSON.stringify(written, null, 2)}\n`);
    progress.end();
    for (const line of reportLines(report)) progress.note(line);
    return written;
  } finally {
    await writer.stop();
    rejects.close();
    await rm(work, { recursive: true, force: true });
  }
}

function readAll(
  given: Omit<IngestWork, 'connection'>,
  temporaryFolder: string,
  { threads, signal }: Settings,
): Promise<IngestReport> {
  const { name, synthetic } = given.source;
  return withDatabase({ threads, temporaryFolder, signal }, async (connection) => {
    const work = { ...given, connection };
    const catalogue = await ingestCatalogue(work);
    const ratings = await ingestRatings(work, catalogue);
    return {
      source: { name, synthetic },
      layout: { catalogue: catalogue.layout, ratings: ratings.layout },
      rows: ratings.file.kept,
      users: ratings.users,
      titles: catalogue.titles.size,
      adult: catalogue.adult,
      dated: ratings.dated,
      files: [...catalogue.files, ratings.file],
      notes: work.notes,
    };
  });
}
