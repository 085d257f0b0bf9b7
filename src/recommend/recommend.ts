/** A profile + a bundle + rules → a list, with reasons. */
import type { Anime, Catalogue } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import type { ListColumns } from '../kernel/list-writer.ts';
import { type RankedScores, rankedScores } from '../kernel/top.ts';
import { type Because, becauseOf } from './because.ts';
import type { Bundle } from './bundle.ts';
import { hideByRules } from './filter.ts';
import { type Candidate, followStories, type Story } from './franchise-rule.ts';
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
  items: new Uint32Array(),
  insteadOf: new Int32Array(),
  scores: new Float32Array(),
  priors: new Float64Array(),
  reasons: {
    ends: new Uint32Array(),
    items: new Uint32Array(),
    parts: new Float32Array(),
    totals: new Float64Array(),
  },
};

/** As `recommend`, in columns. */
export function rank(
  bundle: RecommendBundle,
  profile: Profile,
  options: RecommendOptions = {},
): ListColumns {
  const { limit = 20, rules = DEFAULT_RULES, because = 5 } = options;
  const { catalogue, facets, models } = bundle;
  const { order, standing } = workspaceOf(bundle);
  const model = models.hybrid.forList(profile);
  const weights = model.weigh(profile);
  setAside(weights, profile, catalogue, rules.without);
  const scores = model.viewScores(profile, weights);
  order.scores.set(scores);
  standing.fill(0);
  for (let p = 0; p < profile.items.length; p++) standing[profile.items[p]] = profile.statuses[p];
  hideByRules(order.scores, facets, profile, rules);
  favourNiche(order.scores, facets, rules.niche);
  const chosen = choose({ facets, standing, scores: order.scores }, order, rules, limit);
  const items = Uint32Array.from(chosen, ({ item }) => item);
  return {
    items,
    insteadOf: Int32Array.from(chosen, ({ insteadOf }) => insteadOf ?? -1),
    scores: Float32Array.from(items, (item) => scores[item]),
    priors: model.priorsOf(profile, items),
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
  return Array.from(items, (item, n) => ({
    rank: n + 1,
    anime: catalogue[item],
    score: scores[n],
    prior: priors[n],
    because: because[n],
    insteadOf: insteadOf[n] < 0 ? null : catalogue[insteadOf[n]],
  }));
}

/** What is set aside weighs nothing. */
export function setAside(
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
function choose(story: Story, order: RankedScores, rules: Rules, limit: number): Candidate[] {
  const wanted = rules.variety > 0 ? Math.max(100, 5 * limit) : limit;
  const { facets } = story;
  const stories = rules.prerequisites || rules.franchise;
  for (let depth = stories ? 2 * wanted + 40 : wanted; ; depth *= 4) {
    const ranked = order.top(depth);
    const found = followStories(ranked, story, rules, wanted);
    if (found.length < wanted && ranked.length === depth) continue;
    return rules.variety > 0 ? diversify(found, facets, rules.variety, limit) : found;
  }
}

/** Arrays over all items. `recommend` never waits, so one set for a bundle serves every call. */
interface Workspace {
  readonly order: RankedScores;
  /** the status on the person's list, 0 = not listed */
  readonly standing: Uint8Array;
}

const workspaces = new WeakMap<RecommendBundle, Workspace>();

function workspaceOf(bundle: RecommendBundle): Workspace {
  let workspace = workspaces.get(bundle);
  if (!workspace) {
    const { items } = bundle.facets;
    workspace = {
      order: rankedScores(items),
      standing: new Uint8Array(items),
    };
    workspaces.set(bundle, workspace);
  }
  return workspace;
}
