/**
 * Sorted terms, with three look-ups: exact, by prefix, and within an edit distance (optimal string alignment: two swapped
 * neighbours are one edit).
 */
import { bitCount } from '../data/bit-count.ts';

export interface CloseTerm {
  /** index of the term */
  readonly at: number;
  /** edits: letters that are wrong, missing or extra, or two that are swapped */
  readonly distance: number;
}

export class SortedTerms {
  readonly #terms: readonly string[];
  // Kept apart from the terms: most terms are skipped by length, without reading strings scattered over memory.
  readonly #lengths: Uint16Array;
  /** of each term: the length of the prefix that it shares with the previous term */
  readonly #shared: Uint16Array;
  /** of each term: which letters it has, by lettersOf() */
  readonly #letters: Uint32Array;

  /** @param terms without duplicates, in any order, each shorter than 65,536 letters */
  constructor(terms: Iterable<string>) {
    this.#terms = [...terms].sort();
    this.#lengths = Uint16Array.from(this.#terms, ({ length }) => length);
    this.#shared = Uint16Array.from(this.#terms, (term, at) =>
      at === 0 ? 0 : sharedLength(this.#terms[at - 1], term),
    );
    this.#letters = Uint32Array.from(this.#terms, lettersOf);
  }

  get size(): number {
    return this.#terms.length;
  }

  /** Undefined when the index is out of range. */
  at(index: number): string | undefined {
    return this.#terms[index];
  }

  lengthOf(index: number): number {
    return this.#lengths[index];
  }

  /** Index of the first term ≥ `term`. */
  lowerBound(term: string): number {
    let low = 0;
    let high = this.#terms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#terms[middle] < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index after the last term with this prefix. @param first index of the first such term */
  endOfPrefix(prefix: string, first: number): number {
    let low = first;
    let high = this.#terms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#terms[middle].startsWith(prefix)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Terms that begin with the same letter, which is hardly ever wrong, within an edit distance. Neighbours in sorted order share a prefix, so the distance table is kept up to the
   * first letter that differs; when a prefix alone is too far, all terms that share it are skipped. An edit brings at most
   * one letter and takes one away: most terms have more other letters than that, and are skipped, too.
   */
  close(term: string, maxDistance: number): CloseTerm[] {
    const close: CloseTerm[] = [];
    const table = new DistanceTable(term, maxDistance);
    const letters = lettersOf(term);
    /** length of the prefix that this term shares with the last one in the table */
    let shared = 0;
    const first = this.lowerBound(term.slice(0, 1));
    const end = this.endOfPrefix(term.slice(0, 1), first);
    for (let at = first; at < end; at++) {
      if (this.#shared[at] < shared) shared = this.#shared[at];
      if (shared >= table.tooFar || Math.abs(this.#lengths[at] - term.length) > maxDistance)
        continue;
      if (bitCount(this.#letters[at] ^ letters) > 2 * maxDistance) continue;
      const distance = table.distanceTo(this.#terms[at], shared);
      if (distance <= maxDistance) close.push({ at, distance });
      shared = Number.POSITIVE_INFINITY;
    }
    return close;
  }
}

/** Bits of the letters in a term; letters whose codes are 32 apart share a bit. */
function lettersOf(term: string): number {
  let bits = 0;
  for (let at = 0; at < term.length; at++) bits |= 1 << (term.charCodeAt(at) & 31);
  return bits;
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** rows[d · width + n]: the distance from the first d letters of another term to the first n letters of this one. */
class DistanceTable {
  readonly #term: string;
  readonly #maxDistance: number;
  readonly #width: number;
  readonly #rows: Uint16Array;
  /** of each row: its smallest distance */
  readonly #least: Uint16Array;
  /** rows that are valid for the previous term */
  #filled = 0;
  /** length of the shortest prefix of the previous term that is too far from every prefix of this one */
  tooFar = Number.POSITIVE_INFINITY;

  constructor(term: string, maxDistance: number) {
    this.#term = term;
    this.#maxDistance = maxDistance;
    this.#width = term.length + 1;
    // a longer term exceeds the distance before it needs another row
    this.#rows = new Uint16Array((term.length + maxDistance + 2) * this.#width);
    for (let n = 0; n < this.#width; n++) this.#rows[n] = n;
    this.#least = new Uint16Array(term.length + maxDistance + 2);
  }

  /**
   * @param shared length of the prefix that `other` shares with the previous term
   * @returns Infinity when `other` is too far
   */
  distanceTo(other: string, shared: number): number {
    this.tooFar = Number.POSITIVE_INFINITY;
    this.#filled = Math.min(this.#filled, shared);
    while (this.#filled < other.length) {
      const least = this.#addRow(this.#filled, other);
      this.#filled++;
      if (least <= this.#maxDistance) continue;
      this.tooFar = this.#filled;
      return Number.POSITIVE_INFINITY;
    }
    return this.#rows[other.length * this.#width + this.#term.length];
  }

  /** Adds the row of one more letter. @returns the smallest distance that a later row can have */
  #addRow(depth: number, other: string): number {
    const rows = this.#rows;
    const above = depth * this.#width;
    const row = above + this.#width;
    const letter = other.charCodeAt(depth);
    const before = depth > 0 ? other.charCodeAt(depth - 1) : -1;
    let least = depth + 1;
    rows[row] = least;
    for (let n = 1; n < this.#width; n++) {
      const own = this.#term.charCodeAt(n - 1);
      const substituted = own === letter ? 0 : 1;
      const inserted = Math.min(rows[above + n], rows[row + n - 1]) + 1;
      let distance = Math.min(rows[above + n - 1] + substituted, inserted);
      if (n > 1 && own === before && this.#term.charCodeAt(n - 2) === letter)
        distance = Math.min(distance, rows[above - this.#width + n - 2] + 1);
      rows[row + n] = distance;
      if (distance < least) least = distance;
    }
    this.#least[depth + 1] = least;
    // Two letters that are swapped bring the next row down to one more than the row above this one.
    return Math.min(least, this.#least[depth] + 1);
  }
}
