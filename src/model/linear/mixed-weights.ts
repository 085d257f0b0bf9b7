/** What a list is scored and explained by: weights of one kind, or a mixture of several. */
import type { Profile } from '../../data/interactions.ts';
import type { RankedScores } from '../../linalg/ranked-scores.ts';
import type { Terms } from '../../linalg/term-finder.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';

export type ListWeights = Pick<
  ItemWeights,
  'weigh' | 'score' | 'rankScores' | 'priorsOf' | 'allPriors' | 'contributions' | 'explain'
>;

export interface WeightsShare {
  readonly weights: ItemWeights;
  /** shares add up to 1 */
  readonly share: number;
}

/** Σ share · weights, of scores, priors and terms alike, so that terms still add up to scores. */
export class MixedWeights implements ListWeights {
  /** says what the ratings of a list weigh, and its memory has the mixture's scores */
  readonly #first: ItemWeights;

  /** @param shares of different weights, one or more */
  constructor(private readonly shares: readonly WeightsShare[]) {
    this.#first = shares[0].weights;
  }

  weigh(profile: Profile, out?: Float32Array): Float32Array {
    return this.#first.weigh(profile, out);
  }

  score(profile: Profile): Float32Array {
    return this.rankScores(profile).scores.slice();
  }

  /** In the memory of the first weights: only good until they score again. */
  rankScores(profile: Profile, weights = this.weigh(profile)): RankedScores {
    const [first, ...others] = this.shares;
    const ranked = first.weights.rankScores(profile, weights);
    const { scores } = ranked;
    for (let j = 0; j < scores.length; j++) scores[j] *= first.share;
    for (const { weights: each, share } of others) {
      const { scores: other } = each.rankScores(profile, weights);
      for (let j = 0; j < scores.length; j++) scores[j] += share * other[j];
    }
    return ranked;
  }

  priorsOf(profile: Profile, items: readonly number[], weights = this.weigh(profile)): number[] {
    const sums = items.map(() => 0);
    for (const { weights: each, share } of this.shares)
      addTo(sums, each.priorsOf(profile, items, weights), share);
    return sums;
  }

  allPriors(profile: Profile, weights = this.weigh(profile)): Float32Array {
    return this.#mixed((each) => each.allPriors(profile, weights));
  }

  contributions(profile: Profile, item: number, weights = this.weigh(profile)): Float32Array {
    return this.#mixed((each) => each.contributions(profile, item, weights));
  }

  explain(profile: Profile, weights: Float32Array, items: ArrayLike<number>, limit: number): Terms {
    // Of all every term: the strongest of the mixture need not be among the strongest of any.
    const all = this.shares.map(({ weights: each, share }) => ({
      share,
      terms: each.explain(profile, weights, items, profile.items.length),
    }));
    const mixed = { ends: [] as number[], items: [] as number[], parts: [] as number[] };
    const totals: number[] = new Array(items.length).fill(0);
    for (const { share, terms } of all) addTo(totals, terms.totals, share);
    for (let n = 0; n < items.length; n++) {
      const parts = new Map<number, number>();
      for (const { share, terms } of all) addTerms(parts, terms, n, share);
      const strongest = [...parts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      for (const [item, part] of strongest.slice(0, limit)) {
        if (part === 0) continue;
        mixed.items.push(item);
        mixed.parts.push(part);
      }
      mixed.ends.push(mixed.items.length);
    }
    return { ...mixed, totals };
  }

  /** Σ share · numbers */
  #mixed(numbers: (weights: ItemWeights) => Float32Array): Float32Array {
    const [first, ...others] = this.shares;
    const sums = numbers(first.weights).map((value) => first.share * value);
    for (const { weights, share } of others) addTo(sums, numbers(weights), share);
    return sums;
  }
}

function addTo(sums: number[] | Float32Array, numbers: ArrayLike<number>, share: number): void {
  for (let n = 0; n < sums.length; n++) sums[n] += share * numbers[n];
}

/** Adds the terms of the n-th sum, `share` times each. */
function addTerms(parts: Map<number, number>, terms: Terms, n: number, share: number): void {
  for (let t = n === 0 ? 0 : terms.ends[n - 1]; t < terms.ends[n]; t++)
    parts.set(terms.items[t], (parts.get(terms.items[t]) ?? 0) + share * terms.parts[t]);
}
