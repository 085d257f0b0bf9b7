/** A rate limit kept from this side: at most so many starts in any stretch of time of so many milliseconds. */

export interface Window {
  readonly most: number;
  readonly milliseconds: number;
}

export class Pace {
  readonly #windows: readonly Window[];
  /** when the latest began, oldest first; as many as the widest window allows */
  readonly #starts: number[] = [];

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
  }

  /** Milliseconds from `now` until another may begin; 0 = at once. */
  wait(now: number): number {
    let wait = 0;
    for (const { most, milliseconds } of this.#windows) {
      if (this.#starts.length < most) continue;
      wait = Math.max(wait, this.#starts[this.#starts.length - most] + milliseconds - now);
    }
    return wait;
  }

  begin(now: number): void {
    this.#starts.push(now);
    const kept = Math.max(0, ...this.#windows.map(({ most }) => most));
    if (this.#starts.length > kept) this.#starts.shift();
  }
}
