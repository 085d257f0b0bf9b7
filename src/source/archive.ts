/**
 * An archive over HTTP(S): redirects, resumed by range after a break, checked, and complete or not there.
 *
 *   <home>/source/<name>.zip            the archive
 *   <home>/source/<name>.zip.json       where it came from, its size and SHA-256
 *   <home>/source/.<name>.zip.part      what has arrived so far, with .part.json beside it
 */
import { createHash } from 'node:crypto';
import {
  type FileHandle,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError, OsusumeError, UsageError } from '../error.ts';
import { sha256Of } from '../home/artefact.ts';
import { withPidLock } from '../home/pid-lock.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';

/** The 2020 data set. */
export const KAGGLE_2020 =
  'https://www.kaggle.com/api/v1/datasets/download/hernan4444/anime-recommendation-database-2020';

export interface FetchArchiveOptions {
  readonly home: string;
  readonly url?: string;
  /** take the copy that is there, when it came from this address and is whole */
  readonly reuse?: boolean;
  /** tries in a row that bring nothing new before giving up */
  readonly attempts?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
  /** waits before another try */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface FetchedArchive {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Longest and shortest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 60_000;
const SHORTEST_PAUSE = 1_000;

/** @throws OsusumeError when the server refuses, keeps breaking off, or sends no zip */
export async function fetchArchive(options: FetchArchiveOptions): Promise<FetchedArchive> {
  const { home, url = KAGGLE_2020, reuse = false, progress = NO_PROGRESS, signal } = options;
  const address = parseAddress(url);
  const folder = join(home, 'source');
  const name = archiveName(address);
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  if (reuse) {
    const copy = await existingCopy(path, address);
    if (copy) {
      progress.note(
        `Using ${path}, fetched before from ${withoutSecrets(url)}; "osusume fetch" gets it anew`,
      );
      return copy;
    }
  }
  const part = join(folder, `.${name}.part`);
  // Two processes must not write one part file.
  return withPidLock(join(folder, `.${name}.lock`), `Fetching ${withoutSecrets(url)}`, async () => {
    await download(address, part, options);
    await requireZip(part, url);
    progress.step(`checking ${name}`);
    const { size: bytes } = await stat(part);
    const sha256 = await sha256Of(part);
    if (signal?.aborted) throw interrupted(url);
    const about = { url: fingerprint(address), from: withoutSecrets(url), bytes, sha256 };
    await rm(`${path}.json`, { force: true });
    await rename(part, path);
    await writeFile(`${path}.json`, `${JSON.stringify(about, null, 2)}\n`);
    await rm(`${part}.json`, { force: true });
    progress.note(`${path}: ${bytes} bytes, SHA-256 ${sha256}`);
    progress.end();
    return { path, bytes, sha256 };
  });
}

/** An address as it may be shown: without user, password, query and fragment. */
export function withoutSecrets(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`;
  } catch {
    return 'the address';
  }
}

async function download(address: URL, part: string, options: FetchArchiveOptions): Promise<void> {
  const {
    attempts = 6,
    signal,
    wait = (ms) => sleep(ms, undefined, { signal }),
    progress = NO_PROGRESS,
  } = options;
  for (let failures = 0; ; ) {
    const before = await sizeOf(part);
    try {
      await receive(address, part, options);
      return;
    } catch (error) {
      if (signal?.aborted) throw interrupted(address.href);
      if (error instanceof OsusumeError || isFileError(error)) throw error;
      failures = (await sizeOf(part)) > before ? 1 : failures + 1;
      const reason = reasonOf(error);
      if (failures >= attempts) {
        throw new OsusumeError(
          `Fetching ${withoutSecrets(address.href)} failed ${failures} times in a row (${reason}): check the connection and run the command again; what has arrived is kept`,
        );
      }
      const pause =
        (error instanceof Busy && error.retryAfter) || SHORTEST_PAUSE * 2 ** (failures - 1);
      progress.note(`Fetching was broken off (${reason}); trying again`);
      await wait(Math.min(LONGEST_PAUSE, pause)).catch(() => {
        throw interrupted(address.href);
      });
    }
  }
}

/** One request: the rest of what has arrived already, or all of it. */
async function receive(
  address: URL,
  part: string,
  { signal, progress = NO_PROGRESS, fetch: get = fetch }: FetchArchiveOptions,
): Promise<void> {
  const started = await readStart(part, address);
  const offset = started ? await sizeOf(part) : 0;
  const response = await get(`${address.origin}${address.pathname}${address.search}`, {
    headers: {
      ...credentials(address),
      ...(started && offset > 0 ? { range: `bytes=${offset}-`, 'if-range': started.etag } : {}),
    },
    redirect: 'follow',
    signal,
  });
  if (response.status === 416 && started?.total === offset)
    return void (await response.body?.cancel());
  const resumed = response.status === 206 && offset > 0 && rangeStart(response) === offset;
  if (response.status === 416 || (response.status === 206 && !resumed)) {
    await response.body?.cancel();
    await rm(part, { force: true });
    throw new Error('the server sent another part than was asked for');
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw refusal(response, address.href);
  }
  const from = resumed ? offset : 0;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total =
    response.headers.has('content-encoding') || Number.isNaN(length) ? null : from + length;
  const file = await open(part, resumed ? 'a' : 'w');
  try {
    if (!resumed) await writeStart(part, address, response.headers.get('etag'), total);
    progress.step(`fetching ${withoutSecrets(address.href)}`, total ?? undefined, 'bytes');
    const size = await writeBody(file, response.body, from, progress);
    if (total !== null && size !== total) throw new Error(`${size} of ${total} bytes arrived`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeBody(
  file: FileHandle,
  body: ReadableStream<Uint8Array>,
  from: number,
  progress: Progress,
): Promise<number> {
  let size = from;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
    size += chunk.length;
    progress.update(size);
  }
  return size;
}

/** Worth another try; the server says when. */
class Busy extends Error {
  constructor(
    message: string,
    readonly retryAfter: number | null,
  ) {
    super(message);
  }
}

function refusal({ status, headers }: Response, url: string): Error {
  const shown = withoutSecrets(url);
  if (status === 429 || status === 408 || status >= 500) {
    const seconds = Number(headers.get('retry-after'));
    return new Busy(`the server answered ${status}`, seconds > 0 ? seconds * 1000 : null);
  }
  if (status === 401 || status === 403) {
    return new OsusumeError(
      `${shown} answered ${status}: it asks for a login. Download the archive in a browser and give its path with --source`,
    );
  }
  if (status === 404)
    return new OsusumeError(`${shown} answered 404: there is no such archive. Check the address`);
  return new OsusumeError(
    `${shown} answered ${status}: check the address, or download the archive in a browser and give its path with --source`,
  );
}

/** What a part file belongs to; resumed only when the server can tell that it is still the same file. */
async function readStart(
  part: string,
  address: URL,
): Promise<{ etag: string; total: number | null } | null> {
  try {
    const start: unknown = JSON.parse(await readFile(`${part}.json`, 'utf8'));
    const { url, etag, total } = (start ?? {}) as Record<string, unknown>;
    if (url !== fingerprint(address) || typeof etag !== 'string') return null;
    return { etag, total: typeof total === 'number' ? total : null };
  } catch {
    return null;
  }
}

async function writeStart(
  part: string,
  address: URL,
  etag: string | null,
  total: number | null,
): Promise<void> {
  // a weak tag does not promise the same bytes
  if (etag === null || etag.startsWith('W/')) return rm(`${part}.json`, { force: true });
  await writeFile(`${part}.json`, JSON.stringify({ url: fingerprint(address), etag, total }));
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

async function requireZip(part: string, url: string): Promise<void> {
  const file = await open(part, 'r');
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4).finally(() => file.close());
  if (buffer.toString('latin1', 0, 2) === 'PK') return;
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
  throw new OsusumeError(
    `${withoutSecrets(url)} sent something that is not a zip archive (perhaps a page that asks for a login): download it in a browser and give its path with --source`,
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

/** Tells addresses apart without keeping what may be secret in them. */
function fingerprint(address: URL): string {
  return createHash('sha256').update(address.href).digest('hex');
}

function credentials({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A "%" that begins no code stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function rangeStart(response: Response): number {
  return Number(
    /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN,
  );
}

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function isFileError(error: unknown): boolean {
  return ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EISDIR'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}

/** The cause of "fetch failed" says more; a message with an address in it is not repeated. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? (/:\/\//.test(message) ? 'the connection failed' : message);
}

function interrupted(url: string): InterruptedError {
  return new InterruptedError(
    `Interrupted while fetching ${withoutSecrets(url)}; what has arrived is kept and fetching goes on from there`,
  );
}
