/** A file over HTTP(S), continued by range after a break, also in a later run. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { InterruptedError, OsusumeError } from '../error.ts';
import { PRIVATE_FILE } from '../home/modes.ts';
import { readChunks } from '../net/body.ts';
import { HttpError, statusError } from '../net/http-error.ts';
import { type RetryOptions, retry, TRANSFER_BACKOFF } from '../net/retry.ts';
import { send } from '../net/send.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';

export interface DownloadOptions extends Pick<RetryOptions, 'random' | 'sleep'> {
  /** attempts in a row that bring nothing new before giving up; default 6 */
  readonly attempts?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** As the server is called in messages. */
const SERVER = 'the server';

/**
 * @param part file for what has arrived; <part>.json says what it is part of
 * @throws OsusumeError when the server refuses or keeps breaking off, InterruptedError after `signal` has aborted
 */
export async function download(
  address: URL,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  const { attempts = 6, signal, progress = NO_PROGRESS, random, sleep } = options;
  try {
    await retry(() => receive(address, part, options), {
      attempts,
      signal,
      random,
      sleep,
      ...TRANSFER_BACKOFF,
      progress: () => sizeOf(part),
      onRetry: ({ message }) =>
        progress.note(`Fetching was interrupted (${message}); trying again`),
    });
  } catch (error) {
    if (signal?.aborted) throw interrupted(address);
    throw error instanceof HttpError ? explained(error, address, attempts) : error;
  }
}

/** An address that may be shown: without user, password, query and fragment. */
export function withoutSecrets(address: string | URL): string {
  if (!URL.canParse(String(address))) return 'the address';
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

/** Tells addresses apart without keeping the secrets in them. */
export function fingerprint(address: URL): string {
  return createHash('sha256').update(address.href).digest('hex');
}

/** A "%" that begins no code stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** 0 when there is no such file. */
export function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

export function interrupted(address: URL): InterruptedError {
  return new InterruptedError(
    `Interrupted while fetching ${withoutSecrets(address)}; the part that has arrived is kept, and the next run resumes from there`,
  );
}

/** One request, for what has not arrived yet. */
async function receive(address: URL, part: string, options: DownloadOptions): Promise<void> {
  const { signal, progress = NO_PROGRESS, fetch } = options;
  const started = await readStart(part, address);
  const offset = started ? await sizeOf(part) : 0;
  const headers = credentials(address);
  if (started && offset > 0)
    Object.assign(headers, { range: `bytes=${offset}-`, 'if-range': started.etag });
  const response = await send(SERVER, `${address.origin}${address.pathname}${address.search}`, {
    headers,
    redirect: 'follow',
    signal,
    fetch,
  });
  if (response.status === 416 && started?.total === offset) return response.body?.cancel();
  const resumed = await isResumed(response, offset, part);
  const from = resumed ? offset : 0;
  const total = totalOf(response, from);
  const file = await open(part, resumed ? 'a' : 'w', PRIVATE_FILE);
  try {
    if (!resumed) await writeStart(part, address, response.headers.get('etag'), total);
    progress.step(`fetching ${withoutSecrets(address)}`, total ?? undefined, 'bytes');
    const size = await writeBody(file, response, from, progress);
    if (total !== null && size !== total)
      throw new HttpError('unreachable', `${size} of ${total} bytes arrived`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * @returns false when the answer is the whole file
 * @throws HttpError when it is neither that nor the rest of what is in `part`
 */
async function isResumed(response: Response, offset: number, part: string): Promise<boolean> {
  const { status, headers } = response;
  const resumed = status === 206 && offset > 0 && rangeStart(headers) === offset;
  const error =
    status === 416 || (status === 206 && !resumed)
      ? new HttpError('failing', `${SERVER} sent another part than was asked for`)
      : statusError(SERVER, response, Date.now());
  if (error === null) return resumed;
  await response.body?.cancel();
  if (status === 416 || status === 206) await rm(part, { force: true });
  throw error;
}

/** Bytes of the whole file; null = the server does not say. */
function totalOf({ headers }: Response, from: number): number | null {
  const length = Number(headers.get('content-length') ?? Number.NaN);
  return headers.has('content-encoding') || Number.isNaN(length) ? null : from + length;
}

function rangeStart(headers: Headers): number {
  const [, start] = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '') ?? [];
  return Number(start ?? Number.NaN);
}

async function writeBody(
  file: FileHandle,
  response: Response,
  from: number,
  progress: Progress,
): Promise<number> {
  let size = from;
  for await (const chunk of readChunks(SERVER, response)) {
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
    size += chunk.length;
    progress.update(size);
  }
  return size;
}

/** What a person can do about it. */
function explained({ status, message, isTemporary }: HttpError, address: URL, attempts: number) {
  const shown = withoutSecrets(address);
  if (isTemporary) {
    return new OsusumeError(
      `Fetching ${shown} failed ${attempts} times in a row (${message}): check the connection and run the command again; what has arrived is kept`,
    );
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
  // A weak tag does not promise the same bytes.
  if (etag === null || etag.startsWith('W/')) return rm(`${part}.json`, { force: true });
  await writeFile(`${part}.json`, JSON.stringify({ url: fingerprint(address), etag, total }), {
    mode: PRIVATE_FILE,
  });
}

function credentials({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
