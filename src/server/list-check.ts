/** A list whose shape the schema has checked, but for names that no rating has. */
import { listOf, type OutsideList } from '../recommend/profile.ts';
import { Problem } from './problem.ts';
import { type RecommendationsBody, unknownNameOf } from './schemas.ts';

/** @throws Problem 400 that names the field */
export function checkedListOf(ratings: RecommendationsBody['ratings']): OutsideList {
  for (let at = 0; at < ratings.length; at++) {
    const name = unknownNameOf(ratings[at]);
    if (name === null) continue;
    const field = `ratings[${at}].${name}`;
    throw new Problem(400, `${field} is not known here`, field);
  }
  return listOf(ratings);
}
