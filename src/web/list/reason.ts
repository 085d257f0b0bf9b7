/** Why a title is in the list, in words a friend would use. */

import type { Messages, Verb, Who } from '../i18n/en.ts';
import type { Verdict } from '../picks/picks.ts';
import type { Reason } from './recommended.ts';

export interface ReasonPart {
  readonly animeId: number;
  /** as the server names it */
  readonly title: string;
  /** said before the title: "because you loved ", "and " */
  readonly before: string;
  /** between the title and its share */
  readonly closing: string;
  /** "34 %" */
  readonly share: string;
  readonly after: string;
}

/** A smaller share than this is not worth a friend's breath. */
const SMALLEST_SHARE = 0.05;
const MOST_REASONS = 2;

/**
 * The strongest reasons, strongest first, without what was turned down; the verb is repeated only where it changes:
 * loved A 34 %, and B 21 %; loved A 34 %, and watched B 21 %.
 */
export function reasonParts(
  messages: Messages,
  because: readonly Reason[],
  verdictFor: (animeId: number) => Verdict | null,
  who: Who,
): ReasonPart[] {
  const strongest = because
    .filter(({ animeId, share }) => share > 0 && verdictFor(animeId) !== 'no')
    .slice(0, MOST_REASONS);
  const named = strongest.filter(({ share }, index) => index === 0 || share >= SMALLEST_SHARE);
  const verbs = named.map(({ animeId }) => verbFor(verdictFor(animeId)));
  return named.map(({ animeId, title, share }, at) => ({
    animeId,
    title,
    share: messages.percent(shownShare(share)),
    ...messages.because.around(verbs, at, who),
  }));
}

function verbFor(verdict: Verdict | null): Verb {
  if (typeof verdict !== 'number') return verdict === 'plan' ? 'planned' : 'watched';
  if (verdict >= 9) return 'loved';
  return verdict >= 7 ? 'liked' : 'watched';
}

/**
 * Never "0 %" for something that counts. A share is above 1 when other picks speak against the title: to a friend that
 * is still all of it.
 */
function shownShare(share: number): number {
  return Math.min(1, Math.max(0.01, share));
}
