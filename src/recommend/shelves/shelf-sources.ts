/** What shelves are filled by, for one person. */
import type { ItemWeights } from '../../model/item-weights/item-weights.ts';
import type { SlimWeights } from '../../model/linear/slim-weights.ts';
import type { Facets } from '../facets.ts';
import type { Candidate } from '../franchise-rule.ts';
import type { Ranking } from '../ranker.ts';
import { diversify, varietyPool } from '../rerank.ts';
import type { Rules } from '../rules.ts';
import { begunStories } from './begun-stories.ts';
import type { ShelfSources } from './fill-shelves.ts';
import { seedsOf } from './seeds.ts';

export interface ShelfBundle {
  readonly facets: Facets;
  readonly models: {
    readonly hybrid: SlimWeights;
    /** what people with such lists have seen; absent = there is no shelf of it */
    readonly collaborative?: ItemWeights;
  };
}

type Ranked = Pick<Ranking, 'profile' | 'weights' | 'model' | 'own'>;

interface Wanted {
  /** what the rules leave, best first */
  readonly found: readonly Candidate[];
  readonly rules: Rules;
  readonly limit: number;
}

const NOT_BEGUN = { begun: new Set<number>(), wanted: new Set<number>() };

export function shelfSources(
  { facets, models }: ShelfBundle,
  ranking: Ranked,
  { found, rules, limit }: Wanted,
): ShelfSources {
  const { hybrid, collaborative } = models;
  const { profile, weights } = ranking;
  const isKnown = weights.some((weight) => weight > 0);
  return {
    facets,
    limit,
    // With titles that have been seen, none of them goes on.
    stories: rules.seen ? NOT_BEGUN : begunStories(profile, facets),
    people: isKnown && collaborative ? peopleScores(collaborative, ranking, facets) : null,
    tied: tiedTitles(ranking, found),
    seeds: seedsOf(profile, {
      facets,
      weights,
      candidates: new Set(found.map(({ item }) => item)),
      similar: (item, k) => hybrid.similarItems(item, k),
    }),
    vary: (titles, most) => varied(titles, most, facets, rules.variety),
  };
}

/** Differences between fewer members than about this hardly count. */
const FEW = 50_000;
/** What everybody scores lower, or has not scored, is nothing that such people like. */
const LEAST_SCORE = 6.5;

/** Of that model, which weighs a list in its own way; what counts nothing for the list counts nothing here. */
function peopleScores(
  model: ItemWeights,
  { profile, weights }: Ranked,
  { members, meanScores }: Facets,
): Float32Array {
  const own = model.weigh(profile);
  for (let p = 0; p < own.length; p++) if (weights[p] === 0) own[p] = 0;
  const { scores } = model.rankScores(profile, own);
  for (let item = 0; item < scores.length; item++)
    scores[item] =
      meanScores[item] < LEAST_SCORE ? 0 : scores[item] / Math.sqrt(members[item] + FEW);
  return scores;
}

/** Less than this share of what the list says for its best title is nothing to call a gem by. */
const LEAST_OF_BEST = 0.02;

/** The titles for which the list itself says something, whatever they have for being well known. */
function tiedTitles(
  { profile, weights, model, own }: Ranked,
  found: readonly Candidate[],
): ReadonlySet<number> {
  const items = found.map(({ item }) => item);
  const priors = model.priorsOf(profile, items, weights);
  const said = items.map((item, n) => own[item] - priors[n]);
  const best = said.reduce((most, value) => Math.max(most, value), 0);
  return new Set(items.filter((_, n) => said[n] > LEAST_OF_BEST * best));
}

function varied(
  titles: readonly Candidate[],
  most: number,
  facets: Facets,
  variety: number,
): readonly Candidate[] {
  if (variety === 0) return titles.slice(0, most);
  return diversify(titles.slice(0, varietyPool(most)), facets, variety, most);
}
