/** A profile + a bundle + rules → a list, with reasons. */
import type { Anime } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import { topItems } from '../model/top.ts';
import { type Because, explain } from './because.ts';
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
  /** strongest first */
  readonly because: readonly Because[];
  /** the title whose place it takes, because it is to be seen before that */
  readonly insteadOf: Anime | null;
}

export interface RecommendOptions {
  /** default 20 */
  readonly limit?: number;
  readonly rules?: Rules;
  /** reasons a title at most; default 10 */
  readonly because?: number;
}

export type RecommendBundle = Pick<Bundle, 'catalogue' | 'facets' | 'models'>;

export function recommend(
  bundle: RecommendBundle,
  profile: Profile,
  options: RecommendOptions = {},
): Recommendation[] {
  const { limit = 20, rules = DEFAULT_RULES, because = 10 } = options;
  const { catalogue, facets, models } = bundle;
  const model = models.hybrid;
  const { scores, order, standing } = arraysFor(facets.items);
  model.scoreInto(profile, scores);
  order.set(scores);
  standing.fill(0);
  for (let p = 0; p < profile.items.length; p++) standing[profile.items[p]] = profile.statuses[p];
  favourNiche(order, facets, rules.niche);
  hideByRules(order, facets, standing, rules);
  const weights = model.weigh(profile);
  return choose({ facets, standing, scores: order }, rules, limit).map(
    ({ item, insteadOf }, at) => ({
      rank: at + 1,
      anime: catalogue[item],
      score: scores[item],
      because: explain({ catalogue, model }, profile, weights, item, because),
      insteadOf: insteadOf === null ? null : catalogue[insteadOf],
    }),
  );
}

/** Reads further down the ranking until `limit` titles have passed every rule, or nothing is left. */
function choose(story: Story, rules: Rules, limit: number): Candidate[] {
  const wanted = rules.variety > 0 ? Math.max(100, 5 * limit) : limit;
  const { scores, facets } = story;
  const stories = rules.prerequisites || rules.franchise;
  for (let depth = stories ? 2 * wanted + 40 : wanted; ; depth *= 4) {
    const ranked = topItems(scores, depth).items;
    const found = followStories(ranked, story, rules, wanted);
    if (found.length < wanted && ranked.length === depth) continue;
    return rules.variety > 0 ? diversify(found, scores, facets, rules.variety, limit) : found;
  }
}

interface Arrays {
  readonly scores: Float32Array;
  readonly order: Float32Array;
  readonly standing: Uint8Array;
}

let kept: Arrays = {
  scores: new Float32Array(0),
  order: new Float32Array(0),
  standing: new Uint8Array(0),
};

/** `recommend` never waits, so one set of arrays serves every call. */
function arraysFor(items: number): Arrays {
  if (kept.scores.length !== items) {
    kept = {
      scores: new Float32Array(items),
      order: new Float32Array(items),
      standing: new Uint8Array(items),
    };
  }
  return kept;
}
