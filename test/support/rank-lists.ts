/** Lists of candidates made up by seed, in which a hidden function of the features decides what is liked. */
import { normal, random } from '../../src/data/random.ts';
import type { RankLists } from '../../src/model/rank/rank-lists.ts';

export interface MadeUpSize {
  readonly lists: number;
  readonly candidates: number;
  readonly width: number;
  readonly seed: number;
}

/**
 * The first stage knows x₀ alone; what is liked also depends on x₁·x₂ and |x₃|, so that no weighted sum finds it.
 * The other features mean nothing.
 */
export function madeUpLists({ lists, candidates, width, seed }: MadeUpSize): RankLists {
  const uniform = random(seed);
  const count = lists * candidates;
  const features = Float32Array.from(
    { length: count * width },
    (_, k) => 5 * (k % width) + (1 + (k % width)) * normal(uniform),
  );
  const logScores = new Float32Array(count);
  const relevant = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    const [a, b, c, d] = Array.from(
      { length: 4 },
      (_, k) => (features[n * width + k] - 5 * k) / (1 + k),
    );
    logScores[n] = 0.3 * a;
    relevant[n] = Number(a + 1.5 * b * c + 1.5 * Math.abs(d) + 0.5 * normal(uniform) > 4);
  }
  const indptr = Uint32Array.from({ length: lists + 1 }, (_, list) => list * candidates);
  const targets = Uint32Array.from({ length: lists }, (_, list) => {
    const own = relevant.subarray(list * candidates, (list + 1) * candidates);
    return own.reduce((sum, liked) => sum + liked, 0);
  });
  return { width, features, logScores, indptr, relevant, targets };
}

/** Mean NDCG of all candidates, ordered by `scoresOf` each list, over the lists with a target. */
export function meanNdcg(
  lists: RankLists,
  scoresOf: (features: Float32Array, logScores: Float32Array) => Float32Array,
): number {
  const { width, features, logScores, indptr, relevant, targets } = lists;
  let sum = 0;
  let count = 0;
  for (let list = 0; list + 1 < indptr.length; list++) {
    const [from, to] = [indptr[list], indptr[list + 1]];
    if (targets[list] === 0) continue;
    const scores = scoresOf(
      features.subarray(from * width, to * width),
      logScores.subarray(from, to),
    );
    const order = Array.from(scores.keys()).sort((i, j) => scores[j] - scores[i]);
    const gain = (liked: (rank: number) => boolean) =>
      order.reduce((total, _, rank) => total + (liked(rank) ? 1 / Math.log2(2 + rank) : 0), 0);
    sum +=
      gain((rank) => relevant[from + order[rank]] === 1) / gain((rank) => rank < targets[list]);
    count++;
  }
  return sum / count;
}
