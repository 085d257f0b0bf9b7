/**
 * A list in parts: a worker thread hands it over a few hundred rows at a time. What arrives from another thread is
 * copied at once on the thread that receives it, which for the longest lists would take 200 ms.
 */
import type { ImportedList, ListRow } from './imported-list.ts';

/** Some of the rows, in order. */
export interface ListPart extends ImportedList {
  readonly isLast: boolean;
}

/** Rows of a part: about a millisecond. */
const ROWS = 500;
/** Names of a part: a row may have many. */
const NAMES = 1000;

/** @returns at least one part */
export function* partsOf(list: ImportedList): Generator<ListPart, void> {
  const { rows, ...about } = list;
  const without = { ...about, unread: [], notes: [], isLast: false };
  for (const part of byNames(rows)) yield { ...without, rows: part };
  yield { ...about, rows: [], isLast: true };
}

function* byNames(rows: readonly ListRow[]): Generator<readonly ListRow[]> {
  let from = 0;
  let names = 0;
  for (const [at, row] of rows.entries()) {
    names += row.names.length;
    if (names < NAMES && at - from < ROWS - 1) continue;
    yield rows.slice(from, at + 1);
    from = at + 1;
    names = 0;
  }
  if (from < rows.length) yield rows.slice(from);
}

/** Puts a list together again from all of its parts. */
export class ListFromParts {
  readonly #rows: ListRow[] = [];

  add({ rows }: ListPart): void {
    this.#rows.push(...rows);
  }

  /** @param last the last part */
  list({ isLast: _, ...about }: ListPart): ImportedList {
    return { ...about, rows: this.#rows };
  }
}
