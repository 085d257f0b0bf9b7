/** Limits costly requests per hour, for each visitor and for all together. */

/** ms */
const HOUR = 3_600_000;
/** Visitors counted in an hour; further ones have to wait for the next hour. */
const MAX_VISITORS = 20_000;

export interface BudgetOptions {
  /** for one visitor */
  readonly perVisitor: number;
  /** for all together */
  readonly perHour: number;
  readonly clock?: () => number;
}

export class Budget {
  readonly #options: Required<BudgetOptions>;
  readonly #spent = new Map<string, number>();
  #all = 0;
  #hour = -1;

  constructor({ perVisitor, perHour, clock = Date.now }: BudgetOptions) {
    this.#options = { perVisitor, perHour, clock };
  }

  /** What is left of this hour for all together. */
  get left(): number {
    this.#beginHour();
    return Math.max(0, this.#options.perHour - this.#all);
  }

  /** Counts a request; false = the budget is used up. */
  take(visitor: string): boolean {
    this.#beginHour();
    const spent = this.#spent.get(visitor) ?? 0;
    if (this.#all >= this.#options.perHour || spent >= this.#options.perVisitor) return false;
    if (spent === 0 && this.#spent.size >= MAX_VISITORS) return false;
    this.#spent.set(visitor, spent + 1);
    this.#all++;
    return true;
  }

  #beginHour(): void {
    const hour = Math.floor(this.#options.clock() / HOUR);
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#all = 0;
    this.#spent.clear();
  }
}
