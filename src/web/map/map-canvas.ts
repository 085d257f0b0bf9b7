/**
 * Draws the points of a map where no graphics card does: pixel by pixel, and only those in sight. A browser that plays
 * WebGL on the processor, or draws circles on a canvas, takes several frames for what this does within one.
 */
import { HALO, type Painter } from './map-gl.ts';
import type { Inks } from './map-names.ts';
import { type Layer, PixelPainter, type Sheet } from './map-pixels.ts';
import type { Points } from './map-points.ts';

export function canvasPainter(canvas: HTMLCanvasElement): Painter | null {
  // Opaque, and kept where the processor has it: every pixel is written in every frame.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) return null;
  let painter: PixelPainter | null = null;
  let layers: readonly Layer[] = [];
  let inks: Inks | null = null;
  let sea: Backdrop | null = null;
  return {
    sharpest: 1,
    take(points, next) {
      painter = new PixelPainter(points);
      layers = layersOf(points);
      inks = next;
      sea = null;
    },
    draw(view, size, ratio) {
      const { width, height } = canvas;
      if (!painter || !inks || width === 0 || height === 0) return;
      if (sea?.width !== width || sea.height !== height)
        sea = backdropOf(context, width, height, inks);
      sea.pixels.set(sea.empty);
      for (const layer of layers) painter.draw(sea, layer, view, size, ratio);
      context.putImageData(sea.image, 0, 0);
    },
    close() {},
  };
}

function layersOf({ count, radius, lit }: Points): Layer[] {
  const shown = Int32Array.from(Array(count).keys()).filter((title) => radius[title] > 0);
  const titles = Int32Array.from(lit);
  return [
    { titles: shown.reverse(), kind: 'disc', times: 1 },
    { titles, kind: 'glow', times: HALO },
    { titles, kind: 'disc', times: 1 },
  ];
}

interface Backdrop extends Sheet {
  /** the same pixels */
  readonly image: ImageData;
  /** with no points in it */
  readonly empty: Int32Array;
}

/** As the background of .sea in map.css, which an opaque canvas covers. */
function backdropOf(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { sea, ground }: Inks,
): Backdrop {
  context.setTransform(1.2 * width, 0, 0, 0.9 * height, 0.5 * width, 0.4 * height);
  const gradient = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  gradient.addColorStop(0, sea);
  gradient.addColorStop(0.75, ground);
  context.fillStyle = gradient;
  context.fillRect(-1, -1, 2, 2);
  const image = context.getImageData(0, 0, width, height);
  const pixels = new Int32Array(image.data.buffer);
  return { width, height, image, pixels, empty: pixels.slice() };
}
