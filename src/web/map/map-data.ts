/** Decodes the map that the server sends (columns of numbers in base64, and names) and sorts it: most listed first. */
import type { TitleMap } from '../../api/client.ts';
import { FIRST_MAP_YEAR, MEMBER_STEPS, SIDE } from '../../api/constants/map-columns.ts';

export interface MapData {
  readonly count: number;
  readonly animeIds: Int32Array;
  /** 0–1 */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** index into `genres`; genres.length = another genre or none */
  readonly genre: Uint8Array;
  /** 0 = unknown */
  readonly year: Uint16Array;
  /** rounded to within a few percent */
  readonly members: Float32Array;
  readonly adult: Uint8Array;
  readonly genres: readonly string[];
  readonly titles: readonly string[];
}

/** @throws TypeError when the columns differ in length */
export function decodeMap(sent: Omit<TitleMap, 'map' | 'bundle' | 'count'>): MapData {
  const names = sent.titles;
  const steps = new Uint8Array(decoded(sent.members));
  const ids = runningSums(new Int32Array(decoded(sent.animeIds)));
  const [x, y] = [new Uint16Array(decoded(sent.x)), new Uint16Array(decoded(sent.y))];
  const [genre, years] = [new Uint8Array(decoded(sent.genre)), new Uint8Array(decoded(sent.year))];
  const adult = new Uint8Array(decoded(sent.adult));
  if ([steps, ids, x, y, genre, years, adult].some(({ length }) => length !== names.length))
    throw new TypeError(
      'The server sent a damaged map: its columns differ in length. Reload the page.',
    );
  const order = Uint32Array.from(names.keys()).sort((a, b) => steps[b] - steps[a] || a - b);
  return {
    count: names.length,
    animeIds: Int32Array.from(order, (at) => ids[at]),
    x: Float32Array.from(order, (at) => x[at] / SIDE),
    y: Float32Array.from(order, (at) => y[at] / SIDE),
    genre: Uint8Array.from(order, (at) => genre[at]),
    year: Uint16Array.from(order, (at) => years[at] && FIRST_MAP_YEAR + years[at]),
    members: Float32Array.from(order, (at) => 10 ** (steps[at] / MEMBER_STEPS) - 1),
    adult: Uint8Array.from(order, (at) => adult[at]),
    genres: sent.genres,
    titles: Array.from(order, (at) => names[at]),
  };
}

/** Decodes ids that were sent as differences from the previous id. */
function runningSums(steps: Int32Array): Int32Array {
  for (let at = 1; at < steps.length; at++) steps[at] += steps[at - 1];
  return steps;
}

function decoded(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes.buffer;
}
