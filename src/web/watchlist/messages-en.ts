/** The watchlist in English. Every other language has exactly these messages. */
import { numbers, plurals } from '../i18n/format.ts';

const { number } = numbers('en');
const { plural } = plurals('en');

export const watchlistEn = {
  heading: 'Watchlist',
  theirs: (userId: number) => `What person ${userId} plans to watch`,
  shared: 'A shared watchlist',
  summary: (titles: number, episodes: number) =>
    [
      `${number(titles)} ${plural(titles, { one: 'title', other: 'titles' })}`,
      episodes > 0
        ? `${number(episodes)} ${plural(episodes, { one: 'episode', other: 'episodes' })}`
        : '',
    ]
      .filter(Boolean)
      .join(', '),
  kept: 'Order and notes stay in this browser.',
  empty: 'Nothing planned yet. Whatever you mark “Plan” waits here, in the order you like.',
  emptyTheirs: 'Nothing is planned here.',
  toList: 'Find something to watch',
  titles: 'Planned titles',
  handle: (title: string, place: number, count: number) =>
    `Move ${title}: place ${place} of ${count}. Drag it, or use the arrow keys, Home and End.`,
  moved: (title: string, place: number) => `${title} is number ${place} now`,
  removed: (title: string) => `Taken off: ${title}`,
  undo: 'Undo',
  note: (title: string) => `Your note on ${title}`,
  notePlaceholder: 'Add a note',
  seen: 'Seen',
  seenLabel: (title: string) => `Seen: ${title}`,
  remove: 'Take off',
  removeLabel: (title: string) => `Take off: ${title}`,
  missing: (animeId: number) => `Title ${animeId} (not in this catalogue)`,
  all: (count: number) => `Show all ${number(count)}`,
  export: 'Export',
  exports: {
    xml: ['MyAnimeList', 'XML, for myanimelist.net/import.php'],
    csv: ['Spreadsheet', 'CSV'],
    json: ['JSON', 'for programs'],
  },
  share: {
    title: 'My anime watchlist',
    about: 'A link to these titles in this order. Notes stay here',
    announced: 'Link copied. It carries the titles in their order; notes stay here.',
  },
  adopt: 'Add these to my watchlist',
  leave: 'Back to my watchlist',
  borrowed: 'Somebody shared this list with you. Yours is still in this browser.',
};

export type WatchlistMessages = typeof watchlistEn;
