/** Animates a list by FLIP (first, last, invert, play): items slide to their new position, new ones fade in. */
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
    // While rendering, the DOM still has the old list. Reading positions may force a layout, because of changes above the
    // list, so it is done only when the list is visible.
    before.current = inSight.current ? placesOf(list.current) : new Map();
    shown.current = order;
  }

  useLayoutEffect(() => {
    const old = before.current;
    if (old.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // Read all positions before moving anything: reading after each move would force a layout each time.
    for (const { child, from, to } of movesOf(list.current, old)) {
      if (from === undefined) child.animate({ opacity: [0, 1] }, FADE);
      else child.animate({ transform: [`translateY(${from - to}px)`, 'none'] }, SLIDE);
    }
  }, [order]);
}

/** Whether any part of the list is visible. */
function useInSight(list: RefObject<HTMLElement | null>): RefObject<boolean> {
  const inSight = useRef(false);
  const watched = useRef<{ element: Element; stop: () => void } | null>(null);
  // Runs after every render, because the element is not always there.
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
  /** undefined: new in the list */
  readonly from: number | undefined;
  readonly to: number;
}

/** The moves of the children that are visible before or after. */
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
