/** How strongly the titles of a list speak for every other title: the weights of slim without the prior. */
import type { Profile } from '../../data/interactions.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';

/** Of longer lists the plain sum counts: many titles speak for each other one anyway. */
const BROAD_LISTS = 60;

/** Owns its buffers; what it read is only good until the next `read`. */
export class Evidence {
  /** Σ_p x_p · B[p,j] */
  readonly sums: Float32Array;
  /** Σ_p √max(0, x_p · B[p,j]) */
  readonly #roots: Float32Array;
  #isBroad = true;

  constructor(items: number) {
    this.sums = new Float32Array(items);
    this.#roots = new Float32Array(items);
  }

  /** @param weights x, one an entry of the profile */
  read({ items }: Profile, weights: Float32Array, model: ItemWeights): void {
    const { sums } = this;
    const roots = this.#roots;
    sums.fill(0);
    roots.fill(0);
    const { indptr, indices, values } = model.rows;
    const isBroad = items.length <= BROAD_LISTS;
    for (let p = 0; p < items.length; p++) {
      const weight = weights[p];
      if (weight === 0) continue;
      for (let q = indptr[items[p]]; q < indptr[items[p] + 1]; q++) {
        const term = weight * values[q];
        sums[indices[q]] += term;
        if (isBroad && term > 0) roots[indices[q]] += Math.sqrt(term);
      }
    }
    this.#isBroad = isBroad;
  }

  /**
   * ln (Σ_p √(x_p · B[p,j]))²: four titles that speak for one a little count more than one that does so alone.
   * @param item whose sum is above 0
   */
  logOf(item: number): number {
    return this.#isBroad ? 2 * Math.log(this.#roots[item]) : Math.log(this.sums[item]);
  }
}
