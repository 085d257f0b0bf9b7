/** How much the prior counts: it falls as a list gets longer. */
import { type Profile, seenIn } from '../data/interactions.ts';

/** Titles of a short list, at most; more are seen, and priorDecay falls. */
export const SHORT_LIST = 5;

/** 5 / titles seen, at most 1; planned titles are not seen. */
export function priorDecay(profile: Profile): number {
  return SHORT_LIST / Math.max(SHORT_LIST, seenIn(profile));
}
