/** Full rankings of a model for held-out users, and how much of what is relevant is near their top. */
import type { HeldOutUser } from '../data/held-out-users.ts';
import type { Profile } from '../data/interactions.ts';
import { hideListed } from '../model/mask.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import { Bootstrap, type Interval } from './interval.ts';
import { ndcg } from './ndcg.ts';
import { meanOver, type PersonValues } from './person-values.ts';
import { recall } from './recall.ts';

/** Ranks that the metrics look at. */
export const LONGEST = 100;

export type RelevanceMetric = 'recall20' | 'recall50' | 'ndcg10' | 'ndcg100';
export type Relevance = Readonly<Record<RelevanceMetric, Interval>>;

/** What is evaluated: a model, or anything else that scores all titles for a profile. */
export type Scorer = Pick<Recommender, 'name' | 'score'>;

/** The best titles that the user is not known to have seen. */
export function rankUnknown(
  model: Scorer,
  { known }: Pick<HeldOutUser, 'known'>,
  length = LONGEST,
): Uint32Array {
  return topItems(scoresOfUnknown(model, known), length).items;
}

/** Scores of all titles; hidden is what the profile has seen. */
export function scoresOfUnknown(model: Scorer, known: Profile): Float32Array {
  return hideListed(model.score(known), known);
}

/** Over the users who have something to find. */
export function relevance(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ReadonlySet<number>[],
  bootstrap = new Bootstrap(),
): Relevance {
  return bootstrap.ratios(relevanceValues(lists, wanted));
}

/** Person by person; nothing about those who have nothing to find. */
export function relevanceValues(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ReadonlySet<number>[],
): Readonly<Record<RelevanceMetric, PersonValues>> {
  const over = (metric: (list: ArrayLike<number>, relevant: ReadonlySet<number>) => number) =>
    meanOver(
      wanted.map((relevant, i) => (relevant.size > 0 ? metric(lists[i], relevant) : undefined)),
    );
  return {
    recall20: over((list, relevant) => recall(list, relevant, 20)),
    recall50: over((list, relevant) => recall(list, relevant, 50)),
    ndcg10: over((list, relevant) => ndcg(list, relevant, 10)),
    ndcg100: over((list, relevant) => ndcg(list, relevant, 100)),
  };
}
