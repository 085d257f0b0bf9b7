/**
 * The files of a data set in a folder, in the folders one level down, and in zip archives: plain, packed with gzip or
 * Zstandard, or Parquet. Packed files are unpacked into a working folder, but for those of the ratings.
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OsusumeError } from '../error.ts';
import type { ByteSource } from './byte-source.ts';
import { chooseFiles, MissingFileError, type SourceFiles } from './choose-files.ts';
import { type DataFile, fileInFolder, fileInZip } from './data-file.ts';
import { SYNTHETIC_MARK } from './sample/sample.ts';
import type { UnpackOptions } from './unpack-file.ts';
import { type OpenZip, openZip } from './zip.ts';

/** @throws OsusumeError when the folder cannot be read or lacks a required file */
export async function openFolder(folder: string, options: UnpackOptions): Promise<SourceFiles> {
  const places = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) places.set(entry.name, path);
    else if (!entry.name.startsWith('.'))
      for (const name of await readdir(path).catch((): string[] => []))
        places.set(`${entry.name}/${name}`, join(path, name));
  }
  return openPlaces(folder, places, options);
}

/** Where each file lies, by its name in the data set. A file of ratings may be one that is still to arrive. */
export type Places = ReadonlyMap<string, string | ByteSource>;

/** @param source for messages */
export async function openPlaces(
  source: string,
  places: Places,
  options: UnpackOptions,
): Promise<SourceFiles> {
  const { archives, damaged } = await openAll(places);
  try {
    const found: DataFile[] = [];
    for (const [label, place] of places) {
      const folder = folderOf(label);
      const synthetic = places.has(folder === '' ? SYNTHETIC_MARK : `${folder}/${SYNTHETIC_MARK}`);
      const file = fileInFolder(place, { label, folder, synthetic });
      if (file) found.push(file);
    }
    for (const { path, zip, label } of archives)
      found.push(...filesInZip(path, zip, label, folderOf(label)));
    const [firstDamage] = damaged;
    try {
      return await chooseFiles(source, found, options);
    } catch (error) {
      // a file that is missing may be in the damaged archive
      throw error instanceof MissingFileError && firstDamage ? firstDamage : error;
    } finally {
      for (const { message } of damaged) options.progress.note(`Skipped: ${message}`);
    }
  } finally {
    for (const { zip } of archives) zip.close();
  }
}

/** The files of one archive. */
export async function openArchive(path: string, options: UnpackOptions): Promise<SourceFiles> {
  const zip = await openZip(path);
  try {
    return await chooseFiles(path, filesInZip(path, zip, basename(path), ''), options);
  } finally {
    zip.close();
  }
}

function filesInZip(path: string, zip: OpenZip, archive: string, folder: string): DataFile[] {
  const synthetic = zip.names.includes(SYNTHETIC_MARK);
  return zip.names.flatMap((entry) => {
    const label = `${archive}: ${entry}`;
    return fileInZip(path, zip, entry, { label, folder, synthetic }) ?? [];
  });
}

function folderOf(label: string): string {
  return label.includes('/') ? label.slice(0, label.indexOf('/')) : '';
}

interface Archive {
  readonly label: string;
  readonly path: string;
  readonly zip: OpenZip;
}

interface OpenedZips {
  readonly archives: readonly Archive[];
  /** why the others could not be opened; unrelated archives may lie beside the files */
  readonly damaged: readonly OsusumeError[];
}

async function openAll(places: Places): Promise<OpenedZips> {
  const archives: Archive[] = [];
  const damaged: OsusumeError[] = [];
  try {
    for (const [label, path] of places) {
      if (typeof path !== 'string' || !label.toLowerCase().endsWith('.zip')) continue;
      try {
        archives.push({ label, path, zip: await openZip(path) });
      } catch (error) {
        if (!(error instanceof OsusumeError)) throw error;
        damaged.push(error);
      }
    }
    return { archives, damaged };
  } catch (error) {
    for (const { zip } of archives) zip.close();
    throw error;
  }
}
