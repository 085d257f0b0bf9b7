/** A map as JSON: columns of little-endian numbers in base64, so that 17,562 titles are a few hundred kilobytes. */
import type { Anime } from '../data/anime.ts';
import type { Bundle } from '../recommend/bundle.ts';
import type { TitleMap } from '../recommend/map-file.ts';

/** The genres that the map tells apart; a title counts as the first it has. Rarer ones come first: they say more. */
const GENRES: readonly string[] = [
  ...['Kids', 'Music', 'Sports', 'Mecha', 'Horror', 'Romance', 'Slice of Life'],
  ...['Fantasy', 'Sci-Fi', 'Action', 'Drama', 'Comedy'],
];

export type Names = 'title' | 'titleEnglish' | 'titleJapanese';

/** @param names which of a title's names; where it has none the main one */
export function mapJson(
  { version, positions }: TitleMap,
  { catalogue, version: bundle }: Bundle,
  names: Names,
): string {
  const column = <T extends Uint8Array | Uint16Array | Int32Array | Uint32Array>(data: T) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  return JSON.stringify({
    map: version,
    bundle,
    count: catalogue.length,
    genres: GENRES,
    /** Int32 */
    animeIds: column(Int32Array.from(catalogue, ({ animeId }) => animeId)),
    /** Uint16 */
    x: column(positions.filter((_, at) => at % 2 === 0)),
    /** Uint16 */
    y: column(positions.filter((_, at) => at % 2 === 1)),
    /** Uint8: place in `genres`, or their number for none of them */
    genre: column(Uint8Array.from(catalogue, genreOf)),
    /** Uint16, 0 = unknown */
    year: column(Uint16Array.from(catalogue, ({ year }) => year ?? 0)),
    /** Uint32 */
    members: column(Uint32Array.from(catalogue, ({ members }) => members)),
    /** Uint8: 1 = adult */
    adult: column(Uint8Array.from(catalogue, ({ adult }) => (adult ? 1 : 0))),
    titles: catalogue.map((anime) => anime[names] ?? anime.title),
  });
}

function genreOf({ genres }: Anime): number {
  const place = GENRES.findIndex((genre) => genres.includes(genre));
  return place < 0 ? GENRES.length : place;
}
