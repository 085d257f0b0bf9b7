/** Exports whose columns tell which program wrote them: what it is called, and the scale that it always has. */
import type { ListFacts } from '../list/imported-list.ts';

interface Layout {
  readonly format: string;
  /** names of columns that no other export has together */
  readonly has: readonly string[];
  /** films and series of all kinds are on it */
  readonly isMixed?: boolean;
}

const LAYOUTS: readonly Layout[] = [
  { format: 'Simkl', has: ['simkl_id', 'watchlist'], isMixed: true },
  { format: 'Yamtrack', has: ['media_id', 'source', 'media_type', 'progressed_at'], isMixed: true },
  { format: 'Zoro', has: ['mal_id', 'chapters', 'mean'] },
  { format: 'Zoro', has: ['media_id', 'title_romaji', 'format'] },
  { format: 'Trakt', has: ['rated_at', 'trakt_rating'], isMixed: true },
  { format: 'Trakt', has: ['rated_at', 'trakt_id'], isMixed: true },
  { format: 'Letterboxd', has: ['letterboxd_uri'], isMixed: true },
  { format: 'IMDb', has: ['const', 'your_rating'], isMixed: true },
  { format: 'Bangumi', has: ['名称', '我的评分'] },
  { format: 'Proxer', has: ['title', 'ep_watched', 'status'] },
];

export function layoutOf(names: readonly string[]): Pick<ListFacts, 'format' | 'isMixed'> {
  const found = LAYOUTS.find(({ has }) => has.every((name) => names.includes(name)));
  if (!found) return { format: null };
  return { format: found.format, ...(found.isMixed ? { isMixed: true } : {}) };
}
