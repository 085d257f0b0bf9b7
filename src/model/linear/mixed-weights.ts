/** What a list is scored and explained by: weights of one kind, or a mixture of two. */
import type { Profile } from '../../data/interactions.ts';
import type { RankedScores } from '../../linalg/ranked-scores.ts';
import type { Terms } from '../../linalg/term-finder.ts';
import type { ItemWeights } from '../item-weights/item-weights.ts';

export type ListWeights = Pick<
  ItemWeights,
  'weigh' | 'score' | 'rankScores' | 'priorsOf' | 'allPriors' | 'contributions' | 'explain'
>;

/** share · first + (1 − share) · second, of scores, priors and terms alike, so that terms still add up to scores. */
export class MixedWeights implements ListWeights {
  /**
   * @param first also says what the ratings of a list weigh
   * @param share of `first`, between 0 and 1
   */
  constructor(
    private readonly first: ItemWeights,
    private readonly second: ItemWeights,
    private readonly share: number,
  ) {}

  weigh(profile: Profile, out?: Float32Array): Float32Array {
    return this.first.weigh(profile, out);
  }

  score(profile: Profile): Float32Array {
    return this.rankScores(profile).scores.slice();
  }

  /** In the memory of `first`: only good until that scores again. */
  rankScores(profile: Profile, weights = this.weigh(profile)): RankedScores {
    const ranked = this.first.rankScores(profile, weights);
    const { scores: other } = this.second.rankScores(profile, weights);
    const { scores } = ranked;
    const { share } = this;
    for (let j = 0; j < scores.length; j++) scores[j] = share * scores[j] + (1 - share) * other[j];
    return ranked;
  }

  priorsOf(profile: Profile, items: readonly number[], weights = this.weigh(profile)): number[] {
    const other = this.second.priorsOf(profile, items, weights);
    return this.first
      .priorsOf(profile, items, weights)
      .map((prior, n) => this.#mix(prior, other[n]));
  }

  allPriors(profile: Profile, weights = this.weigh(profile)): Float32Array {
    const other = this.second.allPriors(profile, weights);
    return this.first
      .allPriors(profile, weights)
      .map((prior, item) => this.#mix(prior, other[item]));
  }

  contributions(profile: Profile, item: number, weights = this.weigh(profile)): Float32Array {
    const other = this.second.contributions(profile, item, weights);
    return this.first
      .contributions(profile, item, weights)
      .map((part, p) => this.#mix(part, other[p]));
  }

  explain(profile: Profile, weights: Float32Array, items: ArrayLike<number>, limit: number): Terms {
    // Of both every term: the strongest of the mixture need not be among the strongest of either.
    const all = profile.items.length;
    const first = this.first.explain(profile, weights, items, all);
    const second = this.second.explain(profile, weights, items, all);
    const mixed = { ends: [] as number[], items: [] as number[], parts: [] as number[] };
    for (let n = 0; n < items.length; n++) {
      const parts = new Map<number, number>();
      addTerms(parts, first, n, this.share);
      addTerms(parts, second, n, 1 - this.share);
      const strongest = [...parts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      for (const [item, part] of strongest.slice(0, limit)) {
        if (part === 0) continue;
        mixed.items.push(item);
        mixed.parts.push(part);
      }
      mixed.ends.push(mixed.items.length);
    }
    const totals = first.totals.map((total, n) => this.#mix(total, second.totals[n]));
    return { ...mixed, totals };
  }

  #mix(first: number, second: number): number {
    return this.share * first + (1 - this.share) * second;
  }
}

/** Adds the terms of the n-th sum, `share` times each. */
function addTerms(parts: Map<number, number>, terms: Terms, n: number, share: number): void {
  for (let t = n === 0 ? 0 : terms.ends[n - 1]; t < terms.ends[n]; t++)
    parts.set(terms.items[t], (parts.get(terms.items[t]) ?? 0) + share * terms.parts[t]);
}
