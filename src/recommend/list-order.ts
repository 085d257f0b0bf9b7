/**
 * The order of a list, written into the scores of its titles: rules hide some, the second stage orders the best of what
 * is left, and the settings familiar and niche move what they are about.
 */
import type { Profile } from '../data/interactions.ts';
import type { RankedScores } from '../linalg/ranked-scores.ts';
import type { Discovery } from '../model/discovery/discovery.ts';
import type { ListWeights } from '../model/linear/mixed-weights.ts';
import type { SlimWeights } from '../model/linear/slim-weights.ts';
import { CANDIDATES } from '../model/rank/lists/list-collector.ts';
import { reorder } from '../model/rank/reorder.ts';
import type { SecondStage } from '../model/rank/second-stage.ts';
import type { Facets } from './facets.ts';
import { mixUnfamiliar, rankUnfamiliar } from './familiar.ts';
import { hideByRules, isHidden } from './filter.ts';
import { favourNiche } from './rerank.ts';
import type { Rules } from './rules.ts';

/** What a list is ordered by. */
export interface OrderedBundle {
  readonly facets: Facets;
  readonly models: { readonly hybrid: SlimWeights };
  /** what the rule `familiar` is made of; absent or null = lists are as without it */
  readonly discovery?: Discovery | null;
  /** orders the best titles anew; absent or null = their order is that of the scores */
  readonly secondStage?: SecondStage | null;
}

/** A list that has been scored. */
export interface ScoredList {
  readonly profile: Profile;
  readonly weights: Float32Array;
  /** what scored it */
  readonly model: ListWeights;
}

const NONE = new Uint32Array();

export class ListOrder {
  readonly #bundle: OrderedBundle;
  /** by item: of the rule `familiar` */
  readonly #values: Float32Array;
  /** the first stage's, of what the second stage orders */
  readonly #candidateScores = new Float32Array(CANDIDATES);

  constructor(bundle: OrderedBundle) {
    this.#bundle = bundle;
    this.#values = new Float32Array(bundle.facets.items);
  }

  /**
   * @param ranked the model's scores, which are overwritten
   * @param included a title that the second stage orders even when its score is not among the best; −1 = none
   * @returns the titles that the second stage has ordered
   */
  apply(list: ScoredList, ranked: RankedScores, rules: Rules, included = -1): Uint32Array {
    const { facets } = this.#bundle;
    const { scores } = ranked;
    const part = this.#unfamiliar(list, rules);
    if (part === 1) scores.set(this.#values);
    hideByRules(scores, facets, list.profile, rules);
    if (part === 1) return NONE;
    const candidates = this.#reorder(list, ranked, rules, included);
    if (rules.niche !== 0) {
      const priors = list.model.allPriors(list.profile, list.weights);
      favourNiche(scores, priors, facets, rules.niche);
    }
    if (part > 0) mixUnfamiliar(scores, this.#values, part);
    return candidates;
  }

  /** How far the rule `familiar` says the order: 0 = not at all. Writes its values. */
  #unfamiliar({ profile, weights }: ScoredList, rules: Rules): number {
    const { models, discovery, facets } = this.#bundle;
    if (!rules.familiar || !discovery) return 0;
    const { whole } = models.hybrid;
    const parts = models.hybrid.sharesFor(profile).filter((one) => one.weights !== whole);
    const part = parts.reduce((sum, { share }) => sum + share, 0);
    if (part === 0) return 0;
    const shares = parts.map((one) => ({ ...one, share: one.share / part }));
    const list = { profile, weights, shares };
    return rankUnfamiliar(discovery, list, facets, rules, this.#values) ? part : 0;
  }

  #reorder(
    { profile, weights }: ScoredList,
    ranked: RankedScores,
    rules: Rules,
    included: number,
  ): Uint32Array {
    const { secondStage, facets } = this.#bundle;
    if (!secondStage) return NONE;
    const candidates = including(bestOf(ranked, facets, rules), included);
    const scores = this.#candidateScores.subarray(0, candidates.length);
    for (let n = 0; n < candidates.length; n++) scores[n] = ranked.scores[candidates[n]];
    const values = secondStage.valuesOf({ profile, weights, candidates, scores });
    reorder(ranked.scores, candidates, values);
    return candidates;
  }
}

/** The best titles that the rules leave, as many as the second stage takes. */
function bestOf(ranking: RankedScores, facets: Facets, rules: Rules): Uint32Array {
  for (let depth = CANDIDATES; ; depth *= 2) {
    const ranked = ranking.top(depth);
    const left = new Uint32Array(CANDIDATES);
    let count = 0;
    for (let n = 0; n < ranked.length && count < CANDIDATES; n++)
      if (!isHidden(ranked[n], ranking.scores, facets, rules)) left[count++] = ranked[n];
    if (count === CANDIDATES || ranked.length < depth) return left.subarray(0, count);
  }
}

/** In the place of the last one, so that there are not more of them. */
function including(candidates: Uint32Array, item: number): Uint32Array {
  if (item < 0 || candidates.includes(item)) return candidates;
  return Uint32Array.of(...candidates.subarray(0, CANDIDATES - 1), item);
}
