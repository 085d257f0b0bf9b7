/** An imported list, matched with this catalogue: shown to a person before it is used. */
import type { Anime, Catalogue } from '../data/anime.ts';
import type { IdMap } from '../data/id-map.ts';
import { STATUS, type StatusName } from '../data/interactions.ts';
import { TimeSlice } from '../time-slice.ts';
import type { ImportedEntry, ImportedList, Source, UnknownTitle } from './imported-list.ts';
import type { Scale } from './scale.ts';

export interface Preview {
  readonly source: Source;
  readonly owner: string | null;
  readonly scale: Scale;
  /** best rated first, then most listed */
  readonly matched: readonly MatchedTitle[];
  readonly unknown: readonly UnknownTitle[];
  /** number of matched titles by status */
  readonly statuses: Readonly<Record<StatusName, number>>;
  /** ready for POST /api/recommendations */
  readonly ratings: readonly PreviewRating[];
}

export interface MatchedTitle {
  readonly anime: TitleBrief;
  readonly rating: number | null;
  readonly status: StatusName;
}

export type TitleBrief = Omit<Anime, 'synopsis' | 'synonyms'>;

interface PreviewRating {
  readonly animeId: number;
  readonly rating?: number;
  readonly status: StatusName;
}

/**
 * Of several entries of a title the last one counts: a later line corrects an earlier one. The event loop runs meanwhile.
 * @throws the signal's reason when it has aborted
 */
export async function previewOf(
  list: ImportedList,
  { catalogue, items }: { readonly catalogue: Catalogue; readonly items: IdMap },
  signal?: AbortSignal,
): Promise<Preview> {
  const slice = new TimeSlice();
  const turn = async () => {
    await slice.next();
    signal?.throwIfAborted();
  };
  const last = new Map<number, ImportedEntry>();
  for (const entry of list.entries) {
    last.set(entry.animeId, entry);
    if (slice.over) await turn();
  }
  const known = new Map<number, ImportedEntry>();
  const unknown = [...list.unknown];
  for (const entry of last.values()) {
    const { animeId, title } = entry;
    const item = items.indexOf(animeId);
    if (item >= 0) known.set(item, entry);
    else unknown.push({ title: title ?? `${animeId}`, animeId, reason: 'not-in-catalogue' });
    if (slice.over) await turn();
  }
  const matched: MatchedTitle[] = [];
  const ratings: PreviewRating[] = [];
  const statuses = Object.fromEntries(Object.keys(STATUS).map((name) => [name, 0])) as Record<
    StatusName,
    number
  >;
  for (const [item, entry] of bestFirst(known)) {
    const { animeId, rating, status } = entry;
    matched.push({ anime: brief(catalogue[item]), rating: rating ?? null, status });
    ratings.push(rating === undefined ? { animeId, status } : { animeId, rating, status });
    statuses[status]++;
    if (slice.over) await turn();
  }
  const { source, owner, scale } = list;
  return { source, owner, scale, matched, unknown, statuses, ratings };
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

function brief({ synopsis: _, synonyms: __, ...anime }: Anime): TitleBrief {
  return anime;
}
