/** The published layouts of the files, recognised by their headers. */
import { UnusableFileError } from '../../error.ts';
import { firstLetters } from '../../first-letters.ts';
import { splitLine } from './csv.ts';

export type CatalogueLayout = '2020' | '2016';

/** Column name of each field of the catalogue, by layout; null where the layout has none. */
const CATALOGUE_COLUMNS = {
  '2020': {
    animeId: 'MAL_ID',
    title: 'Name',
    titleEnglish: 'English name',
    titleJapanese: 'Japanese name',
    genres: 'Genres',
    type: 'Type',
    episodes: 'Episodes',
    aired: 'Aired',
    premiered: 'Premiered',
    studios: 'Studios',
    source: 'Source',
    duration: 'Duration',
    ratingClass: 'Rating',
    members: 'Members',
    meanScore: 'Score',
  },
  '2016': {
    animeId: 'anime_id',
    title: 'name',
    titleEnglish: null,
    titleJapanese: null,
    genres: 'genre',
    type: 'type',
    episodes: 'episodes',
    aired: null,
    premiered: null,
    studios: null,
    source: null,
    duration: null,
    ratingClass: null,
    members: 'members',
    meanScore: 'rating',
  },
} as const satisfies Record<CatalogueLayout, Record<string, string | null>>;

export type CatalogueField = keyof (typeof CATALOGUE_COLUMNS)['2020'];

/** Where each known field of a catalogue file stands. */
export interface CatalogueHeader {
  readonly layout: CatalogueLayout;
  readonly columns: number;
  readonly position: Readonly<Partial<Record<CatalogueField, number>>>;
}

/** Where a file with synopses has its two fields. */
export interface SynopsisHeader {
  readonly columns: number;
  readonly animeId: number;
  readonly synopsis: number;
}

/** A file of ratings: with the status and the episodes watched (2020), or user, title and rating only. */
export type RatingLayout = 'animelist' | 'ratings';

const RATING_HEADERS: Record<RatingLayout, readonly string[]> = {
  animelist: ['user_id', 'anime_id', 'rating', 'watching_status', 'watched_episodes'],
  ratings: ['user_id', 'anime_id', 'rating'],
};

/** @throws UnusableFileError when the header is that of no catalogue */
export function catalogueHeader(file: string, header: readonly string[]): CatalogueHeader {
  const names = header.map(columnName);
  for (const layout of ['2020', '2016'] as const) {
    const columns = CATALOGUE_COLUMNS[layout];
    if (!names.includes(columnName(columns.animeId)) || !names.includes(columnName(columns.title)))
      continue;
    const position: Partial<Record<CatalogueField, number>> = {};
    for (const [field, name] of Object.entries(columns) as [CatalogueField, string | null][]) {
      const at = name === null ? -1 : names.indexOf(columnName(name));
      if (at >= 0) position[field] = at;
    }
    return { layout, columns: names.length, position };
  }
  throw wrongHeader(file, header.join(','), [
    'MAL_ID,Name,Score,Genres,…',
    'anime_id,name,genre,type,episodes,rating,members',
  ]);
}

/** @throws UnusableFileError when there is no id or no synopsis; the published file spells it "sypnopsis" */
export function synopsisHeader(file: string, header: readonly string[]): SynopsisHeader {
  const names = header.map(columnName);
  const animeId = names.findIndex((name) => name === 'mal_id' || name === 'anime_id');
  const synopsis = names.findIndex((name) => name === 'sypnopsis' || name === 'synopsis');
  if (animeId >= 0 && synopsis >= 0) return { columns: names.length, animeId, synopsis };
  throw wrongHeader(file, header.join(','), ['MAL_ID,Name,Score,Genres,sypnopsis']);
}

/** @throws UnusableFileError when the header is that of no ratings */
export function ratingLayout(file: string, header: string): RatingLayout {
  const names = splitLine(header)?.map(columnName).join(',');
  for (const layout of ['animelist', 'ratings'] as const) {
    if (names === RATING_HEADERS[layout].join(',')) return layout;
  }
  throw wrongHeader(file, header, Object.values(RATING_HEADERS).map(String));
}

export function columnCount(layout: RatingLayout): number {
  return RATING_HEADERS[layout].length;
}

function columnName(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
}

function wrongHeader(file: string, found: string, expected: readonly string[]): UnusableFileError {
  const wanted = expected.map((header) => `"${header}"`).join(' or ');
  return new UnusableFileError(
    `${file} begins with "${firstLetters(found, 80)}", expected the header ${wanted}: check that it is the file of the data set, in UTF-8, with its first line`,
  );
}
