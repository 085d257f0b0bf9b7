/**
 * Reads files on worker threads. A thread has a heap of its own and a time limit; one that exceeds either is ended, and
 * the next file gets a new one. A thread that has nothing to do ends after a while, and its memory returns.
 * How many files are read at the same time is up to the caller.
 */
import { once } from 'node:events';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { builtFile } from '../program/built-file.ts';
import { ImportError } from './list/import-error.ts';
import type { ImportedList } from './list/imported-list.ts';
import { ListFromParts } from './list/list-parts.ts';
import type { FileToRead, ReaderReply } from './reader-worker.ts';

export interface ReaderOptions {
  /** ms for one file; default 15,000: the largest honest ones take two seconds */
  readonly timeLimit?: number;
  /** ms after which a thread without a file ends; default 10,000 */
  readonly idleLimit?: number;
  /** default: enough for every file within the limits of the readers */
  readonly resourceLimits?: ResourceLimits;
  /** default: the built one */
  readonly script?: URL;
}

const HEAP: ResourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
const SMALLER = 'Is it the list of one person, as a site exported it?';

export class ReaderThreads {
  readonly #options: Required<ReaderOptions>;
  /** threads without a file, and the timers that will end them */
  readonly #idle = new Map<Worker, NodeJS.Timeout>();
  readonly #all = new Set<Worker>();

  constructor(options: ReaderOptions = {}) {
    const script = builtFile('import/reader-worker.js');
    const defaults = { timeLimit: 15_000, idleLimit: 10_000, resourceLimits: HEAP, script };
    this.#options = { ...defaults, ...options };
  }

  /** threads that exist */
  get size(): number {
    return this.#all.size;
  }

  /**
   * @param file its bytes are given to the thread: they can no longer be used here
   * @param signal aborts when nobody waits for the list any more
   * @throws ImportError when the file cannot be read; the signal's reason when it has aborted
   */
  async read(file: FileToRead, signal?: AbortSignal): Promise<ImportedList> {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(this.#options.timeLimit);
    const worker = this.#take();
    try {
      const list = await read(worker, file, signal ? AbortSignal.any([signal, limit]) : limit);
      this.#keep(worker);
      return list;
    } catch (error) {
      if (error instanceof ImportError) this.#keep(worker);
      else await this.#end(worker);
      signal?.throwIfAborted();
      throw this.#faultOf(error, file.name, limit);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => this.#end(worker)));
  }

  #take(): Worker {
    const [idle] = this.#idle.keys();
    if (!idle) return this.#start();
    clearTimeout(this.#idle.get(idle));
    this.#idle.delete(idle);
    idle.ref();
    return idle;
  }

  #start(): Worker {
    const { script, resourceLimits } = this.#options;
    const worker = new Worker(script, { resourceLimits });
    // While it reads, `once` hears of an error; one without a listener would end the process.
    worker.on('error', () => void this.#end(worker));
    this.#all.add(worker);
    return worker;
  }

  #keep(worker: Worker): void {
    if (!this.#all.has(worker)) return;
    // It does not keep a process alive that has nothing else to do.
    worker.unref();
    const timer = setTimeout(() => void this.#end(worker), this.#options.idleLimit);
    this.#idle.set(worker, timer.unref());
  }

  async #end(worker: Worker): Promise<void> {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    this.#all.delete(worker);
    await worker.terminate();
  }

  #faultOf(error: unknown, name: string, limit: AbortSignal): unknown {
    if (limit.aborted && !(error instanceof ImportError)) {
      const seconds = this.#options.timeLimit / 1000;
      return new ImportError(
        'too-large',
        `${name} takes more than ${seconds} s to read. ${SMALLER}`,
      );
    }
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      return new ImportError('too-large', `${name} takes too much memory to read. ${SMALLER}`);
    return error;
  }
}

async function read(worker: Worker, file: FileToRead, signal: AbortSignal): Promise<ImportedList> {
  const bytes = ownBytes(file.bytes);
  const list = new ListFromParts();
  worker.postMessage({ ...file, bytes }, [bytes.buffer]);
  for (;;) {
    const [reply] = (await once(worker, 'message', { signal })) as [ReaderReply];
    if ('fault' in reply) throw new ImportError(reply.fault, reply.message);
    if ('failure' in reply) throw new Error(`A thread failed to read a file: ${reply.failure}`);
    list.add(reply.part);
    if (reply.part.isLast) return list.list(reply.part);
    worker.postMessage('next');
  }
}

/** Only a whole buffer can change hands: small ones share one with others. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? new Uint8Array(buffer) : Uint8Array.from(bytes);
}
