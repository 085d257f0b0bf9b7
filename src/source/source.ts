/** Opens a source of ratings: a folder, a zip archive, an address, cloud storage, or the built-in sample. */
import { mkdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isCloudAddress } from '../cloud/address.ts';
import type { CloudOptions } from '../cloud/open-store.ts';
import { OsusumeError, UsageError } from '../error.ts';
import type { Progress } from '../progress.ts';
import { fetchArchive } from './archive.ts';
import type { SourceFiles } from './choose-files.ts';
import { openArchive, openFolder, openPlaces } from './folder.ts';
import { withoutSecrets } from './resumable-download.ts';
import { writeSample } from './sample/sample.ts';

export interface OpenedSource extends SourceFiles {
  /** e.g. "sample", or the name of the folder */
  readonly name: string;
}

export interface OpenSourceOptions {
  readonly home: string;
  /** an existing folder; the caller removes it */
  readonly work: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
  readonly cloud?: CloudOptions;
}

/** @param source a folder, a .zip, an http(s) or gs:// address, or null for the built-in sample */
export async function openSource(
  source: string | null,
  options: OpenSourceOptions,
): Promise<OpenedSource> {
  const { home, progress, signal } = options;
  const work = join(options.work, 'source');
  await mkdir(work);
  const unpack = { work, progress, signal };
  if (source === null) {
    const folder = join(options.work, 'sample');
    await writeSample(folder, { progress, signal });
    return { name: 'sample', ...(await openFolder(folder, unpack)) };
  }
  if (/^https?:/i.test(source)) {
    const { path } = await fetchArchive({
      home,
      url: source,
      reuse: true,
      progress,
      signal,
      fetch: options.fetch,
    });
    return { name: withoutSecrets(source), ...(await openArchive(path, unpack)) };
  }
  if (isCloudAddress(source)) {
    const { fetchCloudFolder } = await import('./cloud-folder.ts');
    const { cloud } = options;
    const { name, places } = await fetchCloudFolder(source, { home, progress, signal, cloud });
    return { name, ...(await openPlaces(name, places, unpack)) };
  }
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(source)) {
    throw new OsusumeError(
      `Cannot read from "${source.split('://')[0]}://…": a source is a folder, a .zip, or an http(s) or gs:// address`,
    );
  }
  const path = resolve(source);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new OsusumeError(
      `There is no ${source} to read from: check --source; "osusume fetch" gets the data set`,
    );
  });
  const name = basename(path);
  if (found.isDirectory()) return { name, ...(await openFolder(path, unpack)) };
  if (/\.csv(\.gz)?$/i.test(name))
    throw new UsageError(
      `${source} is one file of a data set: give the folder that it lies in, with anime.csv beside the lists`,
    );
  return { name, ...(await openArchive(path, unpack)) };
}
