/**
 * Blocks of rows → interactions.parquet, in their order, on a thread of its own. DuckDB pulls the rows in a callback that
 * cannot await. On its own thread the callback can wait for a block whose rows are still on their way from another
 * machine; meanwhile this thread reads, shows progress and can be interrupted.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { OsusumeError } from '../../error.ts';
import { builtFile } from '../../program/built-file.ts';
import { buffersOf, type RowBlock } from './row-blocks.ts';

/** To the thread; null = there are no more, 'stop' = they are not wanted any more. */
export type ToWriter = RowBlock | null | 'stop';

/** From the thread: a block that it is done with, or why it failed. */
export type FromWriter =
  | { readonly used: RowBlock }
  | { readonly failure: string; readonly isExpected: boolean };

export interface RowWriterData {
  readonly path: string;
  /** [messages to the thread, which waits for a change of it; 1 = the thread has closed its database] */
  readonly state: Int32Array;
}

/** ms that a process which exits waits for the thread: DuckDB aborts it when its callback has gone */
const PATIENCE = 5000;

/** Blocks that may wait for DuckDB while it compresses: at most 30 MB. */
const AHEAD = 64;

export class RowWriter {
  /** blocks that have been written and can be filled again */
  readonly free: RowBlock[] = [];
  readonly #worker: Worker;
  readonly #state = new Int32Array(new SharedArrayBuffer(8));
  readonly #ended: Promise<unknown>;
  #waiting = 0;
  #failure: Error | null = null;
  #hasEnded = false;
  /** wakes up who waits for room */
  #wake = () => {};

  /** Takes a moment until it works: make it before there are rows. */
  constructor(path: string) {
    const workerData: RowWriterData = { path, state: this.#state };
    this.#worker = new Worker(builtFile('data/csv/row-writer-worker.js'), { workerData });
    this.#ended = once(this.#worker, 'exit');
    this.#worker.on('message', (message: FromWriter) => {
      if ('used' in message) {
        this.#waiting--;
        this.free.push(message.used);
      } else this.#failure = failureOf(message);
      this.#wake();
    });
    this.#worker.on('error', (error) => {
      this.#failure ??= error;
    });
    this.#worker.on('exit', () => {
      this.#hasEnded = true;
      process.off('exit', this.#leave);
      this.#wake();
    });
    process.on('exit', this.#leave);
  }

  /** Resolves when there is room for the next block. The block belongs to the thread from then on. */
  async write(block: RowBlock): Promise<void> {
    while (this.#waiting >= AHEAD && !this.#failure && !this.#hasEnded)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#failure) throw this.#failure;
    this.#waiting++;
    this.#send(block);
  }

  /** Call it after the last block. Resolves when the file is complete. */
  async end(): Promise<void> {
    this.#send(null);
    await this.#ended;
    if (this.#failure) throw this.#failure;
  }

  /** Ends the thread, whatever it has written. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    this.#send('stop');
    await this.#ended;
  }

  /** When the process exits at once, on a second Ctrl-C for example. */
  readonly #leave = () => {
    this.#send('stop');
    Atomics.wait(this.#state, 1, 0, PATIENCE);
  };

  #send(message: ToWriter): void {
    this.#worker.postMessage(message, message instanceof Object ? buffersOf(message) : []);
    Atomics.add(this.#state, 0, 1);
    Atomics.notify(this.#state, 0);
  }
}

function failureOf({ failure, isExpected }: Extract<FromWriter, { failure: string }>): Error {
  return isExpected ? new OsusumeError(failure) : new Error(failure);
}
