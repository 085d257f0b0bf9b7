/**
 * The bytes of an object of cloud storage as they arrive, continued by range after a break, also in a later run.
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
}

/**
 * The bytes of an object as they arrive, from its first one on: those that an earlier run left come from the part file,
 * and the others are written there. What is yielded is good only when the last byte has been: its checksum is compared then.
 * @throws HttpError as "absent" when the object has been replaced; DamagedTransfer when it has another checksum
 */
export async function* transfer(
  store: ObjectStore,
  object: StoredObject,
  part: string,
  options: ReceiveOptions,
): AsyncGenerator<Uint8Array, void> {
  const running = await Transfer.open(store, object, part, options);
  try {
    yield* running.kept();
    yield* running.rest();
    running.verify();
  } finally {
    await running.close();
  }
}

/** What has arrived does not have the checksum that the store says. */
export class DamagedTransfer extends OsusumeError {
  override readonly name = 'DamagedTransfer';
}

class Transfer {
  #offset = 0;
  readonly #store: ObjectStore;
  readonly #object: StoredObject;
  readonly #part: string;
  readonly #file: FileHandle;
  readonly #checksum: Checksum;
  readonly #options: ReceiveOptions;

  private constructor(
    store: ObjectStore,
    object: StoredObject,
    { part, file }: { part: string; file: FileHandle },
    options: ReceiveOptions,
  ) {
    this.#store = store;
    this.#object = object;
    this.#part = part;
    this.#file = file;
    this.#options = options;
    this.#checksum = store.startChecksum();
  }

  static async open(
    store: ObjectStore,
    object: StoredObject,
    part: string,
    options: ReceiveOptions,
  ): Promise<Transfer> {
    if (!(await belongsTo(part, object))) await writeStart(part, object);
    const file = await open(part, 'a', PRIVATE_FILE);
    return new Transfer(store, object, { part, file }, options);
  }

  /** What an earlier transfer of the same object left. */
  async *kept(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of createReadStream(this.#part, { highWaterMark: 1 << 18 })) {
      this.#take(chunk);
      yield chunk;
    }
  }

  /** What has not arrived yet, by as many requests as it takes. */
  async *rest(): AsyncGenerator<Uint8Array, void> {
    if (this.#offset >= this.#object.bytes) return;
    let request = this.#request();
    const next = async () => {
      try {
        return await request.next();
      } catch (error) {
        request = this.#request();
        throw error;
      }
    };
    try {
      for (;;) {
        const { done, value } = await this.#retried(next);
        if (done) break;
        yield value;
      }
      await this.#file.sync();
    } finally {
      await request.return();
    }
  }

  /** @throws DamagedTransfer when size or checksum are others than the store says */
  verify(): void {
    const { bytes, checksum } = this.#object;
    const found = this.#checksum.toString();
    if (this.#offset === bytes && (checksum === null || checksum === found)) return;
    throw new DamagedTransfer(
      `${this.#options.label} arrived damaged: ${this.#offset} bytes with CRC32C ${found}, expected ${bytes} bytes with ${checksum}`,
    );
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async *#request(): AsyncGenerator<Uint8Array, void> {
    const { bytes } = this.#object;
    for await (const chunk of this.#store.read(this.#object, this.#offset, this.#options.signal)) {
      for (let at = 0; at < chunk.length; ) at += (await this.#file.write(chunk, at)).bytesWritten;
      this.#take(chunk);
      yield chunk;
    }
    if (this.#offset < bytes)
      throw new HttpError(
        'unreachable',
        `${SERVER} broke off: ${this.#offset} of ${bytes} bytes arrived`,
      );
  }

  #retried<T>(work: () => Promise<T>): Promise<T> {
    const { attempts = 6, signal, random, sleep, progress = NO_PROGRESS } = this.#options;
    return retry(work, {
      attempts,
      signal,
      random,
      sleep,
      ...TRANSFER_BACKOFF,
      onRetry: ({ message }) =>
        progress.note(`Fetching was interrupted (${message}); trying again`),
    });
  }

  #take(chunk: Uint8Array): void {
    this.#offset += chunk.length;
    this.#checksum.update(chunk);
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
