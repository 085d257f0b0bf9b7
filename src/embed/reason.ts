/** The line that says why a title is recommended. */
import type { Recommendation } from '../api/client.ts';
import { shownReasons, WELL_KNOWN_MEMBERS } from '../api/constants/shown-reasons.ts';
import type { Messages } from './messages.ts';

export type NameOf = (title: { readonly animeId: number; readonly title: string }) => string;

/** The strongest reason first; shares are of the whole score. */
export function reasonText(
  recommended: Recommendation,
  messages: Messages,
  nameOf: NameOf,
): string {
  const { known, knownFirst, titles, hints, moved } = shownReasons(recommended);
  const percent = (share: number) => messages.percent(percentOf(share));
  const causes = titles.map((title) => [nameOf(title), percent(title.shareOfScore)] as const);
  const said = causes.length > 0 ? messages.because(causes) : hints ? messages.hints : '';
  const well = recommended.anime.members >= WELL_KNOWN_MEMBERS;
  const isKnown = known === null ? '' : messages.known(percent(known), well);
  const both = knownFirst ? [isKnown, said] : [said, isKnown];
  const [first = '', second] = both.filter(Boolean);
  const reason = second === undefined ? first : messages.both(first, second);
  if (moved === null) return reason || messages.little;
  const words = messages.moved[moved];
  return reason ? messages.withMoved(reason, words) : words;
}

/** At least 1 % and at most 100 %. */
function percentOf(share: number): number {
  return Math.min(100, Math.max(1, Math.round(share * 100)));
}
