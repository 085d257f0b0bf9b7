/** Scores in a kernel's memory, so that finding the best takes microseconds. */
import type { KernelInstance } from './wasm/instance.ts';

export interface RankedScores {
  readonly scores: Float32Array;
  /**
   * The items of the k highest scores, best first; of equal scores the lower item wins; −∞ and NaN are never taken.
   * Only good until the next call.
   */
  top(k: number): Uint32Array;
}

/**
 * @param at where the scores are, one an item
 * @param out room for eight bytes an item, at a multiple of eight
 */
export function rankedScores(
  { kernels, memory }: KernelInstance,
  items: number,
  at: number,
  out: number,
): RankedScores {
  return {
    scores: new Float32Array(memory.buffer, at, items),
    top: (k) =>
      new Uint32Array(memory.buffer, out, kernels.topScores(at, items, Math.min(k, items), out)),
  };
}
