/** A rate limit: at most `limit` requests start within any `milliseconds`, for each window. */

export interface Window {
  readonly limit: number;
  readonly milliseconds: number;
}

export class Pace {
  readonly #windows: readonly Window[];
  /** when the latest requests started, oldest first; as many as the largest limit */
  readonly #starts: number[] = [];

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
  }

  /** Milliseconds from `now` until the next request may start. */
  wait(now: number): number {
    let wait = 0;
    for (const { limit, milliseconds } of this.#windows) {
      if (this.#starts.length < limit) continue;
      wait = Math.max(wait, this.#starts[this.#starts.length - limit] + milliseconds - now);
    }
    return wait;
  }

  /** How many more requests may start now, of any window's limit. */
  left(now: number): number {
    const left = this.#windows.map(({ limit, milliseconds }) => {
      const recent = this.#starts.filter((start) => start + milliseconds > now).length;
      return Math.max(0, limit - recent);
    });
    return Math.min(...left, Number.POSITIVE_INFINITY);
  }

  /** A request starts. */
  start(now: number): void {
    this.#starts.push(now);
    const kept = Math.max(0, ...this.#windows.map(({ limit }) => limit));
    if (this.#starts.length > kept) this.#starts.shift();
  }
}
