/** Scores in the kernels' memory, so that finding the best takes microseconds. */
import { instantiateKernelsNow } from './instance.ts';

export interface RankedScores {
  readonly scores: Float32Array;
  /**
   * The items of the k highest scores, best first; of equal scores the lower item wins; −∞ and NaN are never taken.
   * Only good until the next call.
   */
  top(k: number): Uint32Array;
}

export function rankedScores(items: number): RankedScores {
  const at = 64;
  const out = at + 8 * Math.ceil(items / 2);
  const { kernels, memory } = instantiateKernelsNow(out + 8 * items);
  return {
    scores: new Float32Array(memory.buffer, at, items),
    top: (k) =>
      new Uint32Array(memory.buffer, out, kernels.topScores(at, items, Math.min(k, items), out)),
  };
}
