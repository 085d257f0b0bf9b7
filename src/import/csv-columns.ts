/** Finds the columns of a list's CSV by the names that sites, exporters and people give them. */
import type { Scale } from './scale.ts';

const NAMES = {
  animeId: ['anime_id', 'mal_id', 'id_mal', 'myanimelist_id', 'series_animedb_id', 'mal', 'id'],
  // A person's own score comes first: in the same file, "score" is the site's mean.
  rating: [
    ...['my_score', 'my_rating', 'your_score', 'your_rating', 'rating', 'score'],
    ...['user_score', 'user_rating', 'rating_twenty', 'stars', 'star_rating'],
  ],
  status: [
    ...['my_status', 'your_status', 'watching_status', 'watch_status', 'list_status'],
    ...['user_status', 'status'],
  ],
  year: ['year', 'start_year', 'release_year', 'season_year', 'aired', 'premiered'],
  type: ['type', 'series_type', 'format', 'media_type', 'anime_type', 'show_type'],
} as const;

/** All of these columns are read: a title may be known by any of its names. */
const TITLE_NAMES = [
  ...['title', 'name', 'anime_title', 'anime_name', 'anime', 'series_title'],
  ...['title_romaji', 'romaji', 'canonical_title'],
  ...['title_english', 'english_title', 'english_name', 'english'],
  ...['title_japanese', 'japanese_title', 'japanese_name', 'japanese', 'title_native', 'native'],
];

/** The scale of columns whose name implies it; others end in it: score_100, "Rating (1-5)". */
const SCALED: Readonly<Record<string, Scale>> = {
  rating_twenty: '1-20',
  stars: '1-5',
  star_rating: '1-5',
};

export interface Columns extends Readonly<Record<keyof typeof NAMES, number>> {
  readonly titles: readonly number[];
  /** null = unknown from the column's name */
  readonly scale: Scale | null;
}

/** Indices of the columns; −1 = absent. */
export function columnsOf(header: readonly string[]): Columns {
  const named = header.map(columnName);
  const indexOf = (wanted: readonly string[]) =>
    wanted.map((name) => named.findIndex((column) => column.name === name)).find((at) => at >= 0) ??
    -1;
  const rating = indexOf(NAMES.rating);
  return {
    animeId: indexOf(NAMES.animeId),
    rating,
    status: indexOf(NAMES.status),
    year: indexOf(NAMES.year),
    type: indexOf(NAMES.type),
    titles: TITLE_NAMES.map((name) => indexOf([name])).filter((at) => at >= 0),
    scale: named[rating]?.scale ?? SCALED[named[rating]?.name] ?? null,
  };
}

/** "MAL ID" and "malId" are mal_id; "Score (out of 100)" is score, on 1–100. */
function columnName(column: string): { name: string; scale: Scale | null } {
  const words = column
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  const [, name, most] = /^(.+?)(?:_out_of|_of|_[01])?_(5|10|20|100)$/.exec(words) ?? [];
  return name ? { name, scale: `1-${most}` as Scale } : { name: words, scale: null };
}
