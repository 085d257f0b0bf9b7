/** Keeps the focus in a list when its rows move or disappear. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Place {
  readonly id: string | undefined;
  readonly row: number;
  /** index among the links and buttons of the row */
  readonly control: number;
}

/**
 * An element that is moved or removed loses the focus. Afterwards the focus returns to the same control of the same row,
 * or of the row that took its place.
 * @returns the list's handler for focusin
 */
export function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  order: string,
): (event: FocusEvent) => void {
  const last = useRef<Place | null>(null);

  useLayoutEffect(() => {
    const place = last.current;
    if (!place || document.activeElement !== document.body) return;
    const rows = Array.from(list.current?.children ?? []);
    const row = rows.find((child) => idOf(child) === place.id) ?? rows[place.row] ?? rows.at(-1);
    if (row) controlsOf(row)[place.control]?.focus({ preventScroll: true });
  }, [order]);

  // A press or focus outside the list ends this.
  useLayoutEffect(() => {
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !list.current?.contains(event.target))
        last.current = null;
    };
    addEventListener('focusin', elsewhere);
    addEventListener('pointerdown', elsewhere);
    return () => {
      removeEventListener('focusin', elsewhere);
      removeEventListener('pointerdown', elsewhere);
    };
  }, []);

  return ({ target }) => {
    const row = target instanceof Element ? target.closest('li') : null;
    if (!row?.parentElement) return;
    last.current = {
      id: idOf(row),
      row: Array.from(row.parentElement.children).indexOf(row),
      control: controlsOf(row).findIndex((control) => control.matches(':focus')),
    };
  };
}

function idOf(row: Element): string | undefined {
  return row instanceof HTMLElement ? row.dataset.id : undefined;
}

function controlsOf(row: Element): HTMLElement[] {
  return Array.from(row.querySelectorAll<HTMLElement>('a, button'));
}
