/**
 * Draws the points of a map where no graphics card does: pixel by pixel, and only those in sight. A browser that plays
 * WebGL on the processor, or draws circles on a canvas, takes several frames for what this does within one.
 */
import { HALO, type Painter } from './map-gl.ts';
import type { MapStyle } from './map-names.ts';
import { type Layer, type PixelBuffer, PixelPainter } from './map-pixels.ts';
import type { Points } from './map-points.ts';

export function canvasPainter(canvas: HTMLCanvasElement): Painter | null {
  // Opaque, and kept where the processor has it: every pixel is written in every frame.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) return null;
  let painter: PixelPainter | null = null;
  let layers: readonly Layer[] = [];
  let style: MapStyle | null = null;
  let backdrop: Backdrop | null = null;
  return {
    maxPixelRatio: 1,
    setPoints(points, next) {
      painter = new PixelPainter(points);
      layers = layersOf(points);
      style = next;
      backdrop = null;
    },
    draw(view, size, ratio) {
      const { width, height } = canvas;
      if (!painter || !style || width === 0 || height === 0) return;
      if (backdrop?.width !== width || backdrop.height !== height)
        backdrop = backdropOf(context, width, height, style);
      backdrop.pixels.set(backdrop.empty);
      for (const layer of layers) painter.draw(backdrop, layer, view, size, ratio);
      context.putImageData(backdrop.image, 0, 0);
    },
    close() {},
  };
}

function layersOf({ count, radius, highlighted }: Points): Layer[] {
  const shown = Int32Array.from(Array(count).keys()).filter((title) => radius[title] > 0);
  const titles = Int32Array.from(highlighted);
  return [
    { titles: shown.reverse(), kind: 'disc', times: 1 },
    { titles, kind: 'glow', times: HALO },
    { titles, kind: 'disc', times: 1 },
  ];
}

interface Backdrop extends PixelBuffer {
  /** the same pixels */
  readonly image: ImageData;
  /** with no points in it */
  readonly empty: Int32Array;
}

/** As the background of .map-view in map.css, which an opaque canvas covers. */
function backdropOf(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { middle, edge }: MapStyle,
): Backdrop {
  context.setTransform(1.2 * width, 0, 0, 0.9 * height, 0.5 * width, 0.4 * height);
  const gradient = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  gradient.addColorStop(0, middle);
  gradient.addColorStop(0.75, edge);
  context.fillStyle = gradient;
  context.fillRect(-1, -1, 2, 2);
  const image = context.getImageData(0, 0, width, height);
  const pixels = new Int32Array(image.data.buffer);
  return { width, height, image, pixels, empty: pixels.slice() };
}
