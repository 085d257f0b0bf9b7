/** The map as the server sends it: columns of numbers in base64, and names. Every entry is a title, most listed first. */
import { ask } from './api.ts';
import type { Script } from './settings.ts';

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
  readonly members: Uint32Array;
  readonly adult: Uint8Array;
  readonly genres: readonly string[];
  readonly titles: readonly string[];
}

export async function getMap(names: Script, signal: AbortSignal): Promise<MapData> {
  return readMap(await ask(`/api/map?names=${names}`, signal));
}

/** @throws TypeError when columns are missing or do not agree */
export function readMap(value: unknown): MapData {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const bytes = (name: string) => decoded(fields[name]);
  const titles = texts(fields.titles);
  const place = (name: string) =>
    Float32Array.from(new Uint16Array(bytes(name)), (at) => at / 65_535);
  const map: MapData = {
    count: titles.length,
    animeIds: new Int32Array(bytes('animeIds')),
    x: place('x'),
    y: place('y'),
    genre: new Uint8Array(bytes('genre')),
    year: new Uint16Array(bytes('year')),
    members: new Uint32Array(bytes('members')),
    adult: new Uint8Array(bytes('adult')),
    genres: texts(fields.genres),
    titles,
  };
  const columns = [map.animeIds, map.x, map.y, map.genre, map.year, map.members, map.adult];
  if (columns.some(({ length }) => length !== map.count))
    throw new TypeError('The server sent a map whose parts do not agree. Reload the page.');
  return map;
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
