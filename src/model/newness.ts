/** How little is known of somebody: what is likely for anybody counts the more. */
import { type Profile, STATUS } from '../data/interactions.ts';

/** Titles of a short list, at most; more are seen, and newness falls. */
export const SHORT_LIST = 5;

/** 5 / titles seen, at most 1; planned titles are not seen. */
export function newness({ statuses }: Profile): number {
  let seen = 0;
  for (let p = 0; p < statuses.length; p++) if (statuses[p] !== STATUS.plan_to_watch) seen++;
  return SHORT_LIST / Math.max(SHORT_LIST, seen);
}
