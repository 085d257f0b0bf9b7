/** The frozen searches of search-queries.tsv, and how well a search answers them. */
import { readFileSync } from 'node:fs';
import type { TitleSearch } from '../../src/search/title-search.ts';

export interface SearchQuery {
  readonly kind: string;
  readonly query: string;
  /** ids of which one should stand first; empty = nothing should be found */
  readonly animeIds: readonly number[];
}

export function searchQueries(path: string): SearchQuery[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [kind, query, ids] = line.split('\t');
      return { kind, query, animeIds: ids === '' ? [] : ids.split(',').map(Number) };
    });
}

/** 1 / place of the first right title among ten, 0 without one; nothing found is right when nothing should be. */
export function reciprocalRank(search: TitleSearch, { query, animeIds }: SearchQuery): number {
  const found = search.find(query, { limit: 10 });
  if (animeIds.length === 0) return found.length === 0 ? 1 : 0;
  const place = found.findIndex(({ animeId }) => animeIds.includes(animeId));
  return place < 0 ? 0 : 1 / (place + 1);
}
