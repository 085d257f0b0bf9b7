/** The size and colour of each title on the map, and which title is under the pointer. */
import type { MapData } from './map-data.ts';
import { onScreen, type Size, type View } from './map-view.ts';

export type ColourBy = 'genre' | 'year';

export interface Points {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** in pixels, at the zoom that shows everything; 0 = hidden */
  readonly radius: Float32Array;
  /** red, green, blue and opacity of each title */
  readonly colours: Uint8Array;
  /** titles drawn on top, with a glow: those of the profile, and recommended ones */
  readonly highlighted: readonly number[];
}

export interface Look {
  readonly by: ColourBy;
  /** index into `genres` of the only genre that is not faint; null = all genres */
  readonly only: number | null;
  readonly adult: boolean;
  readonly dark: boolean;
  readonly mine: ReadonlySet<number>;
  readonly recommended: ReadonlySet<number>;
}

/** Hues in oklch by index into the server's genres; later genres are grey. */
const HUES = [100, 330, 72, 255, 20, 355, 145, 175, 225, 45, 300, 122];

export function genreColour(place: number, dark: boolean): string {
  const hue = HUES[place];
  if (hue === undefined) return dark ? 'oklch(0.62 0.02 285)' : 'oklch(0.6 0.02 285)';
  return dark ? `oklch(0.72 0.12 ${hue})` : `oklch(0.58 0.13 ${hue})`;
}

export const YEARS = [1970, 1995, 2020] as const;

/** From violet for old titles over pink to yellow. */
export function yearColour(year: number, dark: boolean): string {
  if (year === 0) return genreColour(-1, dark);
  const share = Math.min(1, Math.max(0, (year - YEARS[0]) / (YEARS[2] - YEARS[0])));
  const hue = (285 + 170 * share) % 360;
  const lightness = dark ? 0.5 + 0.36 * share : 0.36 + 0.3 * share;
  return `oklch(${lightness.toFixed(2)} 0.16 ${Math.round(hue)})`;
}

const ALPHA = 190;
const FAINT = 26;

/** @param rgb converts a CSS colour to three bytes */
export function pointsOf(map: MapData, look: Look, rgb: (colour: string) => Uint8Array): Points {
  const radius = new Float32Array(map.count);
  const colours = new Uint8Array(4 * map.count);
  const highlighted: number[] = [];
  const [mine, recommended] = look.dark
    ? [rgb('oklch(0.86 0.14 205)'), rgb('oklch(0.72 0.24 350)')]
    : [rgb('oklch(0.5 0.12 220)'), rgb('oklch(0.58 0.25 355)')];
  for (let title = 0; title < map.count; title++) {
    if (map.adult[title] && !look.adult) continue;
    const isMine = look.mine.has(map.animeIds[title]);
    const isHighlighted = isMine || look.recommended.has(map.animeIds[title]);
    const byGenre = look.by === 'genre';
    const place = map.genre[title] < map.genres.length ? map.genre[title] : -1;
    const colour = byGenre ? genreColour(place, look.dark) : yearColour(map.year[title], look.dark);
    const isFaint = look.only !== null && map.genre[title] !== look.only;
    radius[title] = radiusOf(map.members[title]) + (isHighlighted ? 1.5 : 0);
    colours.set(isMine ? mine : isHighlighted ? recommended : rgb(colour), 4 * title);
    colours[4 * title + 3] = isHighlighted ? 255 : isFaint ? FAINT : ALPHA;
    if (isHighlighted) highlighted.push(title);
  }
  return { count: map.count, x: map.x, y: map.y, radius, colours, highlighted };
}

/** 0.8 pixels for a title on no list, plus about 1 for each factor of ten above 1,000 members. */
function radiusOf(members: number): number {
  return 0.8 + 1.05 * Math.log10(1 + members / 1000);
}

/** When zooming in, points grow slower than the distances between them. */
export function growthOf(view: View, size: Size): number {
  return Math.min(
    5,
    Math.max(0.8, (view.zoom / Math.max(1, Math.min(size.width, size.height))) ** 0.42),
  );
}

/** The title nearest to a point of the screen, at most `reach` pixels from its edge; −1 = none. */
export function nearestTo(
  points: Points,
  view: View,
  size: Size,
  at: readonly [number, number],
  reach: number,
): number {
  const growth = growthOf(view, size);
  let best = -1;
  let least = reach;
  for (let title = 0; title < points.count; title++) {
    if (points.radius[title] === 0) continue;
    const [x, y] = onScreen(view, size, points.x[title], points.y[title]);
    const distance = Math.hypot(x - at[0], y - at[1]) - growth * points.radius[title];
    if (distance < least) {
      least = distance;
      best = title;
    }
  }
  return best;
}
