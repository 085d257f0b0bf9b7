import type { Random } from '../../data/random.ts';

/** Draws an index with probability ∝ its weight in constant time (Walker 1977, Vose 1991). */
export class Alias {
  readonly #threshold: Float32Array;
  readonly #alias: Int32Array;

  constructor(weights: Float64Array) {
    const n = weights.length;
    const mean = weights.reduce((a, b) => a + b) / n;
    const left = weights.map((weight) => weight / mean);
    this.#threshold = new Float32Array(n).fill(1);
    this.#alias = Int32Array.from(left, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) (left[i] < 1 ? small : large).push(i);
    while (small.length > 0 && large.length > 0) {
      const below = small.pop()!;
      const above = large[large.length - 1];
      this.#threshold[below] = left[below];
      this.#alias[below] = above;
      left[above] -= 1 - left[below];
      if (left[above] < 1) small.push(large.pop()!);
    }
  }

  draw(uniform: Random): number {
    const u = uniform() * this.#alias.length;
    const i = Math.floor(u);
    return u - i < this.#threshold[i] ? i : this.#alias[i];
  }
}
