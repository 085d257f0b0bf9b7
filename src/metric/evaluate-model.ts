/** Full-ranking judgement of one model on held-out people: every title but the known ones is ranked. */
import type { Profile } from '../data/interactions.ts';
import type { ModelCost } from '../home/train-record.ts';
import { hideListed } from '../model/mask.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import type { Breakdown } from './breakdown.ts';
import { coverage } from './coverage.ts';
import type { HeldOutUser } from './held-out-users.ts';
import { bootstrapInterval, type Interval } from './interval.ts';
import { meanPopularity } from './mean-popularity.ts';
import { ndcg } from './ndcg.ts';
import { countIn, recall } from './recall.ts';

export interface Relevance {
  readonly recall20: Interval;
  readonly recall50: Interval;
  readonly ndcg10: Interval;
  readonly ndcg100: Interval;
}

export interface ModelEvaluation {
  readonly model: string;
  readonly people: number;
  readonly liked: Relevance;
  readonly seen: Relevance;
  /** distinct titles in all top tens */
  readonly coverage10: number;
  /** mean share of people who list a title of the top twenty */
  readonly popularity20: Interval;
  /** held-out titles the person dropped or disliked, in the top twenty */
  readonly dislikes20: Interval;
  readonly millisecondsPerPerson: number;
  /** evaluate --all */
  readonly closely?: Breakdown;
  /** of its training, evaluate --all */
  readonly cost?: ModelCost;
}

/** Places that are judged. */
export const LONGEST = 100;

/** @param listedShare of each item, the share of training people who list it */
export function evaluateModel(
  model: Recommender,
  people: readonly HeldOutUser[],
  listedShare: Float32Array,
): ModelEvaluation {
  const started = performance.now();
  const lists = people.map((person) => rankUnknown(model, person));
  const milliseconds = performance.now() - started;
  return {
    model: model.name,
    people: people.length,
    liked: relevance(
      lists,
      people.map(({ liked }) => liked),
    ),
    seen: relevance(
      lists,
      people.map(({ seen }) => seen),
    ),
    coverage10: coverage(lists, 10),
    popularity20: bootstrapInterval(lists.map((list) => meanPopularity(list, listedShare, 20))),
    dislikes20: bootstrapInterval(people.map(({ disliked }, i) => countIn(lists[i], disliked, 20))),
    millisecondsPerPerson: milliseconds / Math.max(1, people.length),
  };
}

/** The best titles that the person is not known to have seen. */
export function rankUnknown(
  model: Recommender,
  { known }: Pick<HeldOutUser, 'known'>,
  length = LONGEST,
): Uint32Array {
  return topItems(scoresOfUnknown(model, known), length).items;
}

/** Scores of all titles; −∞ for what the profile has seen. */
export function scoresOfUnknown(model: Recommender, known: Profile): Float32Array {
  return hideListed(model.score(known), known);
}

/** Over the people who have something to find. */
export function relevance(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ReadonlySet<number>[],
): Relevance {
  const judged = wanted
    .map((relevant, i) => ({ relevant, list: lists[i] }))
    .filter(({ relevant }) => relevant.size > 0);
  const over = (metric: (list: ArrayLike<number>, relevant: ReadonlySet<number>) => number) =>
    bootstrapInterval(judged.map(({ list, relevant }) => metric(list, relevant)));
  return {
    recall20: over((list, relevant) => recall(list, relevant, 20)),
    recall50: over((list, relevant) => recall(list, relevant, 50)),
    ndcg10: over((list, relevant) => ndcg(list, relevant, 10)),
    ndcg100: over((list, relevant) => ndcg(list, relevant, 100)),
  };
}
