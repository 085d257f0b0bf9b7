/** The line of words under a poster that says why it is there. */
import type { Messages, Who } from '../i18n/en.ts';
import type { ShelfMessages } from '../list/messages-en.ts';
import { reasonSentence } from '../list/reason.ts';
import type { Recommended } from '../list/recommended.ts';
import type { Verdict } from '../picks/picks.ts';
import type { ShelfView } from './shelf-view.ts';

interface Told {
  readonly messages: Messages;
  readonly shelves: ShelfMessages;
  readonly who: Who;
  readonly verdictFor: (animeId: number) => Verdict | null;
  /** the name of a title in the chosen script */
  readonly nameOf: (animeId: number, title: string) => string;
}

const MOST_GENRES = 2;

/** The titles that say most for it, without numbers: the sheet has the rest. */
export function tileLine(
  { anime, insteadOf, ...reasons }: Recommended,
  { seed }: Pick<ShelfView, 'seed'>,
  { messages, shelves, who, verdictFor, nameOf }: Told,
): string {
  if (insteadOf) return messages.list.insteadOf(nameOf(insteadOf.animeId, insteadOf.title));
  const same = seed ? anime.genres.filter((genre) => seed.genres.includes(genre)) : [];
  if (same.length > 0)
    return shelves.same(
      same.slice(0, MOST_GENRES).map((genre) => messages.genres[genre] ?? genre.toLowerCase()),
    );
  const { before, titles, also, moved } = reasonSentence(messages, {
    reasons,
    members: anime.members,
    verdictFor,
    who,
    shares: false,
  });
  if (titles.length === 0) return before || also || moved;
  return titles
    .map(
      ({ animeId, title, before, closing, after }) =>
        `${before}${nameOf(animeId, title)}${closing.trim()}${after}`,
    )
    .join('');
}
