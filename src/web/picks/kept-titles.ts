/** Keeps the titles of the visitor's picks in this browser, so that their names show before the server answers. */
import type { Anime } from '../title/anime.ts';
import { inBrowser, readStoredJson, store } from '../ui/storage.ts';
import { forStorage, isStoredAnime } from './stored-anime.ts';

const KEY = 'osusume.titles';

export function keepTitles(titles: readonly Anime[], storage = inBrowser): void {
  store(KEY, JSON.stringify(titles.map(forStorage)), storage);
}

/** Empty when none were kept, or they cannot be read. */
export function keptTitles(storage = inBrowser): ReadonlyMap<number, Anime> {
  const kept = readStoredJson(KEY, storage);
  const titles = Array.isArray(kept) ? kept.filter(isStoredAnime) : [];
  return new Map(titles.map((anime) => [anime.animeId, anime]));
}
