/** The catalogue of a source, with what lies beside it: synopses, relations, an anime-offline-database. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anime } from '../../data/anime.ts';
import { writeCatalogue } from '../../data/catalogue/catalogue-parquet.ts';
import {
  type ReadCatalogue,
  readCatalogueFile,
  readSynopsisFile,
} from '../../data/catalogue/catalogue-reader.ts';
import type { RelatedTitles } from '../../data/catalogue/related.ts';
import { readRelationsFile } from '../../data/catalogue/relations-reader.ts';
import { adultReport } from './adult-report.ts';
import { dialectNotes, missingNotes } from './ingest-notes.ts';
import { type AdultReport, type FileReport, fileReport } from './ingest-report.ts';
import { type IngestWork, secondsSince, stopWhenAborted } from './ingest-work.ts';
import { addOfflineDatabase } from './offline-titles.ts';
import { requireFewFaults, requireRows } from './row-limits.ts';

export interface IngestedCatalogue {
  readonly titles: ReadonlyMap<number, Anime>;
  /** of the layout */
  readonly layout: string;
  readonly numbers: ReadonlyMap<number, number> | null;
  readonly adult: AdultReport;
  readonly files: readonly FileReport[];
}

export async function ingestCatalogue(work: IngestWork): Promise<IngestedCatalogue> {
  const files: FileReport[] = [];
  const read = await readMain(work, files);
  const titles = read?.titles ?? new Map<number, Anime>();
  const related: RelatedTitles = new Map(read?.related);
  await addSynopses(work, titles, files);
  await addRelations(work, titles, related, files);
  await addOfflineDatabase(work, { titles, related, isCatalogue: read === null, files });
  const adult = adultReport(titles.values());
  const label = work.source.catalogue?.label ?? work.source.offline!.label;
  work.notes.push(...missingNotes(label, read?.missing ?? new Set(), adult));
  stopWhenAborted(work.signal);
  await writeCatalogue(work.connection, join(work.folder, 'anime.parquet'), titles.values());
  await writeRelated(join(work.folder, 'related.json'), related);
  const layout = read?.layout.id ?? 'offline';
  return { titles, layout, numbers: read?.numbers ?? null, adult, files };
}

/** @returns null when the offline database is the catalogue */
async function readMain(work: IngestWork, files: FileReport[]): Promise<ReadCatalogue | null> {
  const { source, rejects, maxRejected, progress, notes } = work;
  if (!source.catalogue) return null;
  const { label, path } = source.catalogue;
  progress.step(`reading ${label}`);
  const started = performance.now();
  const account = rejects.open(label);
  const read = await readCatalogueFile(path, account);
  requireRows(account, maxRejected);
  notes.push(...dialectNotes(label, read.encoding, read.separator));
  files.push(fileReport(account, { ...read, layout: read.layout.name }, secondsSince(started)));
  return read;
}

async function addSynopses(
  { source, rejects, maxRejected, notes }: IngestWork,
  titles: Map<number, Anime>,
  files: FileReport[],
): Promise<void> {
  if (!source.synopses) return;
  const { label, path } = source.synopses;
  const started = performance.now();
  const account = rejects.open(label);
  const read = await readSynopsisFile(path, titles, account);
  requireFewFaults(account, maxRejected);
  notes.push(...dialectNotes(label, read.encoding, read.separator));
  const layout = 'synopses of MyAnimeList 2020';
  files.push(fileReport(account, { ...read, layout }, secondsSince(started)));
}

async function addRelations(
  { source, rejects, maxRejected, notes }: IngestWork,
  titles: ReadonlyMap<number, Anime>,
  related: RelatedTitles,
  files: FileReport[],
): Promise<void> {
  if (!source.relations) return;
  const { label, path } = source.relations;
  const started = performance.now();
  const account = rejects.open(label);
  const read = await readRelationsFile(path, titles, related, account);
  requireFewFaults(account, maxRejected);
  notes.push(...dialectNotes(label, read.encoding, read.separator));
  const layout = 'relations of MyAnimeList 2021/22';
  files.push(fileReport(account, { ...read, layout }, secondsSince(started)));
}

/** Nothing when there is none, so that the rows of a source without relations stay what they were. */
async function writeRelated(path: string, related: RelatedTitles): Promise<void> {
  if (related.size === 0) return;
  const sorted = [...related].sort(([a], [b]) => a - b);
  const lines = sorted.map(([animeId, others]) => JSON.stringify({ animeId, others }));
  await writeFile(path, `[\n${lines.join(',\n')}\n]\n`);
}
