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
  /** titles drawn on top: those of the profile, then recommended ones */
  readonly highlighted: readonly number[];
  /** those of the profile, best known first */
  readonly mine: readonly number[];
  /** those with a glow: of many, only recommended ones, as many glows run together */
  readonly glowing: readonly number[];
  /**
   * what is drawn on top, bottom first: each highlighted title after its rim, so that many of them stay apart. Rims are
   * points too, after the `count` of titles
   */
  readonly onTop: readonly number[];
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
/** Where many titles are highlighted, the others step back. */
const BEHIND = 120;
const FAINT = 26;
/** So many highlighted titles are drawn at full size, with a glow; more are smaller. */
const FEW = 60;
const SMALLEST = 0.6;
/** Pixels of the rim around a highlighted title. */
const RIM = 1.1;

/** @param rgb converts a CSS colour to three bytes */
export function pointsOf(map: MapData, look: Look, rgb: (colour: string) => Uint8Array): Points {
  const { mine, recommended } = highlightedOf(map, look);
  const highlighted = [...mine, ...recommended];
  const { count } = map;
  const total = count + highlighted.length;
  const points = {
    x: longer(map.x, total),
    y: longer(map.y, total),
    radius: new Float32Array(total),
    colours: new Uint8Array(4 * total),
  };
  const isMany = highlighted.length > FEW;
  const ink = (title: number) => {
    const place = map.genre[title] < map.genres.length ? map.genre[title] : -1;
    return rgb(
      look.by === 'genre' ? genreColour(place, look.dark) : yearColour(map.year[title], look.dark),
    );
  };
  for (let title = 0; title < count; title++) {
    if (map.adult[title] && !look.adult) continue;
    const isFaint = look.only !== null && map.genre[title] !== look.only;
    points.radius[title] = radiusOf(map.members[title]);
    points.colours.set(ink(title), 4 * title);
    points.colours[4 * title + 3] = isFaint ? FAINT : isMany ? BEHIND : ALPHA;
  }
  const [cyan, pink, ground] = look.dark
    ? [rgb('oklch(0.86 0.14 205)'), rgb('oklch(0.72 0.24 350)'), rgb('oklch(0.16 0.02 285)')]
    : [rgb('oklch(0.5 0.12 220)'), rgb('oklch(0.58 0.25 355)'), rgb('oklch(0.977 0.006 285)')];
  const scale = Math.max(SMALLEST, Math.min(1, Math.sqrt(FEW / Math.max(1, highlighted.length))));
  highlighted.forEach((title, at) => {
    const rim = count + at;
    points.x[rim] = map.x[title];
    points.y[rim] = map.y[title];
    points.radius[title] = (points.radius[title] + 1.5) * scale;
    points.radius[rim] = points.radius[title] + RIM;
    points.colours.set(at < mine.length ? cyan : pink, 4 * title);
    points.colours.set(ground, 4 * rim);
    points.colours[4 * title + 3] = 255;
    points.colours[4 * rim + 3] = 255;
  });
  // Small ones on large ones, and recommended ones on those of the profile.
  const rims = new Map(highlighted.map((title, at) => [title, count + at]));
  const onTop = [...mine, ...recommended].flatMap((title) => [rims.get(title) ?? title, title]);
  return {
    count,
    ...points,
    highlighted,
    mine,
    glowing: isMany ? recommended : highlighted,
    onTop,
  };
}

/** Best known first, as the map is. */
function highlightedOf(map: MapData, look: Look): { mine: number[]; recommended: number[] } {
  const mine: number[] = [];
  const recommended: number[] = [];
  for (let title = 0; title < map.count; title++) {
    if (map.adult[title] && !look.adult) continue;
    if (look.mine.has(map.animeIds[title])) mine.push(title);
    else if (look.recommended.has(map.animeIds[title])) recommended.push(title);
  }
  return { mine, recommended };
}

function longer(values: Float32Array, length: number): Float32Array {
  const copy = new Float32Array(length);
  copy.set(values);
  return copy;
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
