/**
 * Draws names on a canvas. Outlined text is slow to draw, and a moving map shows every name in every frame: so each name
 * is drawn once, on a small canvas of its own, and then copied.
 */
import type { Label } from './map-labels.ts';
import type { Size } from './map-view.ts';

/** The name of a region, with both ends of its line. */
export interface RegionLabel {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly end: number;
}

export interface MapStyle {
  readonly text: string;
  /** of the names of regions */
  readonly quiet: string;
  /** colours of the background: in its middle and at its edge */
  readonly middle: string;
  readonly edge: string;
  readonly font: string;
}

/** Height of a name in pixels. */
export const LINE = 17;
/** Margin around a name for its outline, in pixels. */
const EDGE = 3;
/** Names of regions are set wide, unlike those of titles. */
const SPACING = '1.5px';
/** Number of drawn names that are kept. */
const KEPT = 300;

export class NamePainter {
  readonly #context: CanvasRenderingContext2D;
  #titles: readonly string[] = [];
  #style: MapStyle = {
    text: '#fff',
    quiet: '#999',
    middle: '#000',
    edge: '#000',
    font: 'sans-serif',
  };
  #ratio = 1;
  readonly #widths = new Map<number, number>();
  /** oldest first */
  readonly #drawn = new Map<number, HTMLCanvasElement>();

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  show(titles: readonly string[], style: MapStyle): void {
    if (titles !== this.#titles || style.font !== this.#style.font) this.#widths.clear();
    this.#titles = titles;
    this.#style = style;
    this.#drawn.clear();
  }

  /** The width of a name in CSS pixels. */
  widthOf(title: number): number {
    let width = this.#widths.get(title);
    if (width === undefined) {
      this.#context.font = this.#style.font;
      width = this.#context.measureText(this.#titles[title]).width;
      this.#widths.set(title, width);
    }
    return width;
  }

  regionWidthOf(name: string): number {
    this.#context.font = this.#regionFont;
    this.#context.letterSpacing = SPACING;
    const { width } = this.#context.measureText(name);
    this.#context.letterSpacing = '0px';
    return width;
  }

  /** Clears the canvas and draws these names. */
  write(
    labels: readonly Label[],
    regions: readonly RegionLabel[],
    { width, height }: Size,
    ratio: number,
  ): void {
    if (ratio !== this.#ratio) this.#drawn.clear();
    this.#ratio = ratio;
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width * ratio, height * ratio);
    this.#writeRegions(regions, ratio);
    for (const { title, x, y } of labels) {
      const left = Math.round((x - EDGE) * ratio);
      context.drawImage(this.#nameOf(title), left, Math.round((y - LINE / 2 - EDGE) * ratio));
    }
  }

  get #regionFont(): string {
    return this.#style.font.replace(/^\S+ \S+/, '750 12px');
  }

  #writeRegions(regions: readonly RegionLabel[], ratio: number): void {
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = this.#regionFont;
    context.letterSpacing = SPACING;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = this.#style.edge;
    context.fillStyle = this.#style.quiet;
    for (const { name, x, y } of regions) {
      context.strokeText(name, x, y);
      context.fillText(name, x, y);
    }
    context.letterSpacing = '0px';
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  #nameOf(title: number): HTMLCanvasElement {
    const known = this.#drawn.get(title);
    if (known) return known;
    const [oldest] = this.#drawn.keys();
    if (this.#drawn.size >= KEPT) this.#drawn.delete(oldest);
    const canvas = this.#draw(title);
    this.#drawn.set(title, canvas);
    return canvas;
  }

  #draw(title: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil((this.widthOf(title) + 2 * EDGE) * this.#ratio);
    canvas.height = Math.ceil((LINE + 2 * EDGE) * this.#ratio);
    const context = canvas.getContext('2d');
    if (!context) return canvas;
    context.scale(this.#ratio, this.#ratio);
    context.font = this.#style.font;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3;
    context.strokeStyle = this.#style.edge;
    context.fillStyle = this.#style.text;
    context.strokeText(this.#titles[title], EDGE, LINE / 2 + EDGE);
    context.fillText(this.#titles[title], EDGE, LINE / 2 + EDGE);
    return canvas;
  }
}
