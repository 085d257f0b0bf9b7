/** Which part of the map is shown. Map coordinates are 0–1 both ways, screen coordinates CSS pixels. */

export interface View {
  /** map coordinates of the middle */
  readonly x: number;
  readonly y: number;
  /** CSS pixels per unit of the map */
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The smallest and largest zoom, relative to the zoom that shows the whole map. */
const FURTHEST = 0.8;
const NEAREST = 120;

/** The view that shows the whole map. */
export function whole({ width, height }: Size): View {
  return { x: 0.5, y: 0.5, zoom: Math.max(1, Math.min(width, height)) };
}

export function onScreen(view: View, size: Size, x: number, y: number): [x: number, y: number] {
  return [(x - view.x) * view.zoom + size.width / 2, (y - view.y) * view.zoom + size.height / 2];
}

/** Moves by pixels, never off the map. */
export function moved(view: View, dx: number, dy: number): View {
  const { x, y, zoom } = view;
  return { x: within(x - dx / zoom), y: within(y - dy / zoom), zoom };
}

/** Zooms around a point of the screen, which stays in place. */
export function zoomed(view: View, size: Size, px: number, py: number, factor: number): View {
  const all = whole(size).zoom;
  const zoom = Math.min(NEAREST * all, Math.max(FURTHEST * all, view.zoom * factor));
  const [dx, dy] = [px - size.width / 2, py - size.height / 2];
  return {
    x: within(view.x + dx / view.zoom - dx / zoom),
    y: within(view.y + dy / view.zoom - dy / zoom),
    zoom,
  };
}

/** Interpolates between two views; `share` is 0–1. The zoom changes exponentially, which looks even. */
export function between(from: View, to: View, share: number): View {
  const part = (a: number, b: number) => a + (b - a) * share;
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  return { x: part(from.x, to.x), y: part(from.y, to.y), zoom };
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
