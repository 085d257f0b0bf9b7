/** Items of a list slide to their new place; new ones fade in. (First, last, invert, play.) */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

const SLIDE: KeyframeAnimationOptions = { duration: 200, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' };
const FADE: KeyframeAnimationOptions = { duration: 180, easing: 'ease-out' };

/**
 * @param list element whose children carry data-id
 * @param order changes whenever the children do
 */
export function useFlip(list: RefObject<HTMLElement | null>, order: string): void {
  const shown = useRef(order);
  const before = useRef<Map<string, number>>(new Map());
  const inSight = useInSight(list);
  if (shown.current !== order) {
    // Still the old layout: the list is not committed while rendering. What stands above it may be: reading places then
    // lays the page out, and that is done only for those who see it.
    before.current = inSight.current ? placesOf(list.current) : new Map();
    shown.current = order;
  }

  // Runs when the order changes, and only then.
  useLayoutEffect(() => {
    const old = before.current;
    if (old.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // All places are read before anything moves: reading after each move would lay the page out anew each time.
    for (const { child, from, to } of movesOf(list.current, old)) {
      if (from === undefined) child.animate({ opacity: [0, 1] }, FADE);
      else child.animate({ transform: [`translateY(${from - to}px)`, 'none'] }, SLIDE);
    }
  }, [order]);
}

/** Whether any of the list is in the window, as the browser last told. */
function useInSight(list: RefObject<HTMLElement | null>): RefObject<boolean> {
  const inSight = useRef(false);
  const watched = useRef<{ element: Element; stop: () => void } | null>(null);
  // The element comes and goes with what there is to show.
  useEffect(() => {
    const element = list.current;
    if (watched.current?.element === element) return;
    watched.current?.stop();
    watched.current = null;
    inSight.current = false;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => {
      inSight.current = entries.at(-1)?.isIntersecting ?? false;
    });
    observer.observe(element);
    watched.current = { element, stop: () => observer.disconnect() };
  });
  useEffect(() => () => watched.current?.stop(), []);
  return inSight;
}

interface Move {
  readonly child: HTMLElement;
  /** undefined: it was not in the list */
  readonly from: number | undefined;
  readonly to: number;
}

/** Of the children that come into the window, leave it or change places in it. */
function movesOf(list: HTMLElement | null, old: ReadonlyMap<string, number>): Move[] {
  const top = list?.getBoundingClientRect().top ?? 0;
  const isSeen = (place: number, height: number) =>
    top + place < innerHeight && top + place + height > 0;
  return childrenOf(list).flatMap((child) => {
    const from = old.get(child.dataset.id ?? '');
    const to = child.offsetTop;
    const { offsetHeight: height } = child;
    if (from === to || !(isSeen(to, height) || isSeen(from ?? to, height))) return [];
    return [{ child, from, to }];
  });
}

function placesOf(list: HTMLElement | null): Map<string, number> {
  return new Map(childrenOf(list).map((child) => [child.dataset.id ?? '', child.offsetTop]));
}

function childrenOf(list: HTMLElement | null): HTMLElement[] {
  return Array.from(list?.children ?? []).filter((child) => child instanceof HTMLElement);
}
