/** Which titles a shared link is about, from the fields that the page writes (src/web/app/address.ts). */
import type { SHARED_KINDS } from '../../api/share.ts';
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';

export type SharedKind = (typeof SHARED_KINDS)[number];

export interface Shared {
  readonly kind: SharedKind;
  /** those of the catalogue that are for everyone, best loved or first planned first */
  readonly titles: readonly Anime[];
  /** how many the link names */
  readonly count: number;
}

/** More than these are read of no link. */
const MOST_ENTRIES = 2000;

interface Entry {
  readonly animeId: number;
  readonly verdict: string;
}

/**
 * @param path of the page
 * @param query of the address, without the question mark
 * @returns null when the link says nothing about titles that everyone may see
 */
export function sharedTitles(bundle: Bundle, path: string, query: string): Shared | null {
  const fields = new URLSearchParams(query);
  const entries = [...entriesOf(fields.get('picks')), ...entriesOf(fields.get('top'))];
  const named = path === '/watchlist' ? planned(entries) : loved(entries, fields.get('like'));
  if (named.length > 0)
    return sharedOf(bundle, path === '/watchlist' ? 'watchlist' : 'list', named);
  const open = idOf(fields.get('open') ?? '');
  return open === null ? null : sharedOf(bundle, 'title', [open]);
}

function sharedOf(bundle: Bundle, kind: SharedKind, animeIds: readonly number[]): Shared | null {
  const titles = titlesOf(bundle, animeIds);
  if (titles.length === 0) return null;
  const hidden = animeIds.length - titles.length;
  return { kind, titles, count: animeIds.length - hidden };
}

/** Without those that are not in the catalogue, and those for adults. */
export function titlesOf({ items, catalogue }: Bundle, animeIds: readonly number[]): Anime[] {
  return animeIds
    .map((animeId) => items.indexOf(animeId))
    .filter((item) => item >= 0)
    .map((item) => catalogue[item])
    .filter(({ adult }) => !adult);
}

/** "457.10,21.plan" */
function entriesOf(value: string | null): Entry[] {
  return (value ?? '')
    .split(',', MOST_ENTRIES)
    .map((part) => part.split('.'))
    .flatMap(([id, verdict = '']) => {
      const animeId = idOf(id);
      return animeId === null ? [] : [{ animeId, verdict }];
    });
}

function planned(entries: readonly Entry[]): number[] {
  return unique(entries.filter(({ verdict }) => verdict === 'plan'));
}

/** Titles that say something good about a taste, best first; what a wish names comes before them. */
function loved(entries: readonly Entry[], like: string | null): number[] {
  const named = (like ?? '').split(',', MOST_ENTRIES).flatMap((id) => idOf(id) ?? []);
  const scoreOf = ({ verdict }: Entry) => (verdict === 'seen' ? 5 : Number(verdict) || 0);
  const best = entries.filter((entry) => scoreOf(entry) >= 5);
  best.sort((a, b) => scoreOf(b) - scoreOf(a));
  return [...new Set([...named, ...unique(best)])];
}

function unique(entries: readonly Entry[]): number[] {
  return [...new Set(entries.map(({ animeId }) => animeId))];
}

/** As the page reads it: at most nine digits. */
function idOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
