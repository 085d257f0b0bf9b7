/** How far a list counts as everything that somebody has seen. */
import { type Profile, seenIn } from '../../data/interactions.ts';
import { smooth } from './part-shares.ts';

/** Up to so many titles a list of unknown kind is a part: hardly anybody has seen so few. */
export const MOST_IN_A_PART = 5;
/** From so many titles on it is whole. */
export const LEAST_OF_A_WHOLE = 20;

/**
 * 0 = a part, 1 = whole. In between it rises smoothly with the logarithm of the length (3s² − 2s³), so that no single
 * rating turns a list around.
 */
export function wholenessOf(profile: Profile): number {
  if (profile.isWhole !== undefined) return profile.isWhole ? 1 : 0;
  const seen = Math.max(MOST_IN_A_PART, seenIn(profile));
  const share = Math.log(seen / MOST_IN_A_PART) / Math.log(LEAST_OF_A_WHOLE / MOST_IN_A_PART);
  return share >= 1 ? 1 : smooth(share);
}
