/** Titles by id: those in earlier answers are remembered, others are requested. */
import { useEffect, useState } from 'preact/hooks';
import { isNotFound } from '../../api/client.ts';
import type { Anime } from '../title/anime.ts';
import type { Named } from '../title/title-names.ts';
import { api } from '../ui/api.ts';
import { keptTitles } from './kept-titles.ts';

/** A title, null while it is being loaded, or 'unknown' when it is not in the catalogue. */
export type KnownTitle = Anime | null | 'unknown';

const PARALLEL = 6;
const known = new Map<number, Anime | 'unknown'>();
/** Titles from the last visit; used until the server has answered. */
let kept: ReadonlyMap<number, Anime> | null = null;
/** Requests in progress, shared by all who need the same title. */
const loading = new Map<number, Promise<void>>();

/** The names of a title; only `title` when it is not loaded. */
export function knownTitle(animeId: number, title: string): Named {
  const anime = titleOf(animeId);
  return anime && anime !== 'unknown' ? anime : { title, titleEnglish: null, titleJapanese: null };
}

function titleOf(animeId: number): KnownTitle {
  kept ??= keptTitles();
  return known.get(animeId) ?? kept.get(animeId) ?? null;
}

/** Studios of the titles that the page has shown, in alphabetical order. */
export function knownStudios(): string[] {
  const studios = new Set<string>();
  for (const anime of known.values())
    if (anime !== 'unknown') for (const studio of anime.studios) studios.add(studio);
  return [...studios].sort((a, b) => a.localeCompare(b));
}

export function rememberTitles(titles: readonly Anime[]): void {
  for (const anime of titles) known.set(anime.animeId, anime);
}

export function useTitles(animeIds: readonly number[]): (animeId: number) => KnownTitle {
  const [, arrived] = useState(0);
  const missing = animeIds.filter((animeId) => !known.has(animeId));
  const key = missing.join();

  useEffect(() => {
    if (key === '') return;
    const stop = new AbortController();
    const waiting = key.split(',').map(Number);
    const next = async (): Promise<void> => {
      const animeId = waiting.shift();
      if (animeId === undefined || stop.signal.aborted) return;
      await loadOnce(animeId);
      if (!stop.signal.aborted) arrived((count) => count + 1);
      return next();
    };
    for (let lane = 0; lane < PARALLEL; lane++) void next();
    return () => stop.abort();
  }, [key]);

  return titleOf;
}

/** Not aborted on unmount: the title is useful for the whole visit. */
async function loadOnce(animeId: number): Promise<void> {
  if (known.has(animeId)) return;
  const answer = loading.get(animeId) ?? load(animeId);
  loading.set(animeId, answer);
  await answer;
}

async function load(animeId: number): Promise<void> {
  try {
    known.set(animeId, await api().getAnime(animeId));
  } catch (error) {
    // Other errors: the next render tries again.
    if (isNotFound(error)) known.set(animeId, 'unknown');
  }
  loading.delete(animeId);
}
