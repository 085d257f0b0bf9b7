/** Time as the poster service sees it, so that a test can be its master. */

export interface Clock {
  /** milliseconds since 1970 */
  now(): number;
  /** @returns takes it back */
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
