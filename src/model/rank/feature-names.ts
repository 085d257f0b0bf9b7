/**
 * What the second stage knows about a candidate, in the order of the numbers: candidate-features.ts reads them. Each
 * belongs to the group that reasons name (group-terms.ts).
 *
 * B is the first stage's; x a preference weight; a deviation is a rating less the person's mean.
 */

import type { RankGroup } from './rank-groups.ts';

export interface RankFeature {
  readonly name: string;
  readonly group: RankGroup;
}

const NAMES: Readonly<Record<RankGroup, readonly string[]>> = {
  people: [
    /** ln of the first stage's score */
    'log-score',
    /** ln (1 + its place by that score) */
    'log-rank',
    'ratio-to-first',
    'ratio-to-tenth',
    /** Σ x·B by the weights for such lists, and by those for parts of 30 titles */
    'sum',
    'sum-30',
    /** the largest x·B */
    'term-1',
    'term-2',
    'term-3',
    'term-4',
    'term-5',
    /** terms above .02, ln (1 + n) */
    'terms',
    /** the largest term's share of all positive ones */
    'strongest-share',
    'negatives',
    /** Σ B over what is seen, and its share of all positive B of the title */
    'seen-sum',
    'seen-share',
    /** mean deviation of what is seen, weighted by positive B */
    'neighbour-deviation',
    /** of the entry with the largest term */
    'strongest-deviation',
    /** mean deviation of everybody who scored it, and the share who liked it */
    'title-deviation',
    'liked-rate',
    'dropped-rate',
  ],
  story: [
    'log-multiplier',
    /** 1 = nothing of its story is seen */
    'new-story',
    /** seen parts before and after it, ln (1 + n) */
    'earlier',
    'later',
    /** of the nearest seen part before it: 1 / how many parts away, x, deviation, and whether it is completed */
    'earlier-nearness',
    'earlier-weight',
    'earlier-deviation',
    'earlier-completed',
    'later-nearness',
    'later-weight',
    'later-deviation',
    'later-completed',
    'has-prerequisite',
    'prerequisite-seen',
    'prerequisite-weight',
    'any-dropped',
    'any-watching',
    'share-seen',
    /** candidates of the same story, ln (1 + n), and whether it is the first of them by score, and by position */
    'rivals',
    'first-by-score',
    'first-by-position',
    'story-size',
    'story-position',
  ],
  kind: [
    /** ln of the list's share to everybody's: mean and most over its genres */
    'genre-ratio',
    'genre-ratio-most',
    'genre-ratio-least',
    'genre-deviation',
    'studio-ratio',
    'studio-deviation',
    'type-ratio',
    'type-deviation',
    'source-ratio',
    'source-deviation',
    'class-ratio',
    'class-deviation',
    'tv',
    'movie',
    'ova',
    'special',
    'ona',
    'music',
    'manga',
    'novel',
    'original',
    'game',
    'rating-class',
    'adult',
    'log-episodes',
    'log-duration',
  ],
  years: [
    'year-ratio',
    'year-deviation',
    /** years after the list's end, its newest title and its mean */
    'gap-to-end',
    'gap-to-newest',
    'gap-to-mean',
    'year',
  ],
  known: [
    'log-listings',
    'log-members',
    'members-to-listings',
    'mean-score',
    'listings-gap',
    'score-gap',
    'watching-rate',
    'planned-rate',
    // of the list, the same for each candidate
    'list-length',
    'list-mean',
    'list-spread',
    'list-unscored',
    'list-listings',
    'list-score',
    'list-end',
    'list-year',
    'list-tv',
    'list-harshness',
    'list-unfinished',
  ],
};

export const FEATURES: readonly RankFeature[] = Object.entries(NAMES).flatMap(([group, names]) =>
  names.map((name) => ({ name, group: group as RankGroup })),
);

const places = new Map(FEATURES.map(({ name }, place) => [name, place]));

/** Where a feature stands among FEATURES. @throws RangeError when there is none of that name */
export function featurePlace(name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new RangeError(`There is no feature "${name}"`);
  return place;
}
