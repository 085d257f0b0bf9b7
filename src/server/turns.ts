/**
 * Lists are made in the order they were asked for, a few at a time, and then the event loop takes in what has arrived.
 * Without turns everything that is ready is answered in one go: a list that is asked for a moment later waits for two
 * such goes, new connections are accepted one a go, and a page that wants a title waits with them. One list at a time is
 * a tenth slower: what a list needs, in code and data, has left the processor's caches when the next one comes.
 */
/** ms in which the next list is begun before the event loop goes on; usual lists take .2 to .4 */
const GO = 1.5;

export class Turns {
  readonly #waiting: (() => void)[] = [];
  #going = false;

  /** Resolves when everybody who came before has had their turn: who waits for it makes the list then and there. */
  take(): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push(go);
      if (!this.#going) this.#goOn();
    });
  }

  #goOn(): void {
    this.#going = this.#waiting.length > 0;
    if (this.#going) setImmediate(this.#go);
  }

  readonly #go = async (): Promise<void> => {
    const end = performance.now() + GO;
    do {
      this.#waiting.shift()?.();
      // The list is made meanwhile.
      await null;
    } while (this.#waiting.length > 0 && performance.now() < end);
    this.#goOn();
  };
}
