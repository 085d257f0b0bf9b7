/** When rows of a list leave or change places, the focus does not fall out of it. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Place {
  readonly id: string | undefined;
  readonly row: number;
  /** which of the row's links and buttons */
  readonly control: number;
}

/**
 * An element that is moved in the document loses the focus, one that is removed takes it along. After such a change
 * it goes back to the same control of the same row, or of the row that took its place.
 * @returns what the list calls on focusin
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

  // Pressing anywhere else, or tabbing out, ends the care for the list.
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
