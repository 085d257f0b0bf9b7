/** Reads files that visitors send, on other threads: few at the same time, in turn by visitor. */
import { availableParallelism } from 'node:os';
import type { ImportedList } from '../../import/list/imported-list.ts';
import type { ScaleChoice } from '../../import/list/scale.ts';
import { type ReaderOptions, ReaderThreads } from '../../import/reader-threads.ts';
import { FairGate, type GateLimits } from './fair-gate.ts';

export interface FileImportOptions {
  readonly reader?: ReaderOptions;
  /** of waiting files: bytes */
  readonly gate?: GateLimits;
}

export interface SentFile {
  readonly bytes: Uint8Array;
  /** chosen by the visitor; absent = found in the file */
  readonly scale?: ScaleChoice;
  /** null = limits for one visitor do not apply */
  readonly visitor: string | null;
  /** aborts when the visitor leaves */
  readonly signal: AbortSignal;
}

/** What a file is called in messages: its name is not sent. */
const NAME = 'The file';
/** Half of the cores are left to everything else; two, so that one long file does not hold up all others. */
const RUNNING = Math.max(2, Math.min(4, Math.floor(availableParallelism() / 2)));
/** Bytes that a small file counts for while it waits: its request has a cost as well. */
const LEAST_WEIGHT = 256 << 10;
/** Two of the largest files, or 320 small ones; half of them of one visitor. */
const GATE: GateLimits = { running: RUNNING, waiting: 80 << 20, waitingPerVisitor: 40 << 20 };

export class FileImports {
  readonly #threads: ReaderThreads;
  readonly #gate: FairGate;

  constructor({ reader, gate = GATE }: FileImportOptions = {}) {
    this.#threads = new ReaderThreads(reader);
    this.#gate = new FairGate(gate);
  }

  /**
   * @param use the next file waits until it has ended, so that few lists are in memory at the same time
   * @throws GateFull; ImportError when the file cannot be read; the signal's reason when it aborts
   */
  read<T>(file: SentFile, use: (list: ImportedList) => Promise<T>): Promise<T> {
    const { bytes, scale, visitor, signal } = file;
    const weight = Math.max(LEAST_WEIGHT, bytes.byteLength);
    return this.#gate.run({ visitor, weight, signal }, async () =>
      use(await this.#threads.read({ bytes, scale, name: NAME }, signal)),
    );
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
