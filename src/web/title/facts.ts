/** The facts about a title, in one line. */

import type { Messages } from '../i18n/en.ts';
import type { Anime } from './anime.ts';

/** "2019 · TV · 12 ep · Mystery, Slice of Life"; the score is shown separately, in its own colour. */
export function factsLine(messages: Messages, anime: Anime, genres = 3): string {
  const { type, year, episodes } = anime;
  const parts = [
    year && messages.facts.year(year),
    type && (messages.facts.types[type] ?? type),
    episodes && episodes > 1 && messages.facts.episodes(episodes),
    messages.commas(anime.genres.slice(0, genres).map((genre) => messages.genres[genre] ?? genre)),
  ];
  return parts.filter(Boolean).join(' · ');
}
