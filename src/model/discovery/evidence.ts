/** How strongly the titles of a list speak for every other title: the weights of slim without the prior. */
import type { Profile } from '../../data/interactions.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';
import type { WeightsShare } from '../linear/mixed-weights.ts';
import { smooth } from '../linear/part-shares.ts';

/** Of longer lists the plain sum counts, more and more between the two: many titles speak for each other one anyway. */
const BROAD_LISTS = { from: 40, to: 90 };

/** Owns its buffers; what it read is only good until the next `read`. */
export class Evidence {
  /** Σ_p x_p · B[p,j] */
  readonly sums: Float32Array;
  /** Σ_p √max(0, x_p · B[p,j]) */
  readonly #roots: Float32Array;
  /** how much the roots count, 0 … 1 */
  #breadth = 1;

  constructor(items: number) {
    this.sums = new Float32Array(items);
    this.#roots = new Float32Array(items);
  }

  /**
   * @param weights x, one an entry of the profile
   * @param shares of B: sums and roots are mixtures
   */
  read({ items }: Profile, weights: Float32Array, shares: readonly WeightsShare[]): void {
    this.sums.fill(0);
    this.#roots.fill(0);
    this.#breadth = breadthOf(items.length);
    for (const { weights: each, share } of shares) this.#add(items, weights, each, share);
  }

  #add(items: Uint32Array, weights: Float32Array, { rows }: ItemWeights, share: number): void {
    const { sums } = this;
    const roots = this.#roots;
    const { indptr, indices, values } = rows;
    const isBroad = this.#breadth > 0;
    for (let p = 0; p < items.length; p++) {
      const weight = weights[p];
      if (weight === 0) continue;
      for (let q = indptr[items[p]]; q < indptr[items[p] + 1]; q++) {
        const term = weight * values[q];
        sums[indices[q]] += share * term;
        if (isBroad && term > 0) roots[indices[q]] += share * Math.sqrt(term);
      }
    }
  }

  /**
   * ln (Σ_p √(x_p · B[p,j]))²: four titles that speak for one a little count more than one that does so alone.
   * @param item whose sum is above 0
   */
  logOf(item: number): number {
    const breadth = this.#breadth;
    if (breadth === 0) return Math.log(this.sums[item]);
    const broad = 2 * Math.log(this.#roots[item]);
    return breadth === 1 ? broad : breadth * broad + (1 - breadth) * Math.log(this.sums[item]);
  }
}

/** Falls smoothly with the logarithm of the length. */
function breadthOf(titles: number): number {
  const { from, to } = BROAD_LISTS;
  if (titles <= from) return 1;
  return titles >= to ? 0 : 1 - smooth(Math.log(titles / from) / Math.log(to / from));
}
