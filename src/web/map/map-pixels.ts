/** Draws points into an array of pixels by copying sprites. The background is opaque, and so is the result. */
import { growthOf, type Points } from './map-points.ts';
import { type Kind, SpriteCache } from './map-sprites.ts';
import type { Size, View } from './map-view.ts';

/** Pixels as in an ImageData: red in the lowest byte. */
export interface PixelBuffer {
  readonly width: number;
  readonly height: number;
  readonly pixels: Int32Array;
}

export interface Layer {
  /** titles, bottom first */
  readonly titles: Int32Array;
  readonly kind: Kind;
  /** a factor of the radius of each point */
  readonly times: number;
}

export class PixelPainter {
  readonly #sprites = new SpriteCache();
  readonly #points: Points;
  readonly #inks: Int32Array;
  /** logarithms of the radii, so that scaling is an addition */
  readonly #radii: Float32Array;
  readonly #largest: number;

  constructor(points: Points) {
    this.#points = points;
    const { buffer, byteOffset } = points.colours;
    this.#inks = new Int32Array(buffer, byteOffset, points.radius.length);
    this.#radii = points.radius.map(Math.log);
    this.#largest = points.radius.reduce((most, radius) => Math.max(most, radius), 0);
  }

  /** @param ratio pixels of the buffer per CSS pixel */
  draw(
    buffer: PixelBuffer,
    { titles, kind, times }: Layer,
    view: View,
    size: Size,
    ratio: number,
  ): void {
    const { width, height } = buffer;
    const { x, y } = this.#points;
    const growth = growthOf(view, size) * ratio * times;
    const grown = Math.log(growth);
    const zoom = view.zoom * ratio;
    const left = width / 2 - view.x * zoom;
    const top = height / 2 - view.y * zoom;
    const reach = growth * this.#largest + 1;
    for (let at = 0; at < titles.length; at++) {
      const title = titles[at];
      const px = x[title] * zoom + left;
      const py = y[title] * zoom + top;
      if (px < -reach || py < -reach || px > width + reach || py > height + reach) continue;
      const column = Math.floor(px);
      const row = Math.floor(py);
      const radius = this.#radii[title] + grown;
      const sprite = this.#sprites.numberOf(kind, radius, px - column, py - row);
      blend(buffer, this.#sprites, sprite, column, row, this.#inks[title]);
    }
  }
}

/** Blends a colour over the pixels of a sprite; pixels outside the buffer are left out. */
function blend(
  { width, height, pixels }: PixelBuffer,
  { pixels: list, starts, ends }: SpriteCache,
  sprite: number,
  column: number,
  row: number,
  ink: number,
): void {
  const redBlue = ink & 0xff00ff;
  const green = ((ink >>> 8) & 0xff) | 0xff0000;
  // 0–256, like the shares of a sprite.
  const opacity = (ink >>> 24) + (ink >>> 31);
  const end = ends[sprite];
  for (let at = starts[sprite]; at < end; at++) {
    const pixel = list[at];
    const px = column + ((pixel << 11) >> 21);
    const py = row + (pixel >> 21);
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const over = ((pixel & 0x3ff) * opacity) >> 8;
    const rest = 256 - over;
    const under = pixels[py * width + px];
    // One multiplication for two of the four channels.
    const a = Math.imul(redBlue, over) + Math.imul(under & 0xff00ff, rest);
    const b = Math.imul(green, over) + Math.imul((under >>> 8) & 0xff00ff, rest);
    pixels[py * width + px] = ((a >>> 8) & 0xff00ff) | (b & 0xff00ff00);
  }
}
