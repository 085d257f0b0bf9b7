/** Full-ranking judgement of one model on held-out people: every title but the known ones is ranked. */
import { STATUS } from '../data/interactions.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import { coverage } from './coverage.ts';
import type { HeldOutPerson } from './held-out-people.ts';
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

export interface Judgement {
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
}

const LONGEST = 100;

/** @param listedShare of each item, the share of training people who list it */
export function judge(
  model: Recommender,
  people: readonly HeldOutPerson[],
  listedShare: Float32Array,
): Judgement {
  const started = performance.now();
  const lists = people.map((person) => rankUnknown(model, person));
  const milliseconds = performance.now() - started;
  return {
    model: model.name,
    people: people.length,
    liked: relevance(lists, people, 'liked'),
    seen: relevance(lists, people, 'seen'),
    coverage10: coverage(lists, 10),
    popularity20: bootstrapInterval(lists.map((list) => meanPopularity(list, listedShare, 20))),
    dislikes20: bootstrapInterval(people.map(({ disliked }, i) => countIn(lists[i], disliked, 20))),
    millisecondsPerPerson: milliseconds / Math.max(1, people.length),
  };
}

/** The best titles that the person is not known to have seen. */
function rankUnknown(model: Recommender, { known }: HeldOutPerson): Uint32Array {
  const scores = model.score(known);
  for (let p = 0; p < known.items.length; p++) {
    if (known.statuses[p] !== STATUS.plan_to_watch)
      scores[known.items[p]] = Number.NEGATIVE_INFINITY;
  }
  return topItems(scores, LONGEST).items;
}

function relevance(
  lists: readonly Uint32Array[],
  people: readonly HeldOutPerson[],
  of: 'liked' | 'seen',
): Relevance {
  const judged = people
    .map((person, i) => ({ relevant: person[of], list: lists[i] }))
    .filter(({ relevant }) => relevant.size > 0);
  const over = (metric: (list: Uint32Array, relevant: ReadonlySet<number>) => number) =>
    bootstrapInterval(judged.map(({ list, relevant }) => metric(list, relevant)));
  return {
    recall20: over((list, relevant) => recall(list, relevant, 20)),
    recall50: over((list, relevant) => recall(list, relevant, 50)),
    ndcg10: over((list, relevant) => ndcg(list, relevant, 10)),
    ndcg100: over((list, relevant) => ndcg(list, relevant, 100)),
  };
}
