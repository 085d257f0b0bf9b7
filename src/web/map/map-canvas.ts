/**
 * Draws the points of a map without a graphics card: pixel by pixel, and only those that are visible. WebGL emulated on
 * the processor, or circles drawn on a canvas, would take several times as long.
 */
import { HALO, type Painter } from './map-gl.ts';
import type { MapStyle } from './map-names.ts';
import { type Layer, type PixelBuffer, PixelPainter } from './map-pixels.ts';
import type { Points } from './map-points.ts';

export function canvasPainter(canvas: HTMLCanvasElement): Painter | null {
  // Opaque and in main memory, because every pixel is written in every frame.
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

function layersOf({ count, radius, highlighted, glowing, onTop }: Points): Layer[] {
  const above = new Set(highlighted);
  const shown = Int32Array.from(Array(count).keys()).filter(
    (title) => radius[title] > 0 && !above.has(title),
  );
  return [
    { titles: shown.reverse(), kind: 'disc', times: 1 },
    { titles: Int32Array.from(glowing), kind: 'glow', times: HALO },
    { titles: Int32Array.from(onTop), kind: 'disc', times: 1 },
  ];
}

interface Backdrop extends PixelBuffer {
  /** shares its memory with `pixels` */
  readonly image: ImageData;
  /** the background without points */
  readonly empty: Int32Array;
}

/** Draws the background of .map-view (map.css), because the opaque canvas covers it. */
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
