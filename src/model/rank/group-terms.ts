/**
 * What each group of features adds to a candidate: exact Shapley values (Shapley 1953; as explanations, Lundberg & Lee
 * 2017). With v(S) = the network's output when the groups of S are the candidate's own and all others are those of an
 * average candidate of its list,
 *
 *   φ_g = Σ over S without g of |S|! (n − |S| − 1)! / n! · (v(S ∪ g) − v(S)),   n = 5 groups: 32 evaluations
 *
 * They add up to net(x) − net(mean). The logarithm of the first stage's score, which is added to the network, is left
 * out: that is what the first stage made of it.
 */
import { bitCount } from '../../data/bit-count.ts';
import type { RankNetwork } from './network.ts';
import { RANK_GROUPS, type RankGroup } from './rank-groups.ts';

const GROUPS = RANK_GROUPS.length;
const COALITIONS = 1 << GROUPS;

export class GroupTerms {
  /** of each feature */
  readonly #groups: Uint32Array;

  /** @param groups of each feature that the network takes */
  constructor(
    private readonly network: RankNetwork,
    groups: readonly RankGroup[],
  ) {
    if (groups.length !== network.width)
      throw new RangeError(`${groups.length} groups for ${network.width} features`);
    this.#groups = Uint32Array.from(groups, (group) => RANK_GROUPS.indexOf(group));
  }

  /**
   * One value a group, in the order of RANK_GROUPS.
   * @param own features of the candidate
   * @param mean those of an average candidate of its list
   */
  of(own: Float32Array, mean: Float32Array): Float64Array {
    return shapleyValues(this.network.ofCoalitions(own, mean, this.#groups));
  }
}

/** Of a coalition of so many others, how much it counts that a group joins it. */
const WEIGHTS = RANK_GROUPS.map(
  (_, others) => (factorial(others) * factorial(GROUPS - others - 1)) / factorial(GROUPS),
);

/** @param values of each coalition, a bit a group */
function shapleyValues(values: Float32Array): Float64Array {
  const terms = new Float64Array(GROUPS);
  for (let coalition = 0; coalition < COALITIONS; coalition++)
    for (let group = 0; group < GROUPS; group++) {
      if (coalition & (1 << group)) continue;
      const joined = values[coalition | (1 << group)] - values[coalition];
      terms[group] += WEIGHTS[bitCount(coalition)] * joined;
    }
  return terms;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
