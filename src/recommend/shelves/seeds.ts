/** Loved titles that a shelf can be about: "Because you loved X". */

import type { Profile } from '../../data/interactions.ts';
import { isLiked, meanRating } from '../../data/liked.ts';
import type { Ranked } from '../../model/recommender.ts';
import type { Facets } from '../facets.ts';

/** Looked at, best scored first: a list has hundreds of titles scored 9 and 10. */
const MOST_LOOKED_AT = 24;
/** Titles tied to a seed that are looked at. */
const TIES = 200;
/** What counts as loved; where nothing is scored so high, the best that is liked. */
const LOVED = 9;

export interface Seed {
  readonly item: number;
  /** item → how much it is tied to the seed, above 0 */
  readonly ties: ReadonlyMap<number, number>;
}

interface SeedContext {
  readonly facets: Facets;
  /** of the profile; what weighs nothing is no reason */
  readonly weights: Float32Array;
  /** the titles that shelves are filled from */
  readonly candidates: ReadonlySet<number>;
  /** the titles most tied to one, and how much */
  readonly similar: (item: number, k: number) => Ranked;
}

/**
 * One seed a franchise. Of equally well scored ones, that first which is tied most to titles that can be recommended:
 * what steers the person's list most.
 */
export function seedsOf(profile: Profile, context: SeedContext): Seed[] {
  const { facets, candidates, similar } = context;
  const found = lovedIn(profile, context.weights).map(({ item, rating }) => {
    const { items, scores } = similar(item, TIES);
    const ties = new Map<number, number>();
    let sum = 0;
    items.forEach((other, n) => {
      if (!candidates.has(other)) return;
      ties.set(other, scores[n]);
      sum += scores[n];
    });
    return { item, rating, ties, sum };
  });
  found.sort((a, b) => b.rating - a.rating || b.sum - a.sum || a.item - b.item);
  const told = new Set<number>();
  return found.filter(({ item }) => {
    const franchise = facets.franchises[item];
    if (franchise < 0) return true;
    return !told.has(franchise) && told.add(franchise);
  });
}

/** Best scored first. */
function lovedIn(profile: Profile, weights: Float32Array): { item: number; rating: number }[] {
  const { items, ratings } = profile;
  const mean = meanRating(profile);
  const liked = Array.from(items, (item, p) => ({ item, rating: ratings[p], weight: weights[p] }))
    .filter(({ rating, weight }) => weight > 0 && isLiked(rating, mean))
    .sort((a, b) => b.rating - a.rating || a.item - b.item);
  const least = Math.min(LOVED, liked[0]?.rating ?? LOVED);
  return liked.filter(({ rating }) => rating >= least).slice(0, MOST_LOOKED_AT);
}
