/** Full rankings of a model for held-out users, and how much of what is relevant is near their top. */
import type { HeldOutUser } from '../data/held-out-users.ts';
import type { Profile } from '../data/interactions.ts';
import { hideListed } from '../model/mask.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import { bootstrapInterval, type Interval } from './interval.ts';
import { ndcg } from './ndcg.ts';
import { recall } from './recall.ts';

/** Ranks that the metrics look at. */
export const LONGEST = 100;

export interface Relevance {
  readonly recall20: Interval;
  readonly recall50: Interval;
  readonly ndcg10: Interval;
  readonly ndcg100: Interval;
}

/** The best titles that the user is not known to have seen. */
export function rankUnknown(
  model: Recommender,
  { known }: Pick<HeldOutUser, 'known'>,
  length = LONGEST,
): Uint32Array {
  return topItems(scoresOfUnknown(model, known), length).items;
}

/** Scores of all titles; hidden is what the profile has seen. */
export function scoresOfUnknown(model: Recommender, known: Profile): Float32Array {
  return hideListed(model.score(known), known);
}

/** Over the users who have something to find. */
export function relevance(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ReadonlySet<number>[],
): Relevance {
  const found = wanted
    .map((relevant, i) => ({ relevant, list: lists[i] }))
    .filter(({ relevant }) => relevant.size > 0);
  const over = (metric: (list: ArrayLike<number>, relevant: ReadonlySet<number>) => number) =>
    bootstrapInterval(found.map(({ list, relevant }) => metric(list, relevant)));
  return {
    recall20: over((list, relevant) => recall(list, relevant, 20)),
    recall50: over((list, relevant) => recall(list, relevant, 50)),
    ndcg10: over((list, relevant) => ndcg(list, relevant, 10)),
    ndcg100: over((list, relevant) => ndcg(list, relevant, 100)),
  };
}
