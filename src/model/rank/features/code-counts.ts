/** How much of a list is of each genre (studio, type, …), compared with everybody's lists, and how it is rated. */
import type { Codes } from './title-facts.ts';

/** A list counts as if so many more of its titles were as everybody's. */
const SHRINKAGE = 5;
/** Mean deviations lean towards 0, as if so many more titles had been rated at the mean. */
const RATED_SHRINKAGE = 3;

export class CodeCounts {
  readonly #codes: Codes;
  readonly #counts: Float64Array;
  readonly #deviations: Float64Array;
  readonly #rated: Float64Array;
  /** by code: ln of the list's share to everybody's */
  readonly ratios: Float64Array;
  /** by code: mean deviation */
  readonly means: Float64Array;

  constructor(codes: Codes) {
    this.#codes = codes;
    const numbers = () => new Float64Array(codes.size);
    this.#counts = numbers();
    this.#deviations = numbers();
    this.#rated = numbers();
    this.ratios = numbers();
    this.means = numbers();
  }

  clear(): void {
    this.#counts.fill(0);
    this.#deviations.fill(0);
    this.#rated.fill(0);
  }

  /** Counts a seen title. @param rated 1 = it is scored, 0 = it is not */
  add(item: number, deviation: number, rated: number): void {
    const { indptr, indices } = this.#codes;
    for (let q = indptr[item]; q < indptr[item + 1]; q++) {
      const code = indices[q];
      this.#counts[code]++;
      this.#deviations[code] += deviation;
      this.#rated[code] += rated;
    }
  }

  /** @param seen how many titles were counted */
  finish(seen: number): void {
    const { shares, size } = this.#codes;
    // The same for every code that none of the titles has.
    const none = Math.log(SHRINKAGE / (seen + SHRINKAGE));
    for (let code = 0; code < size; code++) {
      if (this.#counts[code] === 0) {
        this.ratios[code] = none;
        this.means[code] = 0;
        continue;
      }
      const share = (this.#counts[code] + SHRINKAGE * shares[code]) / (seen + SHRINKAGE);
      this.ratios[code] = Math.log(share / shares[code]);
      this.means[code] = this.#deviations[code] / (this.#rated[code] + RATED_SHRINKAGE);
    }
  }

  /** Writes mean ratio and mean deviation over a title's codes to two places of `out`; zeros when it has none. */
  write(item: number, out: Float32Array, ratioAt: number, meanAt: number): void {
    const { indptr, indices } = this.#codes;
    const from = indptr[item];
    const to = indptr[item + 1];
    let ratio = 0;
    let mean = 0;
    for (let q = from; q < to; q++) {
      ratio += this.ratios[indices[q]];
      mean += this.means[indices[q]];
    }
    const share = to > from ? 1 / (to - from) : 0;
    out[ratioAt] = share * ratio;
    out[meanAt] = share * mean;
  }

  /** Writes the largest and the smallest ratio of a title's codes. */
  writeExtremes(item: number, out: Float32Array, mostAt: number, leastAt: number): void {
    const { indptr, indices } = this.#codes;
    const from = indptr[item];
    const to = indptr[item + 1];
    let most = from < to ? Number.NEGATIVE_INFINITY : 0;
    let least = from < to ? Number.POSITIVE_INFINITY : 0;
    for (let q = from; q < to; q++) {
      const ratio = this.ratios[indices[q]];
      if (ratio > most) most = ratio;
      if (ratio < least) least = ratio;
    }
    out[mostAt] = most;
    out[leastAt] = least;
  }
}
