/** Moves the map by drag, wheel, pinch and keys. A tap or Enter opens a title. */
import { useEffect, useRef } from 'preact/hooks';
import type { MapStage } from './map-stage.ts';
import { moved, whole, zoomed } from './map-view.ts';

export interface Gestures {
  /** the title under the pointer; −1 = none */
  readonly onPoint: (title: number, x: number, y: number) => void;
  readonly onOpen: (title: number) => void;
}

/** In pixels: how far the pointer may move during a tap, and how far from a point a mouse or a finger may be. */
const SLIP = 6;
const MOUSE = 8;
const FINGER = 22;
const STEP = 80;
const ZOOM = 1.4;
/** Zoom factor per pixel of the wheel, and of a trackpad pinch, which browsers report as a wheel with Ctrl. */
const WHEEL = 1.002;
const TRACKPAD = 1.01;

export function useMapGestures(
  element: HTMLElement | null,
  stage: MapStage | null,
  gestures: Gestures,
): void {
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    if (!element || !stage) return;
    const stop = new AbortController();
    const { signal } = stop;
    const held = new Map<number, { x: number; y: number }>();
    let travelled = 0;
    const at = (event: MouseEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const reachOf = (event: PointerEvent) => (event.pointerType === 'mouse' ? MOUSE : FINGER);

    const press = (event: PointerEvent) => {
      const onButton = event.target instanceof Element && event.target.closest('button');
      if (event.button !== 0 || onButton) return;
      // A second finger makes it a pinch, even if neither finger moves.
      travelled = held.size === 0 ? 0 : SLIP + 1;
      held.set(event.pointerId, at(event));
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      const now = at(event);
      const before = held.get(event.pointerId);
      if (!before) {
        if (event.pointerType === 'mouse')
          latest.current.onPoint(stage.titleAt(now.x, now.y, MOUSE), now.x, now.y);
        return;
      }
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      if (other) pinch(before, now, other);
      else stage.look(moved(stage.view, now.x - before.x, now.y - before.y));
      held.set(event.pointerId, now);
      if (travelled > SLIP) latest.current.onPoint(-1, 0, 0);
    };
    const pinch = (before: Point, now: Point, other: Point) => {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      const half = moved(stage.view, (now.x - before.x) / 2, (now.y - before.y) / 2);
      const [x, y] = [(now.x + other.x) / 2, (now.y + other.y) / 2];
      stage.look(zoomed(half, stage.size, x, y, factor));
    };
    const release = (event: PointerEvent) => {
      const wasHeld = held.delete(event.pointerId);
      if (!wasHeld || event.type === 'pointercancel' || travelled > SLIP) return;
      const { x, y } = at(event);
      const title = stage.titleAt(x, y, reachOf(event));
      if (title >= 0) latest.current.onOpen(title);
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = at(event);
      const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
      const speed = event.ctrlKey ? TRACKPAD : WHEEL;
      stage.look(zoomed(stage.view, stage.size, x, y, speed ** -pixels));
    };
    const keys = (event: KeyboardEvent) => {
      const { width, height } = stage.size;
      const zoomBy = (factor: number) =>
        zoomed(stage.view, stage.size, width / 2, height / 2, factor);
      const next = {
        ArrowLeft: () => moved(stage.view, STEP, 0),
        ArrowRight: () => moved(stage.view, -STEP, 0),
        ArrowUp: () => moved(stage.view, 0, STEP),
        ArrowDown: () => moved(stage.view, 0, -STEP),
        '+': () => zoomBy(ZOOM),
        '=': () => zoomBy(ZOOM),
        '-': () => zoomBy(1 / ZOOM),
        '0': () => whole(stage.size),
      }[event.key];
      if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter') {
        const title = stage.titleAt(width / 2, height / 2, Math.max(width, height));
        if (title >= 0) latest.current.onOpen(title);
      }
      if (!next) return;
      event.preventDefault();
      stage.look(next());
      latest.current.onPoint(stage.titleAt(width / 2, height / 2, STEP), width / 2, height / 2);
    };
    element.addEventListener('pointerdown', press, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', release, { signal });
    element.addEventListener('pointercancel', release, { signal });
    element.addEventListener('pointerleave', () => latest.current.onPoint(-1, 0, 0), { signal });
    element.addEventListener('wheel', wheel, { signal, passive: false });
    element.addEventListener('keydown', keys, { signal });
    return () => stop.abort();
  }, [element, stage]);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
