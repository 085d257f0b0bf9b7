/**
 * Lists are made one at a time, in the order they were asked for, and between two of them the event loop takes in what
 * has arrived. Without turns everything that is ready is answered in one go: a list that is asked for a moment later
 * waits for two such goes, new connections are accepted one a go, and a page that wants a title waits with them.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when everybody who came before has had their turn. */
  take(): Promise<void> {
    return new Promise((go) => {
      if (this.#waiting.push(go) === 1) setImmediate(this.#step);
    });
  }

  readonly #step = (): void => {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(this.#step);
  };
}
