/** What look-ups have just found: lists, and that there is no such user or that a list is private. */
import type { ImportError } from '../../import/list/import-error.ts';
import type { ImportedList } from '../../import/list/imported-list.ts';

/** ms; a list that was private may be made public at any moment */
const LIST_KEPT_FOR = 60_000;
const ABSENCE_KEPT_FOR = 60_000;
const PRIVACY_KEPT_FOR = 20_000;
const MAX_LISTS = 20;
/** of all lists together */
const MAX_ENTRIES = 100_000;
const MAX_FAULTS = 2000;

interface Kept<T> {
  readonly value: T;
  /** ms, by the clock */
  readonly until: number;
}

export class RecentLookups {
  readonly #now: () => number;
  /** the oldest first */
  readonly #lists = new Map<string, Kept<ImportedList>>();
  readonly #faults = new Map<string, Kept<ImportError>>();
  #entries = 0;

  /** @param now ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  get(key: string): ImportedList | ImportError | null {
    const kept = this.#lists.get(key) ?? this.#faults.get(key);
    return kept && this.#now() < kept.until ? kept.value : null;
  }

  keep(key: string, list: ImportedList): ImportedList {
    this.#faults.delete(key);
    this.#drop(key);
    this.#lists.set(key, { value: list, until: this.#now() + LIST_KEPT_FOR });
    this.#entries += sizeOf(list);
    while (this.#lists.size > MAX_LISTS || this.#entries > MAX_ENTRIES) {
      const [oldest] = this.#lists.keys();
      this.#drop(oldest);
    }
    return list;
  }

  /** Keeps it only if it says something about the user. */
  keepFault(key: string, fault: ImportError): void {
    const keptFor = keptForOf(fault);
    if (keptFor === 0) return;
    this.#drop(key);
    this.#faults.delete(key);
    this.#faults.set(key, { value: fault, until: this.#now() + keptFor });
    const [oldest] = this.#faults.keys();
    if (this.#faults.size > MAX_FAULTS) this.#faults.delete(oldest);
  }

  #drop(key: string): void {
    const kept = this.#lists.get(key);
    if (kept) this.#entries -= sizeOf(kept.value);
    this.#lists.delete(key);
  }
}

function sizeOf({ rows }: ImportedList): number {
  return rows.length;
}

function keptForOf({ fault }: ImportError): number {
  if (fault === 'no-such-user') return ABSENCE_KEPT_FOR;
  return fault === 'private' ? PRIVACY_KEPT_FOR : 0;
}
