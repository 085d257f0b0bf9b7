/** The map on two canvases: points below, names above. It redraws after changes, at most once per frame. */
import { canvasPainter } from './map-canvas.ts';
import { glPainter, type Painter } from './map-gl.ts';
import { type Label, placeLabels } from './map-labels.ts';
import { LINE, type MapStyle, NamePainter, type RegionLabel } from './map-names.ts';
import { growthOf, nearestTo, type Points } from './map-points.ts';
import type { Region } from './map-regions.ts';
import { between, onScreen, type Size, type View, whole, zoomed } from './map-view.ts';

/** The most names at the widest view, and more for each doubling of the zoom. */
const NAMES = 14;
const MORE_NAMES = 9;
/** Duration of an animated move in milliseconds. */
const FLIGHT = 500;
/** More pixels per CSS pixel look no sharper. */
const MAX_PIXEL_RATIO = 2;
/** Milliseconds without a change before onRest is called. */
const REST = 250;

/** The zoom up to which regions are named, relative to the zoom that shows everything. */
const REGIONS_UNTIL = 5;

interface Named {
  readonly titles: readonly string[];
  readonly regions: readonly Region[];
}

export class MapStage {
  view: View = { x: 0.5, y: 0.5, zoom: 1 };
  size: Size = { width: 0, height: 0 };
  readonly #painter: Painter;
  readonly #below: HTMLCanvasElement;
  readonly #above: HTMLCanvasElement;
  readonly #names: NamePainter;
  readonly #onRest: () => void;
  #points: Points | null = null;
  #regions: readonly Region[] = [];
  #focused = -1;
  #frame = 0;
  #resting = 0;
  #flight: { from: View; to: View; start: number } | null = null;

  /** @param onRest called when the map has not changed for a moment; updating the page in each frame would be slow */
  constructor(points: HTMLCanvasElement, names: HTMLCanvasElement, onRest: () => void) {
    const painter = glPainter(points) ?? canvasPainter(points);
    const context = names.getContext('2d');
    if (!painter || !context) throw new Error('This browser cannot draw the map');
    this.#painter = painter;
    this.#below = points;
    this.#above = names;
    this.#names = new NamePainter(context);
    this.#onRest = onRest;
  }

  show(points: Points, map: Named, style: MapStyle): void {
    const { titles, regions } = map;
    this.#points = points;
    this.#regions = regions;
    this.#names.show(titles, style);
    this.#painter.setPoints(points, style);
    this.#later();
  }

  resize(width: number, height: number): void {
    const wasWhole = this.size.width === 0;
    this.size = { width, height };
    for (const [canvas, ratio] of [
      [this.#below, this.#pointsRatio],
      [this.#above, this.#ratio],
    ] as const) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    if (wasWhole) this.view = whole(this.size);
    this.look(zoomed(this.view, this.size, width / 2, height / 2, 1));
  }

  look(view: View): void {
    this.#flight = null;
    this.view = view;
    this.#later();
  }

  /** Moves to another view, animated unless the visitor prefers reduced motion. */
  fly(to: View): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.look(to);
      return;
    }
    this.#flight = { from: this.view, to, start: performance.now() };
    this.#later();
  }

  /** Always shows the name of this title; −1 = none. */
  focus(title: number): void {
    if (title === this.#focused) return;
    this.#focused = title;
    this.#later();
  }

  /** The title at a point of the screen; −1 = none. */
  titleAt(x: number, y: number, reach: number): number {
    return this.#points ? nearestTo(this.#points, this.view, this.size, [x, y], reach) : -1;
  }

  /** Of the visible titles those of the profile, then the best known others. */
  inSight(most: number): number[] {
    const points = this.#points;
    if (!points) return [];
    const isSeen = (title: number) => this.#placeOf(points, title) !== null;
    const found = points.mine.filter(isSeen).slice(0, most);
    const isMine = new Set(found);
    for (let title = 0; title < points.count && found.length < most; title++)
      if (!isMine.has(title) && isSeen(title)) found.push(title);
    return found;
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#resting);
    this.#painter.close();
  }

  get #ratio(): number {
    return Math.min(MAX_PIXEL_RATIO, devicePixelRatio || 1);
  }

  get #pointsRatio(): number {
    return Math.min(this.#painter.maxPixelRatio, this.#ratio);
  }

  #later(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#frame = 0;
    if (this.#flight) {
      const { from, to, start } = this.#flight;
      const share = Math.min(1, Math.max(0, (now - start) / FLIGHT));
      this.view = between(from, to, 1 - (1 - share) ** 3);
      if (share === 1) this.#flight = null;
      else this.#later();
    }
    this.#painter.draw(this.view, this.size, this.#pointsRatio);
    this.#write();
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(this.#onRest, REST);
  }

  #write(): void {
    const regions = this.#regionLabels();
    const labels = this.#points ? this.#labels(this.#points, regions) : [];
    this.#names.write(labels, regions, this.size, this.#ratio);
  }

  /** The names of the regions in sight; close up, titles name a place better. */
  #regionLabels(): RegionLabel[] {
    const nearness = this.view.zoom / whole(this.size).zoom;
    if (nearness > REGIONS_UNTIL) return [];
    const labels: RegionLabel[] = [];
    for (const region of this.#regions) {
      const [x, y] = onScreen(this.view, this.size, region.x, region.y);
      const width = this.#names.regionWidthOf(region.name);
      const left = Math.round(x - width / 2);
      const label = { name: region.name, x: left, y, end: left + width };
      const isSeen = left >= 0 && label.end <= this.size.width && y > LINE && y < this.size.height;
      if (isSeen && labels.every((other) => areApart(label, other))) labels.push(label);
    }
    return labels;
  }

  #labels(points: Points, regions: readonly RegionLabel[]): Label[] {
    const doublings = Math.max(0, Math.log2(this.view.zoom / whole(this.size).zoom));
    return placeLabels({
      order: orderOf(points, this.#focused),
      placeOf: (title) => this.#placeOf(points, title),
      widthOf: (title) => this.#names.widthOf(title),
      height: LINE,
      taken: regions,
      width: this.size.width,
      most: Math.round((NAMES + MORE_NAMES * doublings) * Math.min(1, this.size.width / 900)),
    });
  }

  #placeOf({ x, y, radius }: Points, title: number) {
    if (radius[title] === 0) return null;
    // Called for every title in every frame. Most are out of sight, so those return early.
    const { view, size } = this;
    const px = (x[title] - view.x) * view.zoom + size.width / 2;
    if (px < 0 || px > size.width) return null;
    const py = (y[title] - view.y) * view.zoom + size.height / 2;
    if (py < 0 || py > size.height) return null;
    return { x: px, y: py, radius: radius[title] * growthOf(view, size) };
  }
}

function areApart(one: RegionLabel, other: RegionLabel): boolean {
  return (
    Math.abs(one.y - other.y) >= LINE || one.x >= other.end + LINE || other.x >= one.end + LINE
  );
}

/** Order of importance: the focused title, then the highlighted ones, then the best known. */
function* orderOf({ count, highlighted }: Points, focused: number): Generator<number> {
  if (focused >= 0) yield focused;
  const first = new Set(highlighted);
  first.delete(focused);
  yield* first;
  for (let title = 0; title < count; title++)
    if (title !== focused && !first.has(title)) yield title;
}
