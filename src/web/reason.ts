/** Why a title is in the list, in words a friend would use. */
import type { Reason } from './answers.ts';
import type { Verdict } from './picks.ts';

export interface ReasonPart {
  readonly animeId: number;
  /** said before the title: "loved", "and liked", "and" */
  readonly verb: string;
  readonly title: string;
  /** "34 %" */
  readonly share: string;
}

/** A smaller share than this is not worth a friend's breath. */
const SMALLEST_SHARE = 0.05;
const MOST_REASONS = 2;

/**
 * The strongest reasons, strongest first, without what was turned down; the verb is repeated only where it changes:
 * loved A 34 %, and B 21 %; loved A 34 %, and watched B 21 %.
 */
export function reasonParts(
  because: readonly Reason[],
  verdictFor: (animeId: number) => Verdict | null,
): ReasonPart[] {
  const strongest = because
    .filter(({ animeId, share }) => share > 0 && verdictFor(animeId) !== 'no')
    .slice(0, MOST_REASONS);
  const told = strongest.filter(({ share }, index) => index === 0 || share >= SMALLEST_SHARE);
  let last = '';
  return told.map(({ animeId, title, share }, index) => {
    const verb = verbFor(verdictFor(animeId));
    const words = [index > 0 ? 'and' : '', verb === last ? '' : verb].filter(Boolean).join(' ');
    last = verb;
    return { animeId, verb: words, title, share: percent(share) };
  });
}

/** The same as one plain sentence. */
export function reasonSentence(parts: readonly ReasonPart[], who: 'you' | 'they'): string {
  if (parts.length === 0) return NO_REASON;
  const words = parts.map(({ verb, title, share }) => `${verb} ${title}\u00a0${share}`);
  return `because ${who} ${words.join(' ')}`;
}

export const NO_REASON = 'no single title explains this one: many small hints add up';

function verbFor(verdict: Verdict | null): string {
  if (typeof verdict !== 'number') return verdict === 'plan' ? 'plan to watch' : 'watched';
  if (verdict >= 9) return 'loved';
  return verdict >= 7 ? 'liked' : 'watched';
}

/**
 * 0.344 → "34 %" with a no-break space; never "0 %" for something that counts. A share is above 1 when other picks
 * speak against the title: to a friend that is still all of it.
 */
export function percent(share: number): string {
  return `${Math.min(100, Math.max(1, Math.round(share * 100)))}\u00a0%`;
}
