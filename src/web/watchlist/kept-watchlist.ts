/**
 * Keeps what a visit does not say of planned titles in this browser: their order, notes, and names to show offline.
 * None of it is ever sent anywhere. It is checked when read, because storage may contain anything.
 */
import { forStorage, isStoredAnime } from '../picks/stored-anime.ts';
import type { Anime } from '../title/anime.ts';
import { inBrowser, readStoredJson, store } from '../ui/storage.ts';
import type { Arrangement } from './planned.ts';

export interface KeptWatchlist extends Arrangement {
  /** by animeId */
  readonly notes: ReadonlyMap<number, string>;
}

export const EMPTY_WATCHLIST: KeptWatchlist = { order: [], removed: [], notes: new Map() };

const KEY = 'osusume.watchlist';
const TITLES = 'osusume.watchlist.titles';
/** Limits on what is read, so that a broken storage cannot fill memory. */
const MOST = 5000;
/** Characters of a note. */
export const MAX_NOTE = 500;

export function keepWatchlist(list: KeptWatchlist, storage = inBrowser): void {
  const { order, removed, notes } = list;
  const isEmpty = order.length + removed.length + notes.size === 0;
  store(KEY, isEmpty ? null : JSON.stringify({ order, removed, notes: [...notes] }), storage);
}

export function keptWatchlist(storage = inBrowser): KeptWatchlist {
  const kept = readStoredJson(KEY, storage);
  if (typeof kept !== 'object' || kept === null) return EMPTY_WATCHLIST;
  const { order, removed, notes } = kept as Readonly<Record<string, unknown>>;
  return { order: readIds(order), removed: readIds(removed), notes: readNotes(notes) };
}

export function keepPlannedTitles(titles: readonly Anime[], storage = inBrowser): void {
  store(TITLES, titles.length > 0 ? JSON.stringify(titles.map(forStorage)) : null, storage);
}

export function keptPlannedTitles(storage = inBrowser): Anime[] {
  const kept = readStoredJson(TITLES, storage);
  return Array.isArray(kept) ? kept.slice(0, MOST).filter(isStoredAnime) : [];
}

function readIds(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.slice(0, MOST).filter(isId))];
}

function readNotes(value: unknown): Map<number, string> {
  const notes = new Map<number, string>();
  if (!Array.isArray(value)) return notes;
  for (const entry of value.slice(0, MOST)) {
    const [animeId, note]: unknown[] = Array.isArray(entry) ? entry : [];
    if (isId(animeId) && typeof note === 'string' && note !== '')
      notes.set(animeId, note.slice(0, MAX_NOTE));
  }
  return notes;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
