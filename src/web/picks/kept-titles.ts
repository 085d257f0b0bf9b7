/** The titles of one's picks, kept in this browser: they have their names before the server answers, and without it. */
import type { Anime } from '../title/anime.ts';
import { forStorage, isStoredAnime } from './stored-anime.ts';

const KEY = 'osusume.titles';

export function keepTitles(
  titles: readonly Anime[],
  storage: () => Storage = () => localStorage,
): void {
  try {
    storage().setItem(KEY, JSON.stringify(titles.map(forStorage)));
  } catch {
    // Forbidden or full: they are asked for on the next visit.
  }
}

/** Empty when none were kept, or what was kept cannot be read. */
export function keptTitles(
  storage: () => Storage = () => localStorage,
): ReadonlyMap<number, Anime> {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? '[]');
    const titles = Array.isArray(kept) ? kept.filter(isStoredAnime) : [];
    return new Map(titles.map((anime) => [anime.animeId, anime]));
  } catch {
    return new Map();
  }
}
