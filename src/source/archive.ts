/**
 * An archive over HTTP(S), complete or not there.
 *
 *   <home>/source/<name>.zip            the archive
 *   <home>/source/<name>.zip.json       where it came from, its size and SHA-256
 *   <home>/source/.<name>.zip.part      what has arrived so far, with .part.json beside it
 */
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OsusumeError, UsageError } from '../error.ts';
import { sha256Of } from '../home/checksum.ts';
import { withLock } from '../home/lock.ts';
import { PRIVATE_FILE, privateFolder } from '../home/modes.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import {
  type DownloadOptions,
  decoded,
  download,
  fingerprint,
  interrupted,
  sizeOf,
  withoutSecrets,
} from './resumable-download.ts';

/** The 2020 data set. */
export const KAGGLE_2020 =
  'https://www.kaggle.com/api/v1/datasets/download/hernan4444/anime-recommendation-database-2020';

export interface FetchArchiveOptions extends DownloadOptions {
  readonly home: string;
  readonly url?: string;
  /** uses the copy that is there, when it came from this address and is whole */
  readonly reuse?: boolean;
}

export interface FetchedArchive {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** @throws OsusumeError when the server refuses, keeps breaking off, or sends no zip */
export async function fetchArchive(options: FetchArchiveOptions): Promise<FetchedArchive> {
  const { home, url = KAGGLE_2020, reuse = false, progress = NO_PROGRESS } = options;
  const address = parseAddress(url);
  const folder = join(home, 'source');
  const name = archiveName(address);
  const path = join(folder, name);
  await privateFolder(folder);
  const copy = reuse ? await existingCopy(path, address) : null;
  if (copy) {
    progress.note(
      `Using ${path}, fetched before from ${withoutSecrets(address)}; "osusume fetch" gets it anew`,
    );
    return copy;
  }
  const part = join(folder, `.${name}.part`);
  // Two processes must not write one part file.
  const lock = join(folder, `.${name}.lock`);
  return withLock(lock, { doing: `Fetching ${withoutSecrets(address)}` }, async () => {
    await download(address, part, options);
    await requireZip(part, address);
    return keep(part, path, address, options);
  });
}

/** Checks the archive and gives it its name. */
async function keep(
  part: string,
  path: string,
  address: URL,
  { progress = NO_PROGRESS, signal }: { progress?: Progress; signal?: AbortSignal },
): Promise<FetchedArchive> {
  progress.step(`checking ${basename(path)}`);
  const { size: bytes } = await stat(part);
  const sha256 = await sha256Of(part);
  if (signal?.aborted) throw interrupted(address);
  const about = { url: fingerprint(address), from: withoutSecrets(address), bytes, sha256 };
  await rm(`${path}.json`, { force: true });
  await rename(part, path);
  await writeFile(`${path}.json`, `${JSON.stringify(about, null, 2)}\n`, {
    mode: PRIVATE_FILE,
  });
  await rm(`${part}.json`, { force: true });
  progress.note(`${path}: ${bytes} bytes, SHA-256 ${sha256}`);
  progress.end();
  return { path, bytes, sha256 };
}

async function existingCopy(path: string, address: URL): Promise<FetchedArchive | null> {
  try {
    const about: unknown = JSON.parse(await readFile(`${path}.json`, 'utf8'));
    const { url, bytes, sha256 } = (about ?? {}) as Record<string, unknown>;
    if (url !== fingerprint(address) || typeof bytes !== 'number' || bytes !== (await sizeOf(path)))
      return null;
    return sha256 === (await sha256Of(path)) ? { path, bytes, sha256 } : null;
  } catch {
    return null;
  }
}

async function requireZip(part: string, address: URL): Promise<void> {
  const file = await open(part, 'r');
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4).finally(() => file.close());
  if (buffer.toString('latin1', 0, 2) === 'PK') return;
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
  throw new OsusumeError(
    `${withoutSecrets(address)} sent something that is not a zip archive (perhaps a page that asks for a login): download it in a browser and give its path with --source`,
  );
}

function parseAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.protocol === 'http:' || address?.protocol === 'https:') return address;
  throw new UsageError(
    'Fetching an archive: the address is not an http(s) address. Give one like https://example.org/data.zip',
  );
}

function archiveName({ pathname }: URL): string {
  const last = decoded(pathname.split('/').findLast(Boolean) ?? 'archive').replace(
    /[^\w.-]+/g,
    '-',
  );
  const stem = last.replace(/\.zip$/i, '').replace(/^\.+/, '');
  return `${stem || 'archive'}.zip`;
}
