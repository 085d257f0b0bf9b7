/**
 * What people made of each title, as counts. They must not have the list in them that is ranked: training lists are read
 * with the statistics of other people (rank-lists.ts).
 */
import type { UserRange } from '../../../data/dataset.ts';
import { type Interactions, profileOf, STATUS } from '../../../data/interactions.ts';
import { isLiked } from '../../../data/liked.ts';

/** One number a title each. */
export interface TitleStatistics {
  /** how many people it is counted over */
  readonly people: number;
  /** people who have seen it, and of these who dropped it or are watching it */
  readonly seen: Float32Array;
  readonly dropped: Float32Array;
  readonly watching: Float32Array;
  /** people who plan to watch it */
  readonly planned: Float32Array;
  /** people who scored it, and of these who liked it: at least 7 and at least their own mean */
  readonly scored: Float32Array;
  readonly liked: Float32Array;
  /** Σ (rating − the person's mean) */
  readonly deviation: Float32Array;
}

/** The names of the arrays, in the order in which files have them. */
export const STATISTICS = [
  'seen',
  'dropped',
  'watching',
  'planned',
  'scored',
  'liked',
  'deviation',
] as const satisfies readonly (keyof TitleStatistics)[];

export function usersOf({ from, to }: UserRange): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, n) => from + n);
}

/** @param users whose lists are counted */
export function statisticsOf(interactions: Interactions, users: Iterable<number>): TitleStatistics {
  const counts = () => new Float32Array(interactions.items);
  const [seen, dropped, watching, planned] = [counts(), counts(), counts(), counts()];
  const [scored, liked, deviation] = [counts(), counts(), counts()];
  let people = 0;
  for (const user of users) {
    people++;
    const { items, ratings, statuses } = profileOf(interactions, user);
    const mean = shrunkMean(ratings, statuses);
    for (let p = 0; p < items.length; p++) {
      const item = items[p];
      const status = statuses[p];
      if (status === STATUS.plan_to_watch) {
        planned[item]++;
        continue;
      }
      seen[item]++;
      if (status === STATUS.dropped) dropped[item]++;
      else if (status === STATUS.watching) watching[item]++;
      if (ratings[p] === 0) continue;
      scored[item]++;
      deviation[item] += ratings[p] - mean;
      if (isLiked(ratings[p], mean)) liked[item]++;
    }
  }
  return { people, seen, dropped, watching, planned, scored, liked, deviation };
}

/** The shrunk mean of a list's ratings: as if three more were 7.5, what most people's mean is near. */
export function shrunkMean(ratings: Uint8Array, statuses: Uint8Array): number {
  let sum = 3 * 7.5;
  let count = 3;
  for (let p = 0; p < ratings.length; p++) {
    if (ratings[p] === 0 || statuses[p] === STATUS.plan_to_watch) continue;
    sum += ratings[p];
    count++;
  }
  return sum / count;
}
