/**
 * Draws pictures on one worker thread, one after another. The thread starts with the first picture and ends when there
 * has been none for a while; one that takes too long is ended, and the next picture gets a new one.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../program/built-file.ts';
import type { Card } from './card.ts';
import type { CardReply } from './card-worker.ts';

export interface CardThreadOptions {
  /** ms for one picture, the start of the thread included; default 20,000 */
  readonly timeLimit?: number;
  /** ms after which a thread without a picture ends; default 60,000 */
  readonly idleLimit?: number;
  /** pictures that may wait; default 8 */
  readonly mostWaiting?: number;
  /** default: the built one */
  readonly script?: URL;
}

/** Too many pictures wait already. */
export class TooManyCards extends Error {
  override readonly name = 'TooManyCards';
}

export class CardThread {
  readonly #options: Required<CardThreadOptions>;
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: CardThreadOptions = {}) {
    const script = builtFile('share/card-worker.js');
    const defaults = { timeLimit: 20_000, idleLimit: 60_000, mostWaiting: 8, script };
    this.#options = { ...defaults, ...options };
  }

  /**
   * @returns a PNG
   * @throws TooManyCards
   */
  async draw(card: Card): Promise<Uint8Array> {
    if (this.#waiting >= this.#options.mostWaiting)
      throw new TooManyCards(`${this.#waiting} pictures wait to be drawn already`);
    this.#waiting++;
    const drawn = this.#last.then(() => this.#drawNow(card));
    this.#last = drawn.catch(() => undefined);
    try {
      return await drawn;
    } finally {
      this.#waiting--;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  async #drawNow(card: Card): Promise<Uint8Array> {
    const { timeLimit, idleLimit } = this.#options;
    clearTimeout(this.#idle);
    const worker = this.#running();
    try {
      worker.postMessage(card);
      const signal = AbortSignal.timeout(timeLimit);
      const [reply] = (await once(worker, 'message', { signal })) as [CardReply];
      if ('failure' in reply) throw new Error(`A picture could not be drawn: ${reply.failure}`);
      worker.unref();
      this.#idle = setTimeout(() => void this.close(), idleLimit).unref();
      return reply.png;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  #running(): Worker {
    const worker = this.#worker ?? new Worker(this.#options.script);
    if (this.#worker === null) {
      // While it draws, `once` hears of an error; one without a listener would end the process.
      worker.on('error', () => void this.close());
      this.#worker = worker;
    }
    worker.ref();
    return worker;
  }
}
