/**
 * What being well known adds to a title's score for somebody of whom little is known (item-weights.ts):
 *
 *   prior_j = strength · ln(1 + listings_j) / ln(1 + people)
 */
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { countListings } from '../baseline/popularity.ts';

export interface Listings {
  /** people who list a title, one number a title */
  readonly counts: Float32Array;
  /** of how many */
  readonly people: number;
}

export function listingsOf(dataset: Dataset, users: UserRange): Listings {
  return { counts: countListings(dataset, users), people: users.to - users.from };
}

export function priorOf({ counts, people }: Listings, strength: number): Float32Array {
  const most = Math.log1p(Math.max(1, people));
  return counts.map((count) => (strength * Math.log1p(count)) / most);
}
