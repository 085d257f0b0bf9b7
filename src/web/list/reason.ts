/** Builds the sentence that says why a title is in the list. */

import { shownReasons, WELL_KNOWN_MEMBERS } from '../../api/constants/shown-reasons.ts';
import type { Messages, Verb, Who } from '../i18n/en.ts';
import type { Verdict } from '../picks/picks.ts';
import type { Reasons } from './recommended.ts';

export interface ReasonPart {
  readonly animeId: number;
  /** the name that the server gave */
  readonly title: string;
  /** text before the title: "because you loved ", "and " */
  readonly before: string;
  /** text between the title and its share */
  readonly closing: string;
  /** "34 %" of the score */
  readonly share: string;
  readonly after: string;
}

export interface ReasonSentence {
  /** text before the titles that is not about the visitor: "well known and loved by many 62 %, and " */
  readonly before: string;
  readonly titles: readonly ReasonPart[];
  /** the same after them: ", and it is well known and loved by many 38 %" */
  readonly also: string;
  /** text after all others, or all there is: "; it continues a story you love" */
  readonly moved: string;
}

interface Named {
  readonly reasons: Reasons;
  /** of the recommended title */
  readonly members: number;
  readonly verdictFor: (animeId: number) => Verdict | null;
  readonly who: Who;
  /** with the shares of the score; false = words only */
  readonly shares?: boolean;
}

/**
 * The strongest reason first, shares being of the whole score; without titles marked "not for me". The verb is repeated
 * only when it changes: loved A 34 %, and B 21 %; loved A 34 %, and watched B 21 %.
 */
export function reasonSentence(
  { because: say, percent }: Messages,
  { reasons, members, verdictFor, who, shares = true }: Named,
): ReasonSentence {
  const because = reasons.because.filter(({ animeId }) => verdictFor(animeId) !== 'no');
  const { known, knownFirst, titles, hints, moved: group } = shownReasons({ ...reasons, because });
  const well = members >= WELL_KNOWN_MEMBERS;
  const verbs = titles.map(({ animeId }) => verbFor(verdictFor(animeId)));
  const parts = titles.map(({ animeId, title, shareOfScore }, at) => ({
    animeId,
    title,
    share: shares ? percent(shareToShow(shareOfScore)) : '',
    ...say.around(verbs, at, who),
  }));
  const knownWords = known === null || !shares ? '' : percent(shareToShow(known));
  const before = knownFirst ? say.known(knownWords, well, parts.length > 0) : '';
  const nothing = known === null && parts.length === 0 && !hints;
  const alone = hints ? say.hints : nothing && group === null ? say.little : '';
  const also = knownFirst || known === null ? '' : say.alsoKnown(knownWords, well);
  const moved = group === null ? '' : say.moved(group, who);
  return {
    before,
    titles: parts,
    also: `${alone}${also}`,
    moved: moved && !nothing ? `${say.beforeMoved}${moved}` : moved,
  };
}

function verbFor(verdict: Verdict | null): Verb {
  if (typeof verdict !== 'number') return verdict === 'plan' ? 'planned' : 'watched';
  if (verdict >= 9) return 'loved';
  return verdict >= 7 ? 'liked' : 'watched';
}

/**
 * At least 1 %, and at most 100 %: a share is above 1 when other picks count against the title.
 */
function shareToShow(share: number): number {
  return Math.min(1, Math.max(0.01, share));
}
