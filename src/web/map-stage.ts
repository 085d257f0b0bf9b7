/** The map on its two canvases: points below, names above. It draws when something has changed, once a frame. */
import { canvasPainter } from './map-canvas.ts';
import { glPainter, type Painter } from './map-gl.ts';
import { type Label, placeLabels } from './map-labels.ts';
import { growthOf, nearestTo, type Points } from './map-points.ts';
import { between, onScreen, type Size, type View, whole, zoomed } from './map-view.ts';

export interface Inks {
  readonly text: string;
  readonly ground: string;
  readonly font: string;
}

/** Names at most: at the widest view, and for each doubling of the zoom. */
const NAMES = 14;
const MORE_NAMES = 9;
const LINE = 17;
/** Milliseconds that a flight to another place takes. */
const FLIGHT = 500;
/** Screens beyond this many pixels a CSS pixel look no sharper. */
const SHARPEST = 2;

export class MapStage {
  view: View = { x: 0.5, y: 0.5, zoom: 1 };
  size: Size = { width: 0, height: 0 };
  readonly #painter: Painter;
  readonly #below: HTMLCanvasElement;
  readonly #names: CanvasRenderingContext2D;
  readonly #onView: (view: View) => void;
  #points: Points | null = null;
  #titles: readonly string[] = [];
  #inks: Inks = { text: '#fff', ground: '#000', font: 'sans-serif' };
  readonly #widths = new Map<number, number>();
  #focused = -1;
  #frame = 0;
  #flight: { from: View; to: View; start: number } | null = null;

  /** @param onView called with each view that was drawn */
  constructor(points: HTMLCanvasElement, names: HTMLCanvasElement, onView: (view: View) => void) {
    const painter = glPainter(points) ?? canvasPainter(points);
    const context = names.getContext('2d');
    if (!painter || !context) throw new Error('This browser cannot draw the map');
    this.#painter = painter;
    this.#below = points;
    this.#names = context;
    this.#onView = onView;
  }

  show(points: Points, titles: readonly string[], inks: Inks): void {
    if (titles !== this.#titles || inks.font !== this.#inks.font) this.#widths.clear();
    this.#points = points;
    this.#titles = titles;
    this.#inks = inks;
    this.#painter.take(points);
    this.#later();
  }

  resize(width: number, height: number): void {
    const wasWhole = this.size.width === 0;
    this.size = { width, height };
    for (const canvas of [this.#below, this.#names.canvas]) {
      canvas.width = Math.round(width * this.#ratio);
      canvas.height = Math.round(height * this.#ratio);
    }
    if (wasWhole) this.view = whole(this.size);
    this.look(zoomed(this.view, this.size, width / 2, height / 2, 1));
  }

  look(view: View): void {
    this.#flight = null;
    this.view = view;
    this.#later();
  }

  /** Goes there in a moment; at once for those who want no motion. */
  fly(to: View): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.look(to);
      return;
    }
    this.#flight = { from: this.view, to, start: performance.now() };
    this.#later();
  }

  /** This title's name is always shown; −1 = none. */
  focus(title: number): void {
    if (title === this.#focused) return;
    this.#focused = title;
    this.#later();
  }

  /** −1 = none */
  titleAt(x: number, y: number, reach: number): number {
    return this.#points ? nearestTo(this.#points, this.view, this.size, [x, y], reach) : -1;
  }

  /** The best known titles in sight. */
  inSight(most: number): number[] {
    const points = this.#points;
    if (!points) return [];
    const found: number[] = [];
    for (let title = 0; title < points.count && found.length < most; title++)
      if (this.#placeOf(points, title)) found.push(title);
    return found;
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#painter.close();
  }

  get #ratio(): number {
    return Math.min(SHARPEST, devicePixelRatio || 1);
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
    this.#painter.draw(this.view, this.size, this.#ratio);
    this.#write();
    this.#onView(this.view);
  }

  #write(): void {
    const points = this.#points;
    const context = this.#names;
    const { width, height } = this.size;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!points) return;
    context.font = this.#inks.font;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3;
    context.strokeStyle = this.#inks.ground;
    context.fillStyle = this.#inks.text;
    for (const { title, x, y } of this.#labels(points)) {
      context.strokeText(this.#titles[title], x, y);
      context.fillText(this.#titles[title], x, y);
    }
  }

  #labels(points: Points): Label[] {
    const doublings = Math.max(0, Math.log2(this.view.zoom / whole(this.size).zoom));
    return placeLabels({
      order: orderOf(points, this.#focused),
      placeOf: (title) => this.#placeOf(points, title),
      widthOf: (title) => this.#widthOf(title),
      height: LINE,
      width: this.size.width,
      most: Math.round((NAMES + MORE_NAMES * doublings) * Math.min(1, this.size.width / 900)),
    });
  }

  #placeOf({ x, y, radius }: Points, title: number) {
    if (radius[title] === 0) return null;
    const [px, py] = onScreen(this.view, this.size, x[title], y[title]);
    if (px < 0 || py < 0 || px > this.size.width || py > this.size.height) return null;
    return { x: px, y: py, radius: radius[title] * growthOf(this.view, this.size) };
  }

  #widthOf(title: number): number {
    let width = this.#widths.get(title);
    if (width === undefined) {
      width = this.#names.measureText(this.#titles[title]).width;
      this.#widths.set(title, width);
    }
    return width;
  }
}

/** The one in focus, then mine and the recommended ones, then the best known. */
function* orderOf({ count, lit }: Points, focused: number): Generator<number> {
  if (focused >= 0) yield focused;
  const first = new Set(lit);
  first.delete(focused);
  yield* first;
  for (let title = 0; title < count; title++)
    if (title !== focused && !first.has(title)) yield title;
}
