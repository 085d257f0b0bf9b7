/** The time and timers, injected so that tests control them. */

export interface Clock {
  /** milliseconds since 1970 */
  now(): number;
  /** @returns cancels it */
  after(milliseconds: number, run: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  now: Date.now,
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
