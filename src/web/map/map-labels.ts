/** Chooses which titles show their names: the most important ones that fit without overlap. */

export interface Label {
  readonly title: number;
  /** left end and vertical middle of the line */
  readonly x: number;
  readonly y: number;
}

export interface LabelOptions {
  /** titles, most important first */
  readonly order: Iterable<number>;
  /** position and radius of a title; null = not visible */
  readonly placeOf: (title: number) => { x: number; y: number; radius: number } | null;
  /** width of a name in pixels */
  readonly widthOf: (title: number) => number;
  readonly height: number;
  /** where names cannot be: those of regions */
  readonly taken?: readonly { readonly x: number; readonly y: number; readonly end: number }[];
  /** width of the map: a name that does not fit right of its point goes left of it, or is left out */
  readonly width: number;
  readonly most: number;
}

/** Pixels between a point and its name. */
const GAP = 4;
/** The least gap between two names on one line, so that they do not read as one. */
const APART = 14;

/** No two names overlap. */
export function placeLabels({
  order,
  placeOf,
  widthOf,
  height,
  taken = [],
  width,
  most,
}: LabelOptions): Label[] {
  const labels: (Label & { readonly end: number })[] = [];
  for (const title of order) {
    if (labels.length >= most) break;
    const place = placeOf(title);
    if (!place) continue;
    const length = widthOf(title);
    const away = place.radius + GAP;
    const isRight = place.x + away + length <= width;
    const x = isRight ? place.x + away : place.x - away - length;
    if (x < 0) continue;
    const end = x + length;
    const isFree = [...taken, ...labels].every(
      (other) =>
        Math.abs(other.y - place.y) >= height || other.x - APART >= end || other.end + APART <= x,
    );
    if (isFree) labels.push({ title, x, y: place.y, end });
  }
  return labels.map(({ title, x, y }) => ({ title, x, y }));
}
