/** An imported list, matched with this catalogue: shown to a person before it is used. */
import type { Anime, Catalogue } from '../data/anime.ts';
import type { IdMap } from '../data/id-map.ts';
import { STATUS, type StatusName } from '../data/interactions.ts';
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

/** Of several entries of a title the last one counts: a later line corrects an earlier one. */
export function previewOf(
  list: ImportedList,
  { catalogue, items }: { readonly catalogue: Catalogue; readonly items: IdMap },
): Preview {
  const last = new Map<number, ImportedEntry>();
  for (const entry of list.entries) last.set(entry.animeId, entry);
  const known: { item: number; entry: ImportedEntry }[] = [];
  const unknown = [...list.unknown];
  for (const entry of last.values()) {
    const { animeId, title } = entry;
    const item = items.indexOf(animeId);
    if (item >= 0) known.push({ item, entry });
    else unknown.push({ title: title ?? `${animeId}`, animeId, reason: 'not-in-catalogue' });
  }
  known.sort((a, b) => (b.entry.rating ?? 0) - (a.entry.rating ?? 0) || a.item - b.item);
  const statuses = Object.fromEntries(Object.keys(STATUS).map((name) => [name, 0])) as Record<
    StatusName,
    number
  >;
  for (const { entry } of known) statuses[entry.status]++;
  return {
    source: list.source,
    owner: list.owner,
    scale: list.scale,
    matched: known.map(({ item, entry }) => ({
      anime: brief(catalogue[item]),
      rating: entry.rating ?? null,
      status: entry.status,
    })),
    unknown,
    statuses,
    ratings: known.map(({ entry: { animeId, rating, status } }) =>
      rating === undefined ? { animeId, status } : { animeId, rating, status },
    ),
  };
}

function brief({ synopsis: _, synonyms: __, ...anime }: Anime): TitleBrief {
  return anime;
}
