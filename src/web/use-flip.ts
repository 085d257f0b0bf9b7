/** Items of a list slide to their new place; new ones fade in. (First, last, invert, play.) */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const SLIDE: KeyframeAnimationOptions = { duration: 200, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' };
const FADE: KeyframeAnimationOptions = { duration: 180, easing: 'ease-out' };

/**
 * @param list element whose children carry data-id
 * @param order changes whenever the children do
 */
export function useFlip(list: RefObject<HTMLElement | null>, order: string): void {
  const shown = useRef(order);
  const before = useRef<Map<string, number>>(new Map());
  if (shown.current !== order) {
    // Still the old layout: nothing is committed while rendering.
    before.current = placesOf(list.current);
    shown.current = order;
  }

  // Runs when the order changes, and only then.
  useLayoutEffect(() => {
    const old = before.current;
    if (old.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const child of childrenOf(list.current)) {
      const from = old.get(child.dataset.id ?? '');
      if (from === undefined) child.animate({ opacity: [0, 1] }, FADE);
      else slide(child, from - child.offsetTop);
    }
  }, [order]);
}

function slide(child: HTMLElement, distance: number): void {
  if (distance === 0) return;
  child.animate({ transform: [`translateY(${distance}px)`, 'none'] }, SLIDE);
}

function placesOf(list: HTMLElement | null): Map<string, number> {
  return new Map(childrenOf(list).map((child) => [child.dataset.id ?? '', child.offsetTop]));
}

function childrenOf(list: HTMLElement | null): HTMLElement[] {
  return Array.from(list?.children ?? []).filter((child) => child instanceof HTMLElement);
}
