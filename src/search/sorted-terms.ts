/** Terms in order: where one stands, those that begin with it, and those a few letters away (Levenshtein's distance). */

export interface CloseTerm {
  /** place among the terms */
  readonly at: number;
  /** letters that are wrong, missing or too many */
  readonly distance: number;
}

export class SortedTerms {
  readonly #terms: readonly string[];
  // Beside the terms, so that most of them are passed over without a look at their letters, which lie anywhere.
  readonly #lengths: Uint16Array;
  /** of each: the first letters that it shares with the one before */
  readonly #shared: Uint16Array;

  /** @param terms each once, in any order, of less than 65,536 letters */
  constructor(terms: Iterable<string>) {
    this.#terms = [...terms].sort();
    this.#lengths = Uint16Array.from(this.#terms, ({ length }) => length);
    this.#shared = Uint16Array.from(this.#terms, (term, at) =>
      at === 0 ? 0 : sharedLength(this.#terms[at - 1], term),
    );
  }

  get size(): number {
    return this.#terms.length;
  }

  /** Undefined where there is none. */
  at(place: number): string | undefined {
    return this.#terms[place];
  }

  lengthOf(place: number): number {
    return this.#lengths[place];
  }

  /** Where the first term stands that is not before this one. */
  firstFrom(term: string): number {
    let low = 0;
    let high = this.#terms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#terms[middle] < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where the terms end that begin with this one. @param first where they begin */
  endOf(term: string, first: number): number {
    let end = first;
    while (this.#terms[end]?.startsWith(term)) end++;
    return end;
  }

  /**
   * Terms at most so many letters away. A term begins like the one before, and the table of distances is gone on with
   * from the first letter that differs; where a beginning is too far already, all that begin so are passed over.
   */
  close(term: string, most: number): CloseTerm[] {
    const close: CloseTerm[] = [];
    const table = new DistanceTable(term, most);
    /** letters that this term shares with the one in the table */
    let shared = 0;
    for (let at = 0; at < this.#terms.length; at++) {
      if (this.#shared[at] < shared) shared = this.#shared[at];
      if (shared >= table.tooFar || Math.abs(this.#lengths[at] - term.length) > most) continue;
      const distance = table.distanceTo(this.#terms[at], shared);
      if (distance <= most) close.push({ at, distance });
      shared = Number.POSITIVE_INFINITY;
    }
    return close;
  }
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** rows[d · width + n]: the distance from the first d letters of another term to the first n of this one. */
class DistanceTable {
  readonly #term: string;
  readonly #most: number;
  readonly #width: number;
  readonly #rows: Uint16Array;
  /** rows that hold for the term that came last */
  #filled = 0;
  /** so many first letters of it are too far from any of this one's */
  tooFar = Number.POSITIVE_INFINITY;

  constructor(term: string, most: number) {
    this.#term = term;
    this.#most = most;
    this.#width = term.length + 1;
    // a term that is longer still is too far before its end
    this.#rows = new Uint16Array((term.length + most + 2) * this.#width);
    for (let n = 0; n < this.#width; n++) this.#rows[n] = n;
  }

  /**
   * @param shared its first letters that are those of the term that came last
   * @returns Infinity where it is too far
   */
  distanceTo(other: string, shared: number): number {
    this.tooFar = Number.POSITIVE_INFINITY;
    this.#filled = Math.min(this.#filled, shared);
    while (this.#filled < other.length) {
      const least = this.#addRow(this.#filled, other.charCodeAt(this.#filled));
      this.#filled++;
      if (least <= this.#most) continue;
      this.tooFar = this.#filled;
      return Number.POSITIVE_INFINITY;
    }
    return this.#rows[other.length * this.#width + this.#term.length];
  }

  /** For one letter more. @returns the least distance of the row */
  #addRow(depth: number, letter: number): number {
    const rows = this.#rows;
    const above = depth * this.#width;
    const row = above + this.#width;
    let least = depth + 1;
    rows[row] = least;
    for (let n = 1; n < this.#width; n++) {
      const wrong = this.#term.charCodeAt(n - 1) === letter ? 0 : 1;
      const left = Math.min(rows[above + n], rows[row + n - 1]) + 1;
      const distance = Math.min(rows[above + n - 1] + wrong, left);
      rows[row + n] = distance;
      if (distance < least) least = distance;
    }
    return least;
  }
}
