/** Stories of which a person has seen a part. */

import { type Profile, STATUS } from '../../data/interactions.ts';
import { meanRating } from '../../data/liked.ts';
import type { Facets } from '../facets.ts';

export interface BegunStories {
  /** franchises of which a title has been seen */
  readonly begun: ReadonlySet<number>;
  /** those that the person would go on with: a part is liked, or not scored, and none was dropped */
  readonly wanted: ReadonlySet<number>;
}

/** A part scored so is fine, whatever the person's mean. */
const FINE = 6;

export function begunStories(profile: Profile, { franchises }: Facets): BegunStories {
  const { items, ratings, statuses } = profile;
  const fine = Math.min(FINE, meanRating(profile));
  const begun = new Set<number>();
  const wanted = new Set<number>();
  const dropped = new Set<number>();
  for (let p = 0; p < items.length; p++) {
    const franchise = franchises[items[p]];
    if (franchise < 0 || statuses[p] === STATUS.plan_to_watch) continue;
    begun.add(franchise);
    if (statuses[p] === STATUS.dropped) dropped.add(franchise);
    else if (ratings[p] === 0 || ratings[p] >= fine) wanted.add(franchise);
  }
  for (const franchise of dropped) wanted.delete(franchise);
  return { begun, wanted };
}
