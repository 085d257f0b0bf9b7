/**
 * How much work each visitor may still ask for: a token bucket each. It holds `burst` at most and gains `perSecond`.
 * A request may take it below zero, because the work of some requests is known only afterwards; then the visitor waits.
 */

/** Visitors remembered; beyond them the one who asked last is forgotten, which fills that visitor's bucket. */
const MAX_VISITORS = 100_000;

interface Bucket {
  left: number;
  /** ms, by the clock, at which so much was left */
  at: number;
}

interface Options {
  readonly perSecond: number;
  readonly burst: number;
  /** ms; only differences count */
  readonly clock?: () => number;
  readonly maxVisitors?: number;
}

export class WorkBudgets {
  readonly perSecond: number;
  readonly burst: number;
  readonly #clock: () => number;
  readonly #maxVisitors: number;
  /** the visitor who asked last at the end */
  readonly #buckets = new Map<string, Bucket>();

  constructor({
    perSecond,
    burst,
    clock = () => performance.now(),
    maxVisitors = MAX_VISITORS,
  }: Options) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.#clock = clock;
    this.#maxVisitors = maxVisitors;
  }

  /** What is left; zero or less = nothing. */
  left(visitor: string): number {
    const bucket = this.#buckets.get(visitor);
    if (bucket === undefined) return this.burst;
    const gained = ((this.#clock() - bucket.at) / 1000) * this.perSecond;
    return Math.min(this.burst, bucket.left + gained);
  }

  /** @returns what is left after it */
  charge(visitor: string, work: number): number {
    const left = this.left(visitor) - work;
    this.#buckets.delete(visitor);
    if (this.#buckets.size >= this.#maxVisitors) {
      const [oldest] = this.#buckets.keys();
      this.#buckets.delete(oldest);
    }
    this.#buckets.set(visitor, { left, at: this.#clock() });
    return left;
  }

  /** Seconds until `wanted` is left again. */
  secondsUntil(left: number, wanted: number): number {
    return Math.max(0, (wanted - left) / this.perSecond);
  }
}
