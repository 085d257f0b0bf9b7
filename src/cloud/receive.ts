/**
 * An object of cloud storage → a file, continued by range after a break, also in a later run.
 *
 *   <part>         what has arrived so far
 *   <part>.json    which object, generation and checksum it is part of
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { OsusumeError } from '../error.ts';
import { PRIVATE_FILE } from '../home/modes.ts';
import { HttpError } from '../net/http-error.ts';
import { type RetryOptions, retry, TRANSFER_BACKOFF } from '../net/retry.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import type { Checksum, ObjectStore, StoredObject } from './object-store.ts';
import { SERVER } from './storage-error.ts';

export interface ReceiveOptions extends Pick<RetryOptions, 'random' | 'sleep'> {
  /** as the object is called in messages, e.g. "gs://bucket/animelist.csv" */
  readonly label: string;
  /** attempts in a row that bring nothing new before giving up; default 6 */
  readonly attempts?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** made anew for each start from the first byte: sees every chunk, and returns true when the rest is not wanted */
  readonly enough?: () => (chunk: Uint8Array) => boolean;
}

export interface Received {
  /** the object as it was when it arrived: it may have been replaced during the transfer */
  readonly object: StoredObject;
  /** false = `enough` has stopped the transfer, so there was no checksum to compare */
  readonly whole: boolean;
}

/** How often a transfer starts over because the object was replaced, or arrived damaged. */
const RESTARTS = 3;

/** @throws HttpError when the store refuses or keeps breaking off; OsusumeError when what arrives is damaged each time */
export async function receive(
  store: ObjectStore,
  object: StoredObject,
  part: string,
  options: ReceiveOptions,
): Promise<Received> {
  const { label, progress = NO_PROGRESS } = options;
  for (let restarts = 0; ; restarts++) {
    try {
      const whole = await receiveOnce(store, object, part, options);
      return { object, whole };
    } catch (error) {
      const replaced = await replacement(store, object, error);
      if (!replaced && !(error instanceof DamagedTransfer)) throw error;
      await forget(part);
      if (restarts === RESTARTS)
        throw replaced
          ? new OsusumeError(
              `Fetching ${label} failed: it was replaced ${restarts + 1} times while it was being fetched. Run the command again when nobody writes there`,
            )
          : error;
      object = replaced ?? object;
      progress.note(
        replaced
          ? `${label} was replaced while it was being fetched; starting over`
          : `${(error as Error).message}; starting over`,
      );
    }
  }
}

/** What has arrived does not have the checksum that the store says. */
class DamagedTransfer extends OsusumeError {
  override readonly name = 'DamagedTransfer';
}

/** @returns the object that took the place of the one that is gone; null = that is not why it failed */
async function replacement(
  store: ObjectStore,
  object: StoredObject,
  error: unknown,
): Promise<StoredObject | null> {
  if (!(error instanceof HttpError) || error.failure !== 'absent') return null;
  const found = await store.find(object.name);
  return found && found.generation !== object.generation ? found : null;
}

/** @returns whether it is whole */
async function receiveOnce(
  store: ObjectStore,
  object: StoredObject,
  part: string,
  options: ReceiveOptions,
): Promise<boolean> {
  const { label, progress = NO_PROGRESS } = options;
  progress.step(`fetching ${label}`, object.bytes, 'bytes');
  const transfer = await Transfer.open(store, object, part, options);
  try {
    if (!transfer.isDone) await transferRest(transfer, options);
    progress.update(transfer.offset);
    if (transfer.offset < object.bytes) return false;
    transfer.verify(label);
    return true;
  } finally {
    await transfer.close();
  }
}

function transferRest(transfer: Transfer, options: ReceiveOptions): Promise<void> {
  const { attempts = 6, signal, random, sleep, progress = NO_PROGRESS } = options;
  return retry(() => transfer.run(), {
    attempts,
    signal,
    random,
    sleep,
    ...TRANSFER_BACKOFF,
    progress: () => transfer.offset,
    onRetry: ({ message }) => progress.note(`Fetching was interrupted (${message}); trying again`),
  });
}

class Transfer {
  offset = 0;
  isDone = false;
  readonly #store: ObjectStore;
  readonly #object: StoredObject;
  readonly #file: FileHandle;
  readonly #checksum: Checksum;
  readonly #enough: (chunk: Uint8Array) => boolean;
  readonly #options: ReceiveOptions;

  private constructor(
    store: ObjectStore,
    object: StoredObject,
    file: FileHandle,
    options: ReceiveOptions,
  ) {
    this.#store = store;
    this.#object = object;
    this.#file = file;
    this.#options = options;
    this.#checksum = store.startChecksum();
    this.#enough = options.enough?.() ?? (() => false);
  }

  /** Takes in what an earlier transfer of the same object left. */
  static async open(
    store: ObjectStore,
    object: StoredObject,
    part: string,
    options: ReceiveOptions,
  ): Promise<Transfer> {
    const resumes = await belongsTo(part, object);
    if (!resumes) await writeStart(part, object);
    const transfer = new Transfer(store, object, await open(part, 'a', PRIVATE_FILE), options);
    try {
      if (resumes) for await (const chunk of createReadStream(part)) transfer.#take(chunk);
      if (transfer.offset >= object.bytes) transfer.isDone = true;
      return transfer;
    } catch (error) {
      await transfer.close();
      throw error;
    }
  }

  /** One request, for what has not arrived yet. */
  async run(): Promise<void> {
    const { signal, progress = NO_PROGRESS } = this.#options;
    for await (const chunk of this.#store.read(this.#object, this.offset, signal)) {
      for (let at = 0; at < chunk.length; ) at += (await this.#file.write(chunk, at)).bytesWritten;
      this.#take(chunk);
      progress.update(this.offset);
      if (this.isDone) break;
    }
    if (!this.isDone && this.offset < this.#object.bytes)
      throw new HttpError(
        'unreachable',
        `${SERVER} broke off: ${this.offset} of ${this.#object.bytes} bytes arrived`,
      );
    await this.#file.sync();
  }

  /** @throws DamagedTransfer when size or checksum are others than the store says */
  verify(label: string): void {
    const { bytes, checksum } = this.#object;
    const found = this.#checksum.toString();
    if (this.offset === bytes && (checksum === null || checksum === found)) return;
    throw new DamagedTransfer(
      `${label} arrived damaged: ${this.offset} bytes with CRC32C ${found}, expected ${bytes} bytes with ${checksum}`,
    );
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #take(chunk: Uint8Array): void {
    this.offset += chunk.length;
    this.#checksum.update(chunk);
    if (this.#enough(chunk)) this.isDone = true;
  }
}

/** Removes what has arrived. */
export async function forget(part: string): Promise<void> {
  await rm(`${part}.json`, { force: true });
  await rm(part, { force: true });
}

async function belongsTo(part: string, object: StoredObject): Promise<boolean> {
  try {
    const start: unknown = JSON.parse(await readFile(`${part}.json`, 'utf8'));
    return JSON.stringify(start) === JSON.stringify(object) && (await stat(part)).isFile();
  } catch {
    return false;
  }
}

async function writeStart(part: string, object: StoredObject): Promise<void> {
  await rm(`${part}.json`, { force: true });
  await writeFile(part, '', { mode: PRIVATE_FILE });
  await writeFile(`${part}.json`, JSON.stringify(object), { mode: PRIVATE_FILE });
}
