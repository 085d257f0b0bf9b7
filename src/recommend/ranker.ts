/** A profile + a bundle + rules → a list, with reasons. */
import type { Anime, Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { RankedScores } from '../linalg/ranked-scores.ts';
import type { RankGroup } from '../model/rank/rank-groups.ts';
import { type Because, becauseOf } from './because.ts';
import { DEFAULT_BECAUSE, DEFAULT_RECOMMENDATIONS } from './defaults.ts';
import { applyFranchiseRules, type Candidate, type FranchiseContext } from './franchise-rule.ts';
import { ListOrder, type OrderedBundle, type ScoredList } from './list-order.ts';
import { diversify, varietyPool } from './rerank.ts';
import { DEFAULT_RULES, NO_RULES, type Rules } from './rules.ts';
import { ShownGroups, type ShownOrder } from './shown-groups.ts';

export interface Recommendation {
  /** from 1 */
  readonly rank: number;
  readonly anime: Anime;
  /** the model's own, even where the rules changed the order */
  readonly score: number;
  /** the part of the score that no title caused: being popular, which counts when the profile is small */
  readonly prior: number;
  /** strongest first */
  readonly because: readonly Because[];
  /** what the second stage made of its place; null = the bundle has none, or the title was not among its candidates */
  readonly order: ShownOrder | null;
  /** the title whose place it takes, because it has to be seen before that one; null = none */
  readonly insteadOf: Anime | null;
}

/** What the second stage makes of one title. */
export interface Judgement {
  readonly order: ShownOrder;
  /** groups that the answer names, strongest first */
  readonly speakingFor: readonly RankGroup[];
  readonly speakingAgainst: readonly RankGroup[];
}

export interface RecommendOptions {
  /** default 20 */
  readonly limit?: number;
  readonly rules?: Rules;
  /** reasons a title at most; default 5 */
  readonly because?: number;
  /** false: the list is a part of something else, and no observer is called */
  readonly counts?: boolean;
}

/** Milliseconds that the parts of a list took. */
export interface RankingTimes {
  /** weights and scores of all titles */
  readonly score: number;
  /** rules and reasons */
  readonly rules: number;
}

/** Observes every list that a ranker makes. */
export type RankingWatch = (
  list: readonly Recommendation[],
  rules: Rules,
  times: RankingTimes,
) => void;

/** What a bundle's lists are made from. */
export interface RankedBundle extends OrderedBundle {
  readonly catalogue: Catalogue;
}

/** A profile's titles in their order. */
export interface Ranking extends ScoredList {
  /** by item: the model's own scores, only good until the next list */
  readonly own: Float32Array;
  readonly ranked: RankedScores;
  /** those that the second stage has ordered */
  readonly candidates: Uint32Array;
  /** milliseconds */
  readonly started: number;
  readonly scored: number;
}

/**
 * Ranks the titles of one bundle. It owns what is reused from list to list; nothing that it returns is overwritten by
 * the next list, so requests may wait for something else between two calls.
 */
export class Ranker {
  readonly #bundle: RankedBundle;
  readonly #watch: RankingWatch | undefined;
  /** by item: the status in the profile that is being ranked for, 0 = not listed; all 0 between two calls */
  readonly #statuses: Uint8Array;
  readonly #order: ListOrder;
  readonly #shown: ShownGroups;
  /** by item: the model's scores of the list that is being made */
  readonly #scores: Float32Array;

  constructor(bundle: RankedBundle, watch?: RankingWatch) {
    this.#bundle = bundle;
    this.#watch = watch;
    this.#statuses = new Uint8Array(bundle.facets.items);
    this.#order = new ListOrder(bundle);
    this.#shown = new ShownGroups(bundle.facets);
    this.#scores = new Float32Array(bundle.facets.items);
  }

  /**
   * One preference weight an entry of the profile, in a new array.
   * @param excluded animeIds whose entries weigh nothing
   */
  weigh(profile: Profile, excluded: readonly number[] = []): Float32Array {
    const { catalogue, models } = this.#bundle;
    const weights = models.hybrid.forList(profile).weigh(profile);
    if (excluded.length === 0) return weights;
    const ids = new Set(excluded);
    return weights.map((weight, p) => (ids.has(catalogue[profile.items[p]].animeId) ? 0 : weight));
  }

  recommend(profile: Profile, options: RecommendOptions = {}): Recommendation[] {
    const { limit = DEFAULT_RECOMMENDATIONS, rules = DEFAULT_RULES } = options;
    const ranking = this.#rank(profile, rules);
    return this.#listOf(ranking, this.#choose(ranking, rules, limit), options);
  }

  /**
   * Several lists out of one ranking: the model runs once.
   * @param options `limit` is of the titles that are divided
   * @param divide what the rules leave, best first → the titles of each list
   */
  divide(
    profile: Profile,
    options: RecommendOptions,
    divide: (found: readonly Candidate[], ranking: Ranking) => readonly (readonly Candidate[])[],
  ): Recommendation[][] {
    const { limit = DEFAULT_RECOMMENDATIONS, rules = DEFAULT_RULES } = options;
    const ranking = this.#rank(profile, rules);
    const lists = divide(this.#choose(ranking, rules, limit), ranking);
    const all = this.#listOf(ranking, lists.flat(), options);
    let from = 0;
    return lists.map(({ length }) => {
      const list = all.slice(from, from + length);
      from += length;
      return list.map((recommendation, n) => ({ ...recommendation, rank: n + 1 }));
    });
  }

  #rank(profile: Profile, rules: Rules): Ranking {
    const started = performance.now();
    const model = this.#bundle.models.hybrid.forList(profile);
    const weights = this.weigh(profile, rules.without);
    const ranked = model.rankScores(profile, weights);
    const scored = performance.now();
    // The rules write into the scores: they hide titles, and some put something else in their place.
    this.#scores.set(ranked.scores);
    const candidates = this.#order.apply({ profile, weights, model }, ranked, rules);
    return { profile, model, weights, ranked, own: this.#scores, candidates, started, scored };
  }

  #listOf(
    ranking: Ranking,
    chosen: readonly Candidate[],
    options: RecommendOptions,
  ): Recommendation[] {
    const { because = DEFAULT_BECAUSE, rules = DEFAULT_RULES, counts = true } = options;
    const { profile, model, weights, candidates, started, scored } = ranking;
    const { catalogue } = this.#bundle;
    const items = chosen.map(({ item }) => item);
    const priors = model.priorsOf(profile, items, weights);
    const reasons = becauseOf(catalogue, model.explain(profile, weights, items, because), priors);
    const list = chosen.map(({ item, insteadOf }, n) => ({
      rank: n + 1,
      anime: catalogue[item],
      score: this.#scores[item],
      prior: priors[n],
      because: reasons[n],
      order: because > 0 ? this.#shownOf(profile, candidates, item) : null,
      insteadOf: insteadOf === null ? null : catalogue[insteadOf],
    }));
    if (counts && this.#watch)
      this.#watch(list, rules, { score: scored - started, rules: performance.now() - scored });
    return list;
  }

  /**
   * What the second stage makes of one title's place in a list without rules; null as for a recommendation.
   * @param weights of the profile
   */
  orderOf(profile: Profile, item: number, weights: Float32Array): ShownOrder | null {
    if (!this.#bundle.secondStage) return null;
    const model = this.#bundle.models.hybrid.forList(profile);
    const ranked = model.rankScores(profile, weights);
    const candidates = this.#order.apply({ profile, weights, model }, ranked, NO_RULES);
    return this.#shownOf(profile, candidates, item);
  }

  /**
   * What the second stage makes of a title, whether or not it would be listed; null = the bundle has no second stage.
   * @param weights of the profile
   */
  judge(profile: Profile, item: number, weights: Float32Array): Judgement | null {
    const { secondStage } = this.#bundle;
    if (!secondStage) return null;
    const model = this.#bundle.models.hybrid.forList(profile);
    const ranked = model.rankScores(profile, weights);
    const list = { profile, weights, model };
    const candidates = this.#order.apply(list, ranked, NO_RULES, item);
    const order = secondStage.orderOf(candidates.indexOf(item));
    return {
      order: this.#shown.of(profile, item, order),
      speakingFor: this.#shown.speakingFor(profile, item, order),
      speakingAgainst: this.#shown.speakingAgainst(profile, item, order),
    };
  }

  /** @param candidates of the list that the second stage ordered last */
  #shownOf(profile: Profile, candidates: Uint32Array, item: number): ShownOrder | null {
    const { secondStage } = this.#bundle;
    const place = candidates.indexOf(item);
    if (!secondStage || place < 0) return null;
    return this.#shown.of(profile, item, secondStage.orderOf(place));
  }

  #choose({ profile, ranked }: Ranking, rules: Rules, limit: number): Candidate[] {
    const statuses = this.#statuses;
    const { items } = profile;
    for (let p = 0; p < items.length; p++) statuses[items[p]] = profile.statuses[p];
    try {
      const { facets } = this.#bundle;
      return choose({ facets, statuses, scores: ranked.scores }, ranked, rules, limit);
    } finally {
      for (let p = 0; p < items.length; p++) statuses[items[p]] = 0;
    }
  }
}

/** Reads further down the ranking until `limit` titles have passed every rule, or nothing is left. */
function choose(
  context: FranchiseContext,
  ranking: RankedScores,
  rules: Rules,
  limit: number,
): Candidate[] {
  const wanted = rules.variety > 0 ? varietyPool(limit) : limit;
  const skipsTitles = rules.prerequisites || rules.franchise || !rules.adult;
  for (let depth = skipsTitles ? 2 * wanted + 40 : wanted; ; depth *= 4) {
    const ranked = ranking.top(depth);
    const found = applyFranchiseRules(ranked, context, rules, wanted);
    if (found.length < wanted && ranked.length === depth) continue;
    return rules.variety > 0 ? diversify(found, context.facets, rules.variety, limit) : found;
  }
}
