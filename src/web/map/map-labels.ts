/** Which titles show their names: the first of an order that have room. */

export interface Label {
  readonly title: number;
  /** the left end of the line, and its middle */
  readonly x: number;
  readonly y: number;
}

export interface LabelOptions {
  /** titles, most important first */
  readonly order: Iterable<number>;
  /** where a title is drawn, and how large; null = out of sight */
  readonly placeOf: (title: number) => { x: number; y: number; radius: number } | null;
  /** pixels that a name takes */
  readonly widthOf: (title: number) => number;
  readonly height: number;
  /** of the map: a name that would run out of it stands left of its point, or nowhere */
  readonly width: number;
  readonly most: number;
}

/** Pixels between a point and its name. */
const GAP = 4;
/** At least between two names of one line, which would read as one. */
const APART = 14;

/** No two names overlap. */
export function placeLabels({
  order,
  placeOf,
  widthOf,
  height,
  width,
  most,
}: LabelOptions): Label[] {
  const labels: (Label & { readonly end: number })[] = [];
  for (const title of order) {
    if (labels.length >= most) break;
    const place = placeOf(title);
    if (!place) continue;
    const long = widthOf(title);
    const away = place.radius + GAP;
    const isRight = place.x + away + long <= width;
    const x = isRight ? place.x + away : place.x - away - long;
    if (x < 0) continue;
    const end = x + long;
    const isFree = labels.every(
      (other) =>
        Math.abs(other.y - place.y) >= height || other.x - APART >= end || other.end + APART <= x,
    );
    if (isFree) labels.push({ title, x, y: place.y, end });
  }
  return labels.map(({ title, x, y }) => ({ title, x, y }));
}
