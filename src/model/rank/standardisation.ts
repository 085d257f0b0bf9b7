/** Mean and deviation of each feature: what the network takes off its inputs, and divides them by. */
import type { RankLists } from './rank-lists.ts';

/** Candidates that are looked at, about: more do not change a mean that matters. */
const LOOKED_AT = 400_000;
/** A smaller deviation is rounding alone: the feature never changes. */
const LEAST_DEVIATION = 1e-6;

export function standardisationOf({ width, features }: Pick<RankLists, 'width' | 'features'>) {
  const candidates = features.length / width;
  const step = Math.max(1, Math.floor(candidates / LOOKED_AT));
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for (let candidate = 0; candidate < candidates; candidate += step, count++) {
    const at = candidate * width;
    for (let k = 0; k < width; k++) {
      // Of the first candidate's value, so that large numbers lose nothing.
      const value = features[at + k] - features[k];
      sums[k] += value;
      squares[k] += value * value;
    }
  }
  const means = Float32Array.from(sums, (sum, k) => features[k] + sum / count);
  const scales = Float32Array.from(sums, (sum, k) => {
    const deviation = Math.sqrt(Math.max(0, squares[k] / count - (sum / count) ** 2));
    return deviation > LEAST_DEVIATION ? 1 / deviation : 0;
  });
  return { means, scales };
}
