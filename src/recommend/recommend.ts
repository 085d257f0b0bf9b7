/** A profile + a bundle + rules → a list, with reasons. */
import type { Anime, Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { RankedScores } from '../linalg/ranked-scores.ts';
import type { ListColumns } from '../server/fast-list/list-writer.ts';
import { type Because, becauseOf } from './because.ts';
import type { Bundle } from './bundle.ts';
import { DEFAULT_BECAUSE, DEFAULT_RECOMMENDATIONS } from './defaults.ts';
import { hideByRules } from './filter.ts';
import { applyFranchiseRules, type Candidate, type Story } from './franchise-rule.ts';
import { diversify, favourNiche } from './rerank.ts';
import { DEFAULT_RULES, type Rules } from './rules.ts';

export interface Recommendation {
  /** from 1 */
  readonly rank: number;
  readonly anime: Anime;
  /** the model's own, whatever the rules made of the order */
  readonly score: number;
  /** the part of it that no title caused: being well known, which counts when few titles are known of the person */
  readonly prior: number;
  /** strongest first */
  readonly because: readonly Because[];
  /** the title whose place it takes, because it is to be seen before that */
  readonly insteadOf: Anime | null;
}

export interface RecommendOptions {
  /** default 20 */
  readonly limit?: number;
  readonly rules?: Rules;
  /** reasons a title at most; default 5 */
  readonly because?: number;
}

export type RecommendBundle = Pick<Bundle, 'catalogue' | 'facets' | 'models'>;

/** A list without titles. */
export const NOTHING: ListColumns = {
  items: [],
  insteadOf: [],
  scores: [],
  priors: [],
  reasons: { ends: [], items: [], parts: [], totals: [] },
};

/** As `recommend`, in columns. */
export function rank(
  bundle: RecommendBundle,
  profile: Profile,
  options: RecommendOptions = {},
): ListColumns {
  const {
    limit = DEFAULT_RECOMMENDATIONS,
    rules = DEFAULT_RULES,
    because = DEFAULT_BECAUSE,
  } = options;
  const { catalogue, facets, models } = bundle;
  const model = models.hybrid.forList(profile);
  const weights = model.weigh(profile, weightsFor(profile));
  clearExcluded(weights, profile, catalogue, rules.without);
  const ranked = model.rankScores(profile, weights);
  const { scores } = ranked;
  // The rules write into the scores: what they hide is not chosen, and a taste for the unknown weighs them anew.
  const own = rules.niche === 0 ? scores : scores.slice();
  hideByRules(scores, facets, profile, rules);
  favourNiche(scores, facets, rules.niche);
  const standing = standingIn(profile, facets.items);
  const chosen = choose({ facets, standing, scores }, ranked, rules, limit);
  const items = chosen.map(({ item }) => item);
  return {
    items,
    insteadOf: chosen.map(({ insteadOf }) => insteadOf ?? -1),
    scores: items.map((item) => own[item]),
    priors: model.priorsOf(profile, items, weights),
    reasons: model.explain(profile, weights, items, because),
  };
}

export function recommend(
  bundle: RecommendBundle,
  profile: Profile,
  options: RecommendOptions = {},
): Recommendation[] {
  return recommendationsOf(bundle, rank(bundle, profile, options));
}

export function recommendationsOf(
  { catalogue }: Pick<Bundle, 'catalogue'>,
  { items, insteadOf, scores, priors, reasons }: ListColumns,
): Recommendation[] {
  const because = becauseOf(catalogue, reasons);
  return items.map((item, n) => ({
    rank: n + 1,
    anime: catalogue[item],
    score: scores[n],
    prior: priors[n],
    because: because[n],
    insteadOf: insteadOf[n] < 0 ? null : catalogue[insteadOf[n]],
  }));
}

/** What is set aside weighs nothing. */
export function clearExcluded(
  weights: Float32Array,
  { items }: Profile,
  catalogue: Catalogue,
  without: readonly number[],
): void {
  if (without.length === 0) return;
  const aside = new Set(without);
  for (let p = 0; p < items.length; p++) if (aside.has(catalogue[items[p]].animeId)) weights[p] = 0;
}

/** Reads further down the ranking until `limit` titles have passed every rule, or nothing is left. */
function choose(story: Story, ranking: RankedScores, rules: Rules, limit: number): Candidate[] {
  const wanted = rules.variety > 0 ? Math.max(100, 5 * limit) : limit;
  const { facets } = story;
  const passesOver = rules.prerequisites || rules.franchise || !rules.adult;
  for (let depth = passesOver ? 2 * wanted + 40 : wanted; ; depth *= 4) {
    const ranked = ranking.top(depth);
    const found = applyFranchiseRules(ranked, story, rules, wanted);
    if (found.length < wanted && ranked.length === depth) continue;
    return rules.variety > 0 ? diversify(found, facets, rules.variety, limit) : found;
  }
}

// What a list needs while it is made: nothing here waits, so one of each serves them all.
let weightSpace = new Float32Array();
let standings = new Uint8Array();

/** One a title of the profile; only good until the next call. */
function weightsFor({ items }: Profile): Float32Array {
  if (weightSpace.length < items.length) weightSpace = new Float32Array(2 * items.length);
  return weightSpace.subarray(0, items.length);
}

/** Of each item the status on the person's list, 0 = not listed; only good until the next call. */
function standingIn({ items, statuses }: Profile, count: number): Uint8Array {
  if (standings.length === count) standings.fill(0);
  else standings = new Uint8Array(count);
  for (let p = 0; p < items.length; p++) standings[items[p]] = statuses[p];
  return standings;
}
