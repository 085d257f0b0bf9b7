/**
 * Whether the event loop is late again and again. One long pause, such as a collection of garbage or a busy neighbour on
 * the machine, is no reason to turn anybody away: the work that waited is soon done.
 */

/** ms between two looks */
const INTERVAL = 100;
/** looks in a row that have to be late */
const LATE_LOOKS = 5;

export class EventLoopLag {
  readonly #timer: NodeJS.Timeout;
  #late = 0;

  /** @param most ms that a look may be late */
  constructor(most: number) {
    let expected = performance.now() + INTERVAL;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#late = now - expected > most ? this.#late + 1 : 0;
      expected = now + INTERVAL;
    }, INTERVAL).unref();
  }

  get isLate(): boolean {
    return this.#late >= LATE_LOOKS;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
