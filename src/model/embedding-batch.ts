/**
 * One batch as the kernels read it: every table row that it names once, and for each of them its pairs. Table rows are
 * people first, then titles.
 */

/** Arrays that the kernels share; `rows`, `indptr` … as in kernel/embedding-kernels.ts. */
export interface BatchArrays {
  /** distinct table rows; 2 · batch fit */
  readonly rows: Uint32Array;
  readonly indptr: Uint32Array;
  readonly pairs: Uint32Array;
  readonly others: Uint32Array;
  /** of each pair, the positions in `rows` of its person and its title */
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly targets: Float32Array;
}

export class BatchIndex {
  /** of each table row, its pairs in the batch that is being filled; 0 between batches */
  readonly #counts: Uint32Array;
  readonly #position: Uint32Array;
  /** of each position, where its next pair goes */
  readonly #next: Uint32Array;

  constructor(
    tableRows: number,
    private readonly arrays: BatchArrays,
  ) {
    this.#counts = new Uint32Array(tableRows);
    this.#position = new Uint32Array(tableRows);
    this.#next = new Uint32Array(arrays.rows.length);
  }

  /**
   * Fills the arrays from the first `count` pairs, given as table rows.
   * @returns how many distinct rows there are
   */
  fill(leftRows: Uint32Array, rightRows: Uint32Array, count: number): number {
    for (let n = 0; n < count; n++) {
      this.#counts[leftRows[n]]++;
      this.#counts[rightRows[n]]++;
    }
    const distinct = this.nameRows();
    const { left, right } = this.arrays;
    for (let n = 0; n < count; n++) {
      left[n] = this.#position[leftRows[n]];
      right[n] = this.#position[rightRows[n]];
      this.place(left[n], n, right[n]);
      this.place(right[n], n, left[n]);
    }
    return distinct;
  }

  /** Distinct rows in ascending order: neighbours in memory are worked on one after the other. */
  private nameRows(): number {
    const { rows, indptr } = this.arrays;
    const counts = this.#counts;
    let distinct = 0;
    let at = 0;
    for (let row = 0; row < counts.length; row++) {
      if (counts[row] === 0) continue;
      rows[distinct] = row;
      this.#position[row] = distinct;
      indptr[distinct] = at;
      this.#next[distinct++] = at;
      at += counts[row];
      counts[row] = 0;
    }
    indptr[distinct] = at;
    return distinct;
  }

  private place(position: number, pair: number, other: number): void {
    const at = this.#next[position]++;
    this.arrays.pairs[at] = pair;
    this.arrays.others[at] = other;
  }
}

/** Positions that cut `distinct` rows into `parts` of about equal work: a row costs as much as three pairs. */
export function cutByWork(indptr: Uint32Array, distinct: number, parts: number): number[] {
  const work = (r: number) => indptr[r] + 3 * r;
  const cuts = [0];
  for (let part = 1, r = 0; part < parts; part++) {
    while (r < distinct && work(r) < (work(distinct) * part) / parts) r++;
    cuts.push(r);
  }
  return [...cuts, distinct];
}
