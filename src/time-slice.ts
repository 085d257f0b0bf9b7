/**
 * Lets the event loop run between pieces of long work, so that other requests are answered meanwhile.
 *
 *   const slice = new TimeSlice();
 *   for (const row of rows) {
 *     work(row);
 *     if (slice.over) await slice.next();
 *   }
 */

import { performance } from 'node:perf_hooks';

/** ms of work between two turns of the event loop; a request that arrives meanwhile hardly notices so many */
export const SLICE_MS = 5;

export class TimeSlice {
  readonly #ms: number;
  readonly #now: () => number;
  #end: number;

  /** @param now the time in ms, for tests */
  constructor(ms = SLICE_MS, now = () => performance.now()) {
    this.#ms = ms;
    this.#now = now;
    this.#end = now() + ms;
  }

  /** Whether the work has run for its ms: it should now `await next()`. */
  get over(): boolean {
    return this.#now() >= this.#end;
  }

  /** Lets the event loop run, and returns when it is this work's turn again. */
  async next(): Promise<void> {
    await eventLoopTurn();
    this.#end = this.#now() + this.#ms;
  }
}

/**
 * ms for other requests between two slices, when there are any: answering one takes several turns of the event loop
 * (the connection, its body, a file, the compressed answer), and each would wait for a slice.
 */
const PAUSE = 1;

/**
 * Works that wait for their turn, of the whole process: it has one event loop. Node runs all immediates of one turn in
 * a row: a hundred works of 5 ms would block half a second. Therefore each turn resumes one of them, the longest
 * waiting first.
 */
const waiting: (() => void)[] = [];
let isScheduled = false;
let eventsBefore = 0;

/** Returns in a later turn of the event loop, in which no other waiting work is resumed. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  eventsBefore = eventsOfLoop();
  setImmediate(letOthersGoFirst);
}

/** The loop has just looked for events. Where there were some, more will follow. */
function letOthersGoFirst(): void {
  if (eventsOfLoop() === eventsBefore) resumeOne();
  else setTimeout(resumeOne, PAUSE);
}

function resumeOne(): void {
  isScheduled = false;
  waiting.shift()?.();
  if (waiting.length > 0) schedule();
}

/** Events that the loop has handled, such as bytes that arrived. Node before 20.18 does not count them. */
function eventsOfLoop(): number {
  return performance.nodeTiming.uvMetricsInfo?.events ?? 0;
}
