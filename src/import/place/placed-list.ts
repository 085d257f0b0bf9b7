/** A list whose rows are matched with the titles of a catalogue. */
import type { Anime } from '../../data/anime.ts';
import type { StatusName } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { ListFacts, ListRow } from '../list/imported-list.ts';
import { likelyStatus } from '../list/status-words.ts';

export type NameSources = Pick<Bundle, 'catalogue' | 'items' | 'search'>;

/** A title of the catalogue, once. */
export interface ImportedEntry {
  readonly animeId: number;
  /** 1–10; absent = not scored */
  readonly rating?: number;
  readonly status: StatusName;
}

export const UNKNOWN_REASONS = [
  'no-id',
  'no-title',
  'not-in-catalogue',
  'newer',
  'unknown-name',
  'unlike-any',
  'ambiguous-name',
] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** A row that comes to no title of the catalogue. */
export interface UnknownTitle {
  readonly title: string;
  /** MyAnimeList's; null = the list has none for it */
  readonly animeId: number | null;
  readonly reason: UnknownReason;
  /** of the file */
  readonly line?: number;
  readonly rating?: number;
  readonly status: StatusName;
  /** titles that it may mean, likeliest first */
  readonly nearest: readonly Anime[];
}

export interface PlacedList extends ListFacts {
  /** in the order in which they come first */
  readonly entries: readonly ImportedEntry[];
  readonly unknown: readonly UnknownTitle[];
  /** the last year that the catalogue covers; null = it names no years */
  readonly lastYear: number | null;
}

/** @param anime null = it is not known which title it is */
export function statusOf({ status, watched, rating }: ListRow, anime: Anime | null): StatusName {
  if (status !== null) return status;
  if (watched === null || rating !== undefined) return 'completed';
  const isBegun = watched > 0 && watched < (anime?.episodes ?? 0);
  return isBegun ? 'watching' : likelyStatus(false, watched > 0);
}

/**
 * Two entries of one title: the later corrects the earlier, but does not erase its score, and a title that was seen
 * once is not made unseen by one who watches it again.
 */
export function merged(earlier: ImportedEntry, later: ImportedEntry): ImportedEntry {
  const { animeId } = earlier;
  const rating = later.rating ?? earlier.rating;
  const status = mergedStatus(earlier.status, later.status);
  return rating === undefined ? { animeId, status } : { animeId, rating, status };
}

function mergedStatus(earlier: StatusName, later: StatusName): StatusName {
  if (later === 'plan_to_watch') return earlier;
  return earlier === 'completed' && later !== 'dropped' ? earlier : later;
}
