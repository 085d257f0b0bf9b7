/** Finds titles for REST and GraphQL: by id, by name, similar ones, the titles of a franchise, starters. */
import type { SearchQuery, SimilarQuery } from '../../api/anime.ts';
import { MAX_STARTERS } from '../../api/constants/limits.ts';
import {
  DEFAULT_SIMILAR,
  DEFAULT_SIMILAR_BY,
  DEFAULT_STARTERS,
  DEFAULT_TITLES,
} from '../../api/defaults.ts';
import type { Anime, Catalogue } from '../../data/anime.ts';
import { ownKind, type PartKind, partKinds } from '../../data/franchise/part-kind.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { startersOf } from '../../recommend/starters.ts';
import { Problem } from '../http/problem.ts';
import { cursorAt, placeOf } from './cursor.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** the cursor of the next page; null = this is the last */
  readonly next: string | null;
}

/** @throws Problem 404 when the catalogue does not have it */
export function itemOf(bundle: Bundle, animeId: number): number {
  const item = bundle.items.indexOf(animeId);
  if (item < 0)
    throw new Problem(
      404,
      `There is no anime ${animeId} in this catalogue; search by name with /api/anime?query=`,
      'animeId',
    );
  return item;
}

/** The titles that match the query, best first; for an empty query the titles with the most members. */
export async function findTitles(
  bundle: Bundle,
  { query = '', adult = false, limit = DEFAULT_TITLES, cursor }: SearchQuery,
): Promise<Page<Anime>> {
  const paged = { version: bundle.version, question: ['search', query, adult] };
  const from = placeOf(cursor, paged);
  const search = await bundle.search();
  // One more than the page has shows whether another page follows.
  const found = search.find(query, { limit: from + limit + 1, adult });
  const items = found.slice(from, from + limit);
  return { items, next: cursorAt(from + items.length, found.length, paged) };
}

export interface SimilarTitle {
  readonly anime: Anime;
  readonly score: number;
  /** ids of those that both titles have */
  readonly themes: readonly string[];
}

/** Most similar first; adult titles only beside an adult one. */
export function similarTitles(
  { version, models, catalogue }: Bundle,
  item: number,
  { by = DEFAULT_SIMILAR_BY, limit = DEFAULT_SIMILAR, cursor }: SimilarQuery,
): Page<SimilarTitle> {
  const paged = { version, question: ['similar', catalogue[item].animeId, by] };
  const from = placeOf(cursor, paged);
  const { items, scores } = models[by].similarItems(item, catalogue.length);
  const found: SimilarTitle[] = [];
  for (let at = 0; at < items.length && found.length <= from + limit; at++) {
    const anime = catalogue[items[at]];
    if (anime.adult && !catalogue[item].adult) continue;
    const themes = catalogue[item].themes.filter((theme) => anime.themes.includes(theme));
    found.push({ anime, score: scores[at], themes });
  }
  const page = found.slice(from, from + limit);
  return { items: page, next: cursorAt(from + page.length, found.length, paged) };
}

const starters = new WeakMap<Catalogue, readonly Anime[]>();

/** Well-known titles of many kinds, chosen once for each catalogue. */
export function startersFor(catalogue: Catalogue, limit = DEFAULT_STARTERS): readonly Anime[] {
  let known = starters.get(catalogue);
  if (!known) {
    known = startersOf(catalogue, MAX_STARTERS);
    starters.set(catalogue, known);
  }
  return known.slice(0, limit);
}

export interface StoryPart {
  readonly anime: Anime;
  readonly kind: PartKind;
}

const stories = new WeakMap<Catalogue, Map<number, StoryPart[]>>();

/** All titles of the franchise in watch order, this one included; none when it stands alone. */
export function storyOf(catalogue: Catalogue, { franchise }: Anime): readonly StoryPart[] {
  if (franchise === null) return [];
  let known = stories.get(catalogue);
  if (!known) {
    known = storiesOf(catalogue);
    stories.set(catalogue, known);
  }
  return known.get(franchise.franchiseId) ?? [];
}

/** What a title is in its story. */
export function kindOf(catalogue: Catalogue, anime: Anime): PartKind {
  const part = storyOf(catalogue, anime).find((one) => one.anime.animeId === anime.animeId);
  return part?.kind ?? ownKind(anime);
}

function storiesOf(catalogue: Catalogue): Map<number, StoryPart[]> {
  const byFranchise = new Map<number, Anime[]>();
  for (const anime of catalogue) {
    if (anime.franchise === null) continue;
    const story = byFranchise.get(anime.franchise.franchiseId);
    if (story) story.push(anime);
    else byFranchise.set(anime.franchise.franchiseId, [anime]);
  }
  const parts = new Map<number, StoryPart[]>();
  for (const [franchiseId, story] of byFranchise) {
    story.sort((a, b) => (a.franchise?.position ?? 0) - (b.franchise?.position ?? 0));
    const kinds = partKinds(story);
    parts.set(
      franchiseId,
      story.map((anime, n) => ({ anime, kind: kinds[n] })),
    );
  }
  return parts;
}
