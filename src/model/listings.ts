/** How often titles are listed. */
import type { Dataset, UserRange } from '../data/dataset.ts';
import { STATUS } from '../data/interactions.ts';

export interface Listings {
  /** users who list a title, one number a title */
  readonly counts: Float32Array;
  /** of how many */
  readonly people: number;
}

export function listingsOf(dataset: Dataset, users: UserRange): Listings {
  return { counts: countListings(dataset, users), people: users.to - users.from };
}

/** Of each item, how many of `users` have seen it (planned titles do not count). */
export function countListings({ interactions }: Dataset, users: UserRange): Float32Array {
  const { indptr, indices, statuses } = interactions;
  const listed = new Float32Array(interactions.items);
  for (let p = indptr[users.from]; p < indptr[users.to]; p++)
    if (statuses[p] !== STATUS.plan_to_watch) listed[indices[p]]++;
  return listed;
}

/** Of each item, the share of `users` who have seen it. */
export function listedShares(dataset: Dataset, users: UserRange): Float32Array {
  return countListings(dataset, users).map((count) => count / Math.max(1, users.to - users.from));
}
