/** Scores in the kernels' memory, so that looking for the best takes microseconds. */
import { instantiateKernelsNow } from './instance.ts';

export interface ScannedScores {
  readonly scores: Float32Array;
  /** The first item from `from` on whose score is above `least`; the number of scores when there is none. */
  nextAbove(from: number, least: number): number;
}

export function scannedScores(items: number): ScannedScores {
  const at = 64;
  const { kernels, memory } = instantiateKernelsNow(at + 4 * items);
  return {
    scores: new Float32Array(memory.buffer, at, items),
    nextAbove: (from, least) => kernels.nextAbove(at, from, items, least),
  };
}
