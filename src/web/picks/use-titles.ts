/** Titles by id: what was seen on the page is remembered, what an address only numbers is asked for. */
import { useEffect, useState } from 'preact/hooks';
import { isNotFound } from '../../api/client.ts';
import type { Anime } from '../title/anime.ts';
import type { Named } from '../title/title-names.ts';
import { api } from '../ui/api.ts';
import { keptTitles } from './kept-titles.ts';

/** A title, null while it is on its way, or 'unknown' when the catalogue has none with that id. */
export type KnownTitle = Anime | null | 'unknown';

const AT_ONCE = 6;
const known = new Map<number, Anime | 'unknown'>();
/** From the last visit; used until the server has answered. */
let kept: ReadonlyMap<number, Anime> | null = null;
/** ListRequest for already: whoever else needs it waits for the same answer. */
const coming = new Map<number, Promise<void>>();

/** A title's names as far as they are known; `title` where nothing is known. */
export function knownTitle(animeId: number, title: string): Named {
  const anime = titleOf(animeId);
  return anime && anime !== 'unknown' ? anime : { title, titleEnglish: null, titleJapanese: null };
}

function titleOf(animeId: number): KnownTitle {
  kept ??= keptTitles();
  return known.get(animeId) ?? kept.get(animeId) ?? null;
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
      await learn(animeId);
      if (!stop.signal.aborted) arrived((count) => count + 1);
      return next();
    };
    for (let lane = 0; lane < AT_ONCE; lane++) void next();
    return () => stop.abort();
  }, [key]);

  return titleOf;
}

/** Never aborted: a title is kept for the whole visit. */
async function learn(animeId: number): Promise<void> {
  if (known.has(animeId)) return;
  const answer = coming.get(animeId) ?? ask(animeId);
  coming.set(animeId, answer);
  await answer;
}

async function ask(animeId: number): Promise<void> {
  try {
    known.set(animeId, await api().getAnime(animeId));
  } catch (error) {
    // Unreachable: the next render asks again.
    if (isNotFound(error)) known.set(animeId, 'unknown');
  }
  coming.delete(animeId);
}
