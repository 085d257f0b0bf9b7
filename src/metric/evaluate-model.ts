/** A model on held-out users, by full ranking: every title but the known ones is ranked. */
import type { HeldOutUser } from '../data/held-out-users.ts';
import type { SavedModel } from '../home/train-record.ts';
import type { Recommender } from '../model/recommender.ts';
import type { Breakdown } from './breakdown.ts';
import { coverage } from './coverage.ts';
import { bootstrapInterval, type Interval } from './interval.ts';
import { meanPopularity } from './mean-popularity.ts';
import { type RankCurves, rankCurves } from './rank-curves.ts';
import { LONGEST, type Relevance, rankUnknown, relevance } from './ranking.ts';
import { countIn } from './recall.ts';

/** Field names are those of leaderboard.json. */
export interface ModelEvaluation {
  readonly model: string;
  readonly people: number;
  readonly liked: Relevance;
  readonly seen: Relevance;
  /** of liked titles; absent in a leaderboard of an earlier release */
  readonly curves?: RankCurves;
  /** distinct titles in all top tens */
  readonly coverage10: number;
  /** mean share of people who list a title of the top twenty */
  readonly popularity20: Interval;
  /** held-out titles the person dropped or disliked, in the top twenty */
  readonly dislikes20: Interval;
  /** absent in a leaderboard that was to be reproducible */
  readonly millisecondsPerPerson?: number;
  /** evaluate --all */
  readonly closely?: Breakdown;
  /** of its training, evaluate --all */
  readonly cost?: SavedModel;
}

/** @param listedShare of each item, the share of training people who list it */
export function evaluateModel(
  model: Recommender,
  people: readonly HeldOutUser[],
  listedShare: Float32Array,
): ModelEvaluation {
  const started = performance.now();
  const lists = people.map((person) => rankUnknown(model, person));
  const milliseconds = performance.now() - started;
  const liked = people.map((person) => person.liked);
  return {
    model: model.name,
    people: people.length,
    liked: relevance(lists, liked),
    seen: relevance(
      lists,
      people.map(({ seen }) => seen),
    ),
    curves: rankCurves(lists, liked, LONGEST),
    coverage10: coverage(lists, 10),
    popularity20: bootstrapInterval(lists.map((list) => meanPopularity(list, listedShare, 20))),
    dislikes20: bootstrapInterval(people.map(({ disliked }, i) => countIn(lists[i], disliked, 20))),
    millisecondsPerPerson: milliseconds / Math.max(1, people.length),
  };
}
