/** A file → an object of cloud storage: skipped when the same is there, continued after a break, also in a later run. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { OsusumeError } from '../error.ts';
import { writeAtomically } from '../home/atomic-write.ts';
import { privateFolder } from '../home/modes.ts';
import { HttpError } from '../net/http-error.ts';
import { type RetryOptions, retry, TRANSFER_BACKOFF } from '../net/retry.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import type { NewObject, ObjectStore, StoredObject, UploadSession } from './object-store.ts';

export interface SendOptions extends Pick<RetryOptions, 'random' | 'sleep'> {
  /** keeps sessions of interrupted uploads */
  readonly home: string;
  /** as the object is called in messages */
  readonly label: string;
  /** attempts in a row that bring nothing new before giving up; default 6 */
  readonly attempts?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface Sent {
  readonly object: StoredObject;
  /** the same was there already */
  readonly skipped: boolean;
}

/** Smaller files are sent in one request. */
const RESUMABLE = 8 << 20;

/** @throws HttpError when the store refuses or keeps breaking off */
export async function sendFile(
  store: ObjectStore,
  path: string,
  name: string,
  options: SendOptions,
): Promise<Sent> {
  const { label, progress = NO_PROGRESS } = options;
  const { size: bytes } = await stat(path);
  const there = await retried(() => store.find(name), options);
  progress.step(`comparing ${label}`, bytes, 'bytes');
  const checksum = await checksumOf(store, path, progress);
  if (there && there.bytes === bytes && there.checksum === checksum)
    return { object: there, skipped: true };
  const wanted = { name, bytes, checksum, replaces: there?.generation ?? '0' };
  progress.step(`sending ${label}`, bytes, 'bytes');
  const object =
    bytes < RESUMABLE
      ? await sendWhole(store, wanted, await readFile(path), options)
      : await sendInParts(store, wanted, path, options);
  progress.update(bytes);
  if (object.bytes === bytes && (object.checksum ?? checksum) === checksum)
    return { object, skipped: false };
  throw new OsusumeError(
    `Sending ${label} failed: ${object.bytes} bytes with CRC32C ${object.checksum} have arrived, expected ${bytes} bytes with ${checksum}. Was ${path} changed meanwhile? Run the command again: it replaces what is there`,
  );
}

/** Sends small content in one request, again after a break. */
export function sendWhole(
  store: ObjectStore,
  wanted: NewObject,
  content: Uint8Array,
  options: Omit<SendOptions, 'home' | 'label'>,
): Promise<StoredObject> {
  return retried(async () => {
    try {
      return await store.write(wanted, content);
    } catch (error) {
      // The answer to an earlier attempt may have been lost after the object was written.
      const there = isPrecondition(error) ? await store.find(wanted.name) : null;
      if (there?.bytes === wanted.bytes && there.checksum === wanted.checksum) return there;
      throw error;
    }
  }, options);
}

export function isPrecondition(error: unknown): boolean {
  return error instanceof HttpError && error.status === 412;
}

/** One request, again after a break. */
export function retried<T>(
  request: () => Promise<T>,
  { attempts = 6, signal, random, sleep, progress }: Omit<SendOptions, 'home' | 'label'>,
): Promise<T> {
  return retry(request, {
    attempts,
    signal,
    random,
    sleep,
    ...TRANSFER_BACKOFF,
    onRetry: ({ message }) => progress?.note(`${message}; trying again`),
  });
}

async function sendInParts(
  store: ObjectStore,
  wanted: NewObject,
  path: string,
  options: SendOptions,
): Promise<StoredObject> {
  const { home, attempts = 6, signal, random, sleep, progress = NO_PROGRESS } = options;
  const sessions = new Sessions(home, options.label, wanted);
  let session = await sessions.read();
  const run = async () => {
    session ??= await sessions.keep(await store.startUpload(wanted));
    try {
      return await store.upload(wanted, path, session, {
        signal,
        onBytes: (bytes) => progress.update(bytes),
        onConfirmed: async (offset) => {
          if (session) session = await sessions.keep({ ...session, offset });
        },
      });
    } catch (error) {
      // The store forgets a session after a week, and when it has ended.
      if (!isGone(error) || signal?.aborted) throw error;
      session = null;
      await sessions.forget();
      throw new HttpError('failing', 'the upload could not be continued');
    }
  };
  const object = await retry(run, {
    attempts,
    signal,
    random,
    sleep,
    ...TRANSFER_BACKOFF,
    progress: () => session?.offset ?? 0,
    onRetry: ({ message }) => progress.note(`Sending was interrupted (${message}); trying again`),
  });
  await sessions.forget();
  return object;
}

function isGone(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  return error instanceof HttpError && [400, 404, 410].includes(error.status);
}

const Session = Type.Object({
  uri: Type.String({ minLength: 1 }),
  offset: Type.Integer({ minimum: 0 }),
});

/** The session of one upload, in <home>/uploads until it has ended. */
class Sessions {
  readonly #folder: string;
  readonly #path: string;

  constructor(home: string, label: string, { bytes, checksum, replaces }: NewObject) {
    const key = JSON.stringify([label, bytes, checksum, replaces]);
    this.#folder = join(home, 'uploads');
    this.#path = join(
      this.#folder,
      `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`,
    );
  }

  /** null = there is none */
  async read(): Promise<UploadSession | null> {
    try {
      const found: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      return Value.Check(Session, found) ? found : null;
    } catch {
      return null;
    }
  }

  async keep(session: UploadSession): Promise<UploadSession> {
    await privateFolder(this.#folder);
    await writeAtomically(this.#path, JSON.stringify(session));
    return session;
  }

  forget(): Promise<void> {
    return rm(this.#path, { force: true });
  }
}

export async function checksumOf(
  store: ObjectStore,
  path: string,
  progress: Progress,
): Promise<string> {
  const sum = store.startChecksum();
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    sum.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    progress.update(bytes);
  }
  return sum.toString();
}
