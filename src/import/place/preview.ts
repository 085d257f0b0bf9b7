/** An imported list, matched with this catalogue: shown to a person before it is used. */
import type { Anime, Catalogue } from '../../data/anime.ts';
import type { IdMap } from '../../data/id-map.ts';
import { STATUS, type StatusName } from '../../data/interactions.ts';
import { TimeSlice } from '../../time-slice.ts';
import type { ListFacts } from '../list/imported-list.ts';
import type { ImportedEntry, PlacedList, UnknownTitle } from './placed-list.ts';

export interface Preview extends Omit<ListFacts, 'isMixed'> {
  /** best rated first, then most listed */
  readonly matched: readonly MatchedTitle[];
  readonly unknown: readonly UnknownBrief[];
  readonly lastYear: number | null;
  /** number of matched titles by status */
  readonly statuses: Readonly<Record<StatusName, number>>;
  /** ready for POST /api/recommendations */
  readonly ratings: readonly ImportedEntry[];
}

export interface MatchedTitle {
  readonly anime: TitleBrief;
  readonly rating: number | null;
  readonly status: StatusName;
}

export interface UnknownBrief extends Omit<UnknownTitle, 'rating' | 'nearest'> {
  readonly rating: number | null;
  readonly nearest: readonly TitleBrief[];
}

export type TitleBrief = Omit<Anime, 'synopsis' | 'synonyms' | 'themes'>;

/**
 * The event loop runs meanwhile.
 * @throws the signal's reason when it has aborted
 */
export async function previewOf(
  { entries, unknown, isMixed: _, ...about }: PlacedList,
  { catalogue, items }: { readonly catalogue: Catalogue; readonly items: IdMap },
  signal?: AbortSignal,
): Promise<Preview> {
  const slice = new TimeSlice();
  const matched: MatchedTitle[] = [];
  const ratings: ImportedEntry[] = [];
  const statuses = Object.fromEntries(Object.keys(STATUS).map((name) => [name, 0])) as Record<
    StatusName,
    number
  >;
  const known = new Map(entries.map((entry) => [items.indexOf(entry.animeId), entry]));
  for (const [item, entry] of bestFirst(known)) {
    const { rating, status } = entry;
    matched.push({ anime: brief(catalogue[item]), rating: rating ?? null, status });
    ratings.push(entry);
    statuses[status]++;
    if (slice.over) await slice.next();
    signal?.throwIfAborted();
  }
  return { ...about, matched, unknown: unknown.map(unknownBrief), statuses, ratings };
}

const MOST_RATING = 10;

/** Best rated first, then most listed: by numbers, because no turn of the event loop can come while it sorts. */
function* bestFirst(
  known: ReadonlyMap<number, ImportedEntry>,
): Generator<[item: number, entry: ImportedEntry]> {
  const stride = 2 ** 32;
  const keys = Float64Array.from(
    known,
    ([item, { rating = 0 }]) => (MOST_RATING - rating) * stride + item,
  ).sort();
  for (const key of keys) {
    const entry = known.get(key % stride);
    if (entry) yield [key % stride, entry];
  }
}

function unknownBrief({ nearest, rating, ...title }: UnknownTitle): UnknownBrief {
  return { ...title, rating: rating ?? null, nearest: nearest.map(brief) };
}

function brief({ synopsis: _, synonyms: __, themes: ___, ...anime }: Anime): TitleBrief {
  return anime;
}
