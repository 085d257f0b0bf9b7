/** Who listed what: a sparse row for each user, with the rating and the status of every title on their list. */

/** MyAnimeList's codes for the state of a title on a list. */
export const STATUS = {
  watching: 1,
  completed: 2,
  on_hold: 3,
  dropped: 4,
  plan_to_watch: 6,
} as const;
export type StatusName = keyof typeof STATUS;
export type StatusCode = (typeof STATUS)[StatusName];

/** Users × items in compressed sparse rows; items ascend within a row. */
export interface Interactions {
  readonly users: number;
  readonly items: number;
  /** length users + 1 */
  readonly indptr: Uint32Array;
  /** item of each entry */
  readonly indices: Uint32Array;
  /** 1–10; 0 = not scored (which is not "hated") */
  readonly ratings: Uint8Array;
  /** one of `STATUS` */
  readonly statuses: Uint8Array;
}

/** One person's interactions, known to the data set or not; items ascend. */
export interface Profile {
  readonly items: Uint32Array;
  readonly ratings: Uint8Array;
  readonly statuses: Uint8Array;
  /** whether it is everything the person has seen; absent = not known */
  readonly isWhole?: boolean;
}

/** How many titles of a profile the person has seen: all but the planned ones. */
export function seenIn({ statuses }: Profile): number {
  let seen = 0;
  for (let p = 0; p < statuses.length; p++) if (statuses[p] !== STATUS.plan_to_watch) seen++;
  return seen;
}

/** The entries of a profile that are seen titles, ascending. */
export function seenEntries({ statuses }: Profile): number[] {
  const seen: number[] = [];
  for (let p = 0; p < statuses.length; p++) if (statuses[p] !== STATUS.plan_to_watch) seen.push(p);
  return seen;
}

/** Row `user` as a profile (views, not copies). */
export function profileOf(interactions: Interactions, user: number): Profile {
  const from = interactions.indptr[user];
  const to = interactions.indptr[user + 1];
  return {
    items: interactions.indices.subarray(from, to),
    ratings: interactions.ratings.subarray(from, to),
    statuses: interactions.statuses.subarray(from, to),
  };
}
