/**
 * Lets a few pieces of work run at a time and some more wait. Of those that wait, the visitor with the least running
 * work comes next, so that one who sends much delays mostly himself.
 */

export interface GateLimits {
  /** pieces of work that run at the same time */
  readonly running: number;
  /** weight of all work that waits */
  readonly waiting: number;
  /** weight of one visitor's work that waits */
  readonly waitingPerVisitor: number;
}

export interface Entrant {
  /** null = limits for one visitor do not apply */
  readonly visitor: string | null;
  /** what it takes to wait, in the unit of the limits; default 1 */
  readonly weight?: number;
  /** aborts when nobody waits for the work any more */
  readonly signal?: AbortSignal;
}

/** There is no place left to wait. */
export class GateFull extends Error {
  override readonly name = 'GateFull';
  /** @param who has too much work waiting */
  constructor(readonly who: 'all' | 'visitor') {
    super(`Too much work of ${who === 'all' ? 'all visitors' : 'one visitor'} waits`);
  }
}

interface Waiting {
  readonly visitor: string | null;
  readonly weight: number;
  readonly enter: () => void;
}

export class FairGate {
  readonly #limits: GateLimits;
  /** the longest waiting first */
  readonly #waiting: Waiting[] = [];
  /** running work by visitor */
  readonly #running = new Map<string | null, number>();
  #active = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  /**
   * Runs the work when it is its turn.
   * @throws GateFull; the signal's reason when it aborts before the turn; whatever the work throws
   */
  async run<T>(entrant: Entrant, work: () => Promise<T>): Promise<T> {
    const { visitor } = entrant;
    entrant.signal?.throwIfAborted();
    if (this.#active < this.#limits.running) this.#start(visitor);
    else await this.#wait(entrant);
    try {
      return await work();
    } finally {
      this.#end(visitor);
    }
  }

  #wait({ visitor, weight = 1, signal }: Entrant): Promise<void> {
    const own = this.#weightOf((one) => one.visitor === visitor);
    if (visitor !== null && own + weight > this.#limits.waitingPerVisitor)
      throw new GateFull('visitor');
    if (this.#weightOf(() => true) + weight > this.#limits.waiting) throw new GateFull('all');
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { visitor, weight, enter };
      this.#waiting.push(waiting);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #weightOf(isCounted: (waiting: Waiting) => boolean): number {
    return this.#waiting.reduce((sum, one) => sum + (isCounted(one) ? one.weight : 0), 0);
  }

  #start(visitor: string | null): void {
    this.#active++;
    this.#running.set(visitor, this.#runningOf(visitor) + 1);
  }

  #end(visitor: string | null): void {
    this.#active--;
    const left = this.#runningOf(visitor) - 1;
    if (left > 0) this.#running.set(visitor, left);
    else this.#running.delete(visitor);
    this.#startNext();
  }

  #startNext(): void {
    const least = Math.min(...this.#waiting.map(({ visitor }) => this.#runningOf(visitor)));
    const at = this.#waiting.findIndex(({ visitor }) => this.#runningOf(visitor) === least);
    if (at < 0) return;
    const [{ visitor, enter }] = this.#waiting.splice(at, 1);
    this.#start(visitor);
    enter();
  }

  #runningOf(visitor: string | null): number {
    return this.#running.get(visitor) ?? 0;
  }
}
