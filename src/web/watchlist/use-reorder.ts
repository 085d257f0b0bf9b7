/**
 * Moves the rows of a list by dragging a handle with mouse, pen or finger. The document stays as it is until the row is
 * let go: the rows are shifted only for the eye, so the handle keeps the pointer.
 */
import type { ButtonHTMLAttributes, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Pixels from the edge of the window within which the page scrolls while a row is held there, and how far a frame. */
const EDGE = 90;
const STEP = 12;

export interface Drag {
  readonly from: number;
  readonly to: number;
  /** pixels that the row has been dragged */
  readonly by: number;
  /** of the row, with the space below it */
  readonly height: number;
}

interface Held extends Drag {
  /** y of the pointer on the page when it went down */
  readonly startY: number;
  /** y of the pointer in the window */
  readonly pointerY: number;
  /** y of the middle of each row on the page */
  readonly middles: readonly number[];
}

export type HandleProps = Pick<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'
>;

export interface Reorder {
  /** null = no row is held */
  readonly drag: Drag | null;
  readonly handleProps: (place: number) => HandleProps;
}

/** @param list its children are the rows */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
): Reorder {
  const [held, setHeld] = useState<Held | null>(null);
  const latest = useRef(held);
  latest.current = held;

  const follow = (pointerY: number) => {
    const now = latest.current;
    if (now) setHeld(followed(now, pointerY));
  };
  useEffect(() => {
    if (held === null) return;
    let frame = requestAnimationFrame(function scroll() {
      const { pointerY = 0 } = latest.current ?? {};
      const step = pointerY < EDGE ? -STEP : pointerY > innerHeight - EDGE ? STEP : 0;
      if (step !== 0) {
        scrollBy(0, step);
        follow(pointerY);
      }
      frame = requestAnimationFrame(scroll);
    });
    const cancel = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setHeld(null);
    };
    addEventListener('keydown', cancel);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('keydown', cancel);
    };
  }, [held === null]);

  return {
    drag: held,
    handleProps: (place) => ({
      onPointerDown(event) {
        if (event.button !== 0 || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(take(list.current, place, event.clientY));
      },
      onPointerMove: (event) => follow(event.clientY),
      onPointerUp() {
        const now = latest.current;
        setHeld(null);
        if (now && now.to !== now.from) onMove(now.from, now.to);
      },
      onPointerCancel: () => setHeld(null),
    }),
  };
}

function take(list: HTMLElement | null, from: number, pointerY: number): Held {
  const boxes = Array.from(list?.children ?? [], (row) => row.getBoundingClientRect());
  const gap = boxes.length > 1 ? boxes[1].top - boxes[0].bottom : 0;
  return {
    from,
    to: from,
    by: 0,
    height: (boxes[from]?.height ?? 0) + gap,
    startY: pointerY + scrollY,
    pointerY,
    middles: boxes.map(({ top, height }) => top + height / 2 + scrollY),
  };
}

function followed(held: Held, pointerY: number): Held {
  const by = pointerY + scrollY - held.startY;
  return { ...held, by, pointerY, to: placeAt(held.middles, held.from, by) };
}

/** The place of a row that was dragged so far: it has passed the middles of the rows between. */
export function placeAt(middles: readonly number[], from: number, by: number): number {
  const middle = middles[from] + by;
  const others = middles.filter((_, place) => place !== from);
  return others.filter((other) => other < middle).length;
}

/** How far a row is shifted for the eye, in pixels. */
export function shiftOf(place: number, drag: Drag | null): number {
  if (drag === null) return 0;
  const { from, to, by, height } = drag;
  if (place === from) return by;
  if (place > from && place <= to) return -height;
  return place < from && place >= to ? height : 0;
}
