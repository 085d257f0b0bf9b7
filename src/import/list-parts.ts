/**
 * A list in parts: a worker thread hands it over a few hundred rows at a time. What arrives from another thread is
 * copied at once on the thread that receives it, which for the longest lists would take 200 ms.
 */
import type { ImportedEntry, ImportedList, NamedEntry, UnknownTitle } from './imported-list.ts';

/** Some of the rows of each kind, in order. */
export interface ListPart extends ImportedList {
  readonly isLast: boolean;
}

/** Rows of a part: about a millisecond. */
const ROWS = 500;
/** Names of a part: a row may have many. */
const NAMES = 1000;

/** @returns at least one part */
export function* partsOf(list: ImportedList): Generator<ListPart, void> {
  const { entries, named = [], unknown, ...rest } = list;
  const about = { ...rest, entries: [], unknown: [], isLast: false };
  for (let from = 0; from < entries.length; from += ROWS)
    yield { ...about, entries: entries.slice(from, from + ROWS) };
  for (const rows of byNames(named)) yield { ...about, named: rows };
  for (let from = 0; from < unknown.length; from += ROWS)
    yield { ...about, unknown: unknown.slice(from, from + ROWS) };
  yield { ...about, isLast: true };
}

function* byNames(named: readonly NamedEntry[]): Generator<readonly NamedEntry[]> {
  let from = 0;
  let names = 0;
  for (const [at, row] of named.entries()) {
    names += row.names.length;
    if (names < NAMES && at - from < ROWS) continue;
    yield named.slice(from, at + 1);
    from = at + 1;
    names = 0;
  }
  if (from < named.length) yield named.slice(from);
}

/** Puts a list together again from all of its parts. */
export class ListFromParts {
  readonly #entries: ImportedEntry[] = [];
  readonly #named: NamedEntry[] = [];
  readonly #unknown: UnknownTitle[] = [];

  add({ entries, named = [], unknown }: ListPart): void {
    this.#entries.push(...entries);
    this.#named.push(...named);
    this.#unknown.push(...unknown);
  }

  /** @param last the last part */
  list({ source, owner, scale }: ListPart): ImportedList {
    const list = { source, owner, scale, entries: this.#entries, unknown: this.#unknown };
    return this.#named.length > 0 ? { ...list, named: this.#named } : list;
  }
}
