/** A model on held-out users, by full ranking: every title but the known ones is ranked. */
import type { HeldOutUser } from '../data/held-out-users.ts';
import type { SavedModel } from '../home/train-record.ts';
import type { Breakdown } from './breakdown.ts';
import { Bootstrap, type Interval } from './interval.ts';
import { coverage } from './list/coverage.ts';
import type { ListEvaluation } from './list/list-measures.ts';
import { meanPopularity } from './list/mean-popularity.ts';
import { meanOver, type PersonValues } from './person-values.ts';
import { type RankCurves, rankCurves } from './rank-curves.ts';
import { LONGEST, type Relevance, rankUnknown, relevanceValues, type Scorer } from './ranking.ts';
import { countIn } from './recall.ts';
import type { TaskEvaluation, TaskName } from './task/task.ts';

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
  /** absent in a leaderboard of an earlier release; some only with evaluate --all */
  readonly tasks?: Readonly<Partial<Record<TaskName, TaskEvaluation>>>;
  /** absent in a leaderboard of an earlier release */
  readonly lists?: ListEvaluation;
  /** paired differences on the same people; absent for the published model itself */
  readonly difference?: Difference;
  /** absent in a leaderboard that was to be reproducible */
  readonly millisecondsPerPerson?: number;
  /** evaluate --all */
  readonly closely?: Breakdown;
  /** of its training, evaluate --all */
  readonly cost?: SavedModel;
}

/** A model's measures minus those of another one, by name of the measure, e.g. newStories.ndcg10. */
export interface Difference {
  readonly from: string;
  readonly of: Readonly<Record<string, Interval>>;
}

/** A model's lists for held-out users, in the order of the users. */
export interface UserLists {
  readonly model: string;
  readonly people: readonly HeldOutUser[];
  readonly lists: readonly Uint32Array[];
}

/** By name of the measure, e.g. liked.ndcg10. */
export type NamedValues = Readonly<Record<string, PersonValues>>;

/**
 * The main columns of the leaderboard.
 * @param listedShare of each item, the share of training people who list it
 */
export function evaluateModel(
  model: Scorer,
  people: readonly HeldOutUser[],
  listedShare: Float32Array,
): ModelEvaluation {
  const started = performance.now();
  const lists = people.map((person) => rankUnknown(model, person));
  const milliseconds = performance.now() - started;
  const { evaluation } = mainColumns({ model: model.name, people, lists }, listedShare);
  return { ...evaluation, millisecondsPerPerson: milliseconds / Math.max(1, people.length) };
}

/** The same, of lists that have been made. */
export function mainColumns(
  { model, people, lists }: UserLists,
  listedShare: ArrayLike<number>,
  bootstrap = new Bootstrap(),
): { evaluation: ModelEvaluation; values: NamedValues } {
  const wanted = people.map(({ liked }) => liked);
  const liked = relevanceValues(lists, wanted);
  const seen = relevanceValues(
    lists,
    people.map((person) => person.seen),
  );
  const popularity20 = meanOver(lists.map((list) => meanPopularity(list, listedShare, 20)));
  const dislikes20 = meanOver(people.map(({ disliked }, i) => countIn(lists[i], disliked, 20)));
  return {
    values: { ...named('liked', liked), ...named('seen', seen), popularity20, dislikes20 },
    evaluation: {
      ...{ model, people: people.length },
      ...{ liked: bootstrap.ratios(liked), seen: bootstrap.ratios(seen) },
      curves: rankCurves(lists, wanted, LONGEST),
      coverage10: coverage(lists, 10),
      ...bootstrap.ratios({ popularity20, dislikes20 }),
    },
  };
}

/** With the name of what they are about before the names of the measures. */
export function named(about: string, values: NamedValues): NamedValues {
  return Object.fromEntries(Object.entries(values).map(([name, of]) => [`${about}.${name}`, of]));
}
