/** Names for the regions of the map: where a genre is at home. */
import type { MapData } from './map-data.ts';

export interface Region {
  /** of the genre */
  readonly name: string;
  /** its middle on the map, 0–1 */
  readonly x: number;
  readonly y: number;
}

/** Cells to a side; titles count in the cells around theirs too. */
const CELLS = 40;
const REACH = 1;
/** A region has at least this share of titles of its genre, and so many times the share of the whole map. */
const SHARE = 0.3;
const LIFT = 2;
/** Titles in and around the middle of a region, at least: so many, and this part of all. */
const TITLES = 12;
const PART = 1 / 400;
/** Regions are at least so far apart, in parts of the map's side. */
const APART = 0.07;

/** One region a genre at most, where its share and number are greatest; adult titles do not count. */
export function regionsOf(map: MapData): Region[] {
  const all = new Float32Array(CELLS * CELLS);
  const byGenre = map.genres.map(() => new Float32Array(CELLS * CELLS));
  const totals = map.genres.map(() => 0);
  let total = 0;
  for (let title = 0; title < map.count; title++) {
    if (map.adult[title]) continue;
    const genre = map.genre[title];
    const own = byGenre[genre];
    total++;
    if (own) totals[genre]++;
    for (const cell of cellsAround(map.x[title], map.y[title])) {
      all[cell]++;
      if (own) own[cell]++;
    }
  }
  const found = byGenre.flatMap((own, genre) => {
    const most = Math.max(SHARE, (LIFT * totals[genre]) / Math.max(1, total));
    const titles = Math.max(TITLES, PART * total);
    const { cell, worth } = bestCell(own, all, { share: most, titles });
    return cell < 0 ? [] : [{ name: map.genres[genre], worth, ...middleOf(map, genre, cell) }];
  });
  const regions: Region[] = [];
  for (const { name, x, y } of found.sort((a, b) => b.worth - a.worth))
    if (regions.every((other) => Math.hypot(other.x - x, other.y - y) >= APART))
      regions.push({ name, x, y });
  return regions;
}

/** @param least share and number of titles of the genre in a cell */
function bestCell(
  own: Float32Array,
  all: Float32Array,
  least: { readonly share: number; readonly titles: number },
) {
  let cell = -1;
  let worth = 0;
  for (let at = 0; at < all.length; at++) {
    if (own[at] < least.titles || own[at] / all[at] < least.share) continue;
    const value = own[at] ** 2 / all[at];
    if (value > worth) {
      cell = at;
      worth = value;
    }
  }
  return { cell, worth };
}

function* cellsAround(x: number, y: number): Generator<number> {
  const [column, row] = [cellOf(x), cellOf(y)];
  for (let dy = -REACH; dy <= REACH; dy++)
    for (let dx = -REACH; dx <= REACH; dx++) {
      const [across, down] = [column + dx, row + dy];
      if (across >= 0 && down >= 0 && across < CELLS && down < CELLS) yield down * CELLS + across;
    }
}

function cellOf(value: number): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(value * CELLS)));
}

/** The mean place of the titles of the genre in and around a cell. */
function middleOf(map: MapData, genre: number, cell: number): { x: number; y: number } {
  const [column, row] = [cell % CELLS, Math.floor(cell / CELLS)];
  let [x, y, count] = [0, 0, 0];
  for (let title = 0; title < map.count; title++) {
    if (map.genre[title] !== genre || map.adult[title]) continue;
    if (Math.abs(cellOf(map.x[title]) - column) > REACH) continue;
    if (Math.abs(cellOf(map.y[title]) - row) > REACH) continue;
    x += map.x[title];
    y += map.y[title];
    count++;
  }
  return { x: x / count, y: y / count };
}
