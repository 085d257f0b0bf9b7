/** Leaving titles out of a ranking: a hidden score is one that no ranking takes. */
import { type Profile, STATUS } from '../data/interactions.ts';

export const HIDDEN = Number.NEGATIVE_INFINITY;

/** Hides, in place, what a profile has seen; what it only plans to watch stays unless `planned` is set. */
export function hideListed(
  scores: Float32Array,
  { items, statuses }: Profile,
  { seen = true, planned = false } = {},
): Float32Array {
  for (let p = 0; p < items.length; p++)
    if (statuses[p] === STATUS.plan_to_watch ? planned : seen) scores[items[p]] = HIDDEN;
  return scores;
}
