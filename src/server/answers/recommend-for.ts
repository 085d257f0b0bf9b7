/** Answers a checked request of REST, a batch or GraphQL with a list. */
import { unknownNameOf } from '../../api/ratings.ts';
import type { RecommendationsBody } from '../../api/recommendations.ts';
import type { Profile } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { profileFrom } from '../../recommend/profile.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { Problem } from '../http/problem.ts';

export interface Recommended {
  /** what the request brought */
  readonly profile: Profile;
  readonly list: readonly Recommendation[];
  /** ids that are not in the catalogue */
  readonly ignored: readonly number[];
}

/** @param onRead called when the request has been read */
export function recommendFor(
  { items, ranker }: Pick<Bundle, 'items' | 'ranker'>,
  { ratings, whole, limit, because, rules }: RecommendationsBody,
  onRead?: () => void,
): Recommended {
  const { profile, ignored } = profileFrom(checkedRatings(ratings), items, whole);
  onRead?.();
  const list = ranker.recommend(profile, { limit, because, rules: rulesFrom(rules) });
  return { profile, list, ignored };
}

/** @throws Problem 400 when a rating has a name that its schema does not have */
export function checkedRatings(
  ratings: RecommendationsBody['ratings'],
): RecommendationsBody['ratings'] {
  for (let at = 0; at < ratings.length; at++) {
    const name = unknownNameOf(ratings[at]);
    if (name === null) continue;
    const field = `ratings[${at}].${name}`;
    throw new Problem(400, `${field} is not a known field`, field);
  }
  return ratings;
}
