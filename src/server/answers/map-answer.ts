/**
 * The map as the API answers with it: columns of little-endian numbers in base64, titles in the order of their ids.
 * Compressed, 17,562 titles take about 300 kB: over half of that are names, a quarter is their positions. No column is
 * finer than what the page draws of it.
 */
import { FIRST_MAP_YEAR, MEMBER_STEPS } from '../../api/constants/map-columns.ts';
import type { TitleMap as MapAnswer } from '../../api/map.ts';
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import type { TitleMap } from '../../title-map/map-file.ts';

/** The genres that have colours of their own; a title gets the first that it has. Rarer ones come first: they say more. */
const GENRES: readonly string[] = [
  ...['Kids', 'Music', 'Sports', 'Mecha', 'Horror', 'Romance', 'Slice of Life'],
  ...['Fantasy', 'Sci-Fi', 'Action', 'Drama', 'Comedy'],
];

export type Names = 'title' | 'titleEnglish' | 'titleJapanese';

/** @param names which of a title's names; the main one where a title does not have it */
export function mapAnswer(
  { version, positions }: TitleMap,
  { catalogue, version: bundle }: Bundle,
  names: Names,
): MapAnswer {
  // Sorted by id, ids differ little from the one before, and names of one franchise stand together: both compress well.
  const order = Uint32Array.from(catalogue.keys()).sort(
    (a, b) => catalogue[a].animeId - catalogue[b].animeId,
  );
  const titles = Array.from(order, (item) => catalogue[item]);
  const column = <T extends Uint8Array | Uint16Array | Int32Array | Uint32Array>(data: T) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  return {
    map: version,
    bundle,
    count: titles.length,
    genres: [...GENRES],
    /** Int32: by how much it is above the one before */
    animeIds: column(
      Int32Array.from(titles, ({ animeId }, at) => animeId - (titles[at - 1]?.animeId ?? 0)),
    ),
    /** Uint16 */
    x: column(Uint16Array.from(order, (item) => positions[2 * item])),
    /** Uint16 */
    y: column(Uint16Array.from(order, (item) => positions[2 * item + 1])),
    /** Uint8: place in `genres`, or their number for none of them */
    genre: column(Uint8Array.from(titles, genreOf)),
    /** Uint8: since 1900; 0 = unknown */
    year: column(Uint8Array.from(titles, yearOf)),
    /** Uint8: 36 · log10(1 + members), rounded */
    members: column(Uint8Array.from(titles, membersOf)),
    /** Uint8: 1 = adult */
    adult: column(Uint8Array.from(titles, ({ adult }) => (adult ? 1 : 0))),
    titles: titles.map((anime) => anime[names] ?? anime.title),
  };
}

function genreOf({ genres }: Anime): number {
  const place = GENRES.findIndex((genre) => genres.includes(genre));
  return place < 0 ? GENRES.length : place;
}

function yearOf({ year }: Anime): number {
  return Math.min(255, Math.max(0, (year ?? 0) - FIRST_MAP_YEAR));
}

function membersOf({ members }: Anime): number {
  return Math.min(255, Math.round(MEMBER_STEPS * Math.log10(1 + members)));
}
