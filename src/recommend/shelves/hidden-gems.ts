/** Hidden gems: few people list them, and those who do score them high. */
import type { Facets } from '../facets.ts';

/** Fewer people than that may be friends of its makers; more, and it is not hidden. */
const LEAST_MEMBERS = 2000;
const MOST_MEMBERS = 50_000;
/** A seventh of the titles of the 2020 data set are scored so high. */
const LEAST_SCORE = 7.3;

export function isHiddenGem({ members, meanScores }: Facets, item: number): boolean {
  return (
    members[item] >= LEAST_MEMBERS &&
    members[item] < MOST_MEMBERS &&
    meanScores[item] >= LEAST_SCORE
  );
}
