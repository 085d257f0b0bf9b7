/** The map as the server sends it (columns of numbers in base64, and names), and as it is drawn: most listed first. */
import { ask } from '../app/api.ts';
import type { Script } from '../display/settings.ts';

export interface MapData {
  readonly count: number;
  readonly animeIds: Int32Array;
  /** 0–1 */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** place in `genres`; as many as there are for none of them */
  readonly genre: Uint8Array;
  /** 0 = unknown */
  readonly year: Uint16Array;
  /** within a few hundredths */
  readonly members: Float32Array;
  readonly adult: Uint8Array;
  readonly genres: readonly string[];
  readonly titles: readonly string[];
}

export async function getMap(names: Script, signal: AbortSignal): Promise<MapData> {
  return readMap(await ask(`/api/map?names=${names}`, signal));
}

/** As server/map-json.ts counts. */
const SIDE = 65_535;
const MEMBER_STEPS = 36;
const FIRST_YEAR = 1900;

/** @throws TypeError when columns are missing or do not agree */
export function readMap(value: unknown): MapData {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const bytes = (name: string) => decoded(fields[name]);
  const names = texts(fields.titles);
  const steps = new Uint8Array(bytes('members'));
  const ids = summed(new Int32Array(bytes('animeIds')));
  const [x, y] = [new Uint16Array(bytes('x')), new Uint16Array(bytes('y'))];
  const [genre, years] = [new Uint8Array(bytes('genre')), new Uint8Array(bytes('year'))];
  const adult = new Uint8Array(bytes('adult'));
  if ([steps, ids, x, y, genre, years, adult].some(({ length }) => length !== names.length))
    throw new TypeError('The server sent a map whose parts do not agree. Reload the page.');
  const order = Uint32Array.from(names.keys()).sort((a, b) => steps[b] - steps[a] || a - b);
  return {
    count: names.length,
    animeIds: Int32Array.from(order, (at) => ids[at]),
    x: Float32Array.from(order, (at) => x[at] / SIDE),
    y: Float32Array.from(order, (at) => y[at] / SIDE),
    genre: Uint8Array.from(order, (at) => genre[at]),
    year: Uint16Array.from(order, (at) => years[at] && FIRST_YEAR + years[at]),
    members: Float32Array.from(order, (at) => 10 ** (steps[at] / MEMBER_STEPS) - 1),
    adult: Uint8Array.from(order, (at) => adult[at]),
    genres: texts(fields.genres),
    titles: Array.from(order, (at) => names[at]),
  };
}

/** Each id was sent as its distance from the one before. */
function summed(steps: Int32Array): Int32Array {
  for (let at = 1; at < steps.length; at++) steps[at] += steps[at - 1];
  return steps;
}

function decoded(value: unknown): ArrayBuffer {
  const text = atob(typeof value === 'string' ? value : '');
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes.buffer;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
