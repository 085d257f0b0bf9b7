/** Builds the sentence that says why a title is in the list. */

import type { Messages, Verb, Who } from '../i18n/en.ts';
import type { Verdict } from '../picks/picks.ts';
import type { Reason } from './recommended.ts';

export interface ReasonPart {
  readonly animeId: number;
  /** the name that the server gave */
  readonly title: string;
  /** text before the title: "because you loved ", "and " */
  readonly before: string;
  /** text between the title and its share */
  readonly closing: string;
  /** "34 %" */
  readonly share: string;
  readonly after: string;
}

/** A reason with a smaller share is not named, unless it is the strongest. */
const SMALLEST_SHARE = 0.05;
const MOST_REASONS = 2;

/**
 * The strongest reasons first, without titles marked "not for me". The verb is repeated only when it changes:
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
 * At least 1 %, and at most 100 %: a share is above 1 when other picks count against the title.
 */
function shownShare(share: number): number {
  return Math.min(1, Math.max(0.01, share));
}
