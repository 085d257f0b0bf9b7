/** What REST, the batch and GraphQL have in common: a checked request in, a list with reasons out. */

import { unknownNameOf } from '../../api/ratings.ts';
import type { RecommendationsBody } from '../../api/recommendations.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { listOf, type OutsideList, profileFromList } from '../../recommend/profile.ts';
import { rank } from '../../recommend/recommend.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import type { ListColumns } from '../fast-list/list-writer.ts';
import { Problem } from '../http/problem.ts';

export interface Recommended {
  readonly list: ListColumns;
  /** ids that are not in the catalogue */
  readonly ignored: readonly number[];
}

/** @param list the ratings, when they have been read already */
export function recommendFor(
  bundle: Bundle,
  { ratings, whole, limit, because, rules }: RecommendationsBody,
  list: OutsideList = checkedListOf(ratings),
): Recommended {
  const { profile, ignored } = profileFromList(list, bundle.items, whole);
  return {
    list: rank(bundle, profile, { limit, because, rules: rulesFrom(rules) }),
    ignored,
  };
}

/** @throws Problem 400 when a rating has a name that is none of its schema's */
export function checkedListOf(ratings: RecommendationsBody['ratings']): OutsideList {
  for (let at = 0; at < ratings.length; at++) {
    const name = unknownNameOf(ratings[at]);
    if (name === null) continue;
    const field = `ratings[${at}].${name}`;
    throw new Problem(400, `${field} is not a known field`, field);
  }
  return listOf(ratings);
}
