/** What counts as liked, for those who judge a model and for models that learn it: at least 7 and the person's mean. */
import type { Profile } from './interactions.ts';

const LIKED_FROM = 7;

/** @param mean of the person's ratings */
export function isLiked(rating: number, mean: number): boolean {
  return rating >= LIKED_FROM && rating >= mean;
}

/** Over scored titles; 0 when nothing is scored. */
export function meanRating({ ratings }: Pick<Profile, 'ratings'>): number {
  let sum = 0;
  let count = 0;
  for (const rating of ratings) {
    if (rating === 0) continue;
    sum += rating;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
