/**
 * Slows down guessing of the operators' key: each wrong key of a visitor is answered later than the one before. The
 * right key is checked first and never waits, so that nobody can lock an operator out. Wrong keys are logged, without
 * the key and without the visitor's address: the id of the request leads to it in the log of a proxy.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fields } from '../../watch/log.ts';

/** wrong keys of a visitor that are answered at once: typing errors */
const FREE = 3;
/** ms that the next one waits; each further one waits twice as long */
const FIRST_DELAY = 250;
/** ms */
const LONGEST_DELAY = 8000;
/** ms after its last wrong key; then a visitor starts anew */
const FORGOTTEN_AFTER = 600_000;
/** visitors whose wrong keys are counted; beyond them the one who tried longest ago is forgotten */
const MAX_VISITORS = 10_000;
/** answers held back at the same time, of all visitors and of one; further ones are refused at once */
const MAX_WAITING = 50;
const MAX_WAITING_EACH = 3;
/** lines of the log in a minute; the next one says how many were left out */
const LINES_PER_MINUTE = 10;
const MINUTE = 60_000;

interface Tries {
  wrong: number;
  waiting: number;
  /** ms, by the clock */
  last: number;
}

interface Options {
  /** receives the lines of the log */
  readonly log: (line: string, fields: Fields) => void;
  /** ms */
  readonly clock?: () => number;
  /** returns early when the signal aborts */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export class WrongKeys {
  readonly #log: Options['log'];
  readonly #clock: () => number;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #stopped = new AbortController();
  /** the visitor who tried last at the end */
  readonly #tries = new Map<string, Tries>();
  #waiting = 0;
  #minute = -1;
  #lines = 0;
  #unlogged = 0;

  constructor({ log, clock = Date.now, pause = pauseFor }: Options) {
    this.#log = log;
    this.#clock = clock;
    this.#pause = pause;
    setMaxListeners(MAX_WAITING, this.#stopped.signal);
  }

  /**
   * Counts a wrong key, and returns when it is time to answer it.
   * @param request what the log may say of it
   * @returns null; where too many answers are held back already, at once: the seconds to wait before the next try
   */
  async add(visitor: string, request: Fields = {}): Promise<number | null> {
    const tries = this.#count(visitor);
    this.#record(tries.wrong, request);
    const delay = delayOf(tries.wrong);
    if (delay === 0) return null;
    if (this.#waiting >= MAX_WAITING || tries.waiting >= MAX_WAITING_EACH)
      return Math.ceil(delay / 1000);
    this.#waiting++;
    tries.waiting++;
    await this.#pause(delay, this.#stopped.signal);
    this.#waiting--;
    tries.waiting--;
    return null;
  }

  /** Answers that are held back are given now. */
  stop(): void {
    this.#stopped.abort();
  }

  #count(visitor: string): Tries {
    const now = this.#clock();
    const known = this.#tries.get(visitor);
    this.#tries.delete(visitor);
    const tries = known ?? { wrong: 0, waiting: 0, last: now };
    if (now - tries.last >= FORGOTTEN_AFTER) tries.wrong = 0;
    tries.wrong++;
    tries.last = now;
    if (this.#tries.size >= MAX_VISITORS) {
      const [oldest] = this.#tries.keys();
      this.#tries.delete(oldest);
    }
    this.#tries.set(visitor, tries);
    return tries;
  }

  #record(wrong: number, request: Fields): void {
    const minute = Math.floor(this.#clock() / MINUTE);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#lines = 0;
    }
    if (this.#lines >= LINES_PER_MINUTE) {
      this.#unlogged++;
      return;
    }
    this.#lines++;
    const more = this.#unlogged > 0 ? `; ${this.#unlogged} more were not logged` : '';
    this.#unlogged = 0;
    this.#log(`Wrong key for the console, number ${wrong} of its visitor${more}`, request);
  }
}

function delayOf(wrong: number): number {
  if (wrong <= FREE) return 0;
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (wrong - FREE - 1));
}

async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  // It ends early when it is aborted, and does not keep the process alive.
  await wait(ms, undefined, { signal, ref: false }).catch(() => {});
}
