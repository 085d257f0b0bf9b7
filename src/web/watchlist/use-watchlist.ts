/** The person's order and notes of planned titles, kept in this browser. */
import { useEffect, useState } from 'preact/hooks';
import { rememberTitles } from '../picks/use-titles.ts';
import type { Anime } from '../title/anime.ts';
import {
  type KeptWatchlist,
  keepPlannedTitles,
  keepWatchlist,
  keptPlannedTitles,
  keptWatchlist,
  MAX_NOTE,
} from './kept-watchlist.ts';
import { moved } from './planned.ts';

export interface WatchlistControls {
  readonly kept: KeptWatchlist;
  /** @param shown the whole list as it is shown now */
  readonly move: (shown: readonly number[], from: number, to: number) => void;
  readonly setNote: (animeId: number, note: string) => void;
  /** takes a title off, with its note */
  readonly remove: (animeId: number) => void;
  /** back to an earlier state */
  readonly restore: (before: KeptWatchlist) => void;
}

export function useWatchlist(): WatchlistControls {
  const [kept, setKept] = useState(keptWatchlist);
  useEffect(() => keepWatchlist(kept), [kept]);
  return {
    kept,
    move: (shown, from, to) => setKept((now) => ({ ...now, order: moved(shown, from, to) })),
    setNote: (animeId, note) =>
      setKept((now) => ({ ...now, notes: withNote(now.notes, animeId, note) })),
    remove: (animeId) =>
      setKept((now) => ({
        order: now.order.filter((other) => other !== animeId),
        removed: [...now.removed.filter((other) => other !== animeId), animeId],
        notes: withNote(now.notes, animeId, ''),
      })),
    restore: setKept,
  };
}

function withNote(
  notes: ReadonlyMap<number, string>,
  animeId: number,
  note: string,
): ReadonlyMap<number, string> {
  const next = new Map(notes);
  if (note === '') next.delete(animeId);
  else next.set(animeId, note.slice(0, MAX_NOTE));
  return next;
}

/** Titles of the last visit are known before the server answers, and without it. */
export function useKeptTitles(titles: readonly Anime[], isMine: boolean): void {
  useState(() => rememberTitles(keptPlannedTitles()));
  const key = titles.map(({ animeId }) => animeId).join();
  useEffect(() => {
    if (isMine && titles.length > 0) keepPlannedTitles(titles);
  }, [isMine, key]);
}
