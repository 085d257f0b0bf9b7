/**
 * What being well known adds to a title's score for users with short lists (item-weights.ts):
 *
 *   prior_j = strength · ln(1 + listings_j) / ln(1 + people)
 */
import type { Listings } from '../listings.ts';

export function priorOf({ counts, people }: Listings, strength: number): Float32Array {
  const most = Math.log1p(Math.max(1, people));
  return counts.map((count) => (strength * Math.log1p(count)) / most);
}
