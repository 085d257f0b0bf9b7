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
  /** position in `rows` of each table row, valid where `#seen` has the current batch's number */
  readonly #position: Uint32Array;
  readonly #seen: Uint32Array;
  readonly #counts: Uint32Array;
  #batch = 0;

  constructor(
    tableRows: number,
    private readonly arrays: BatchArrays,
  ) {
    this.#position = new Uint32Array(tableRows);
    this.#seen = new Uint32Array(tableRows);
    this.#counts = new Uint32Array(arrays.rows.length + 1);
  }

  /**
   * Fills the arrays from the first `count` pairs, given as table rows.
   * @returns how many distinct rows there are
   */
  fill(leftRows: Uint32Array, rightRows: Uint32Array, count: number): number {
    const { indptr, pairs, others, left, right } = this.arrays;
    this.#batch++;
    let distinct = 0;
    for (let n = 0; n < count; n++) distinct = this.name(leftRows[n], left, n, distinct);
    for (let n = 0; n < count; n++) distinct = this.name(rightRows[n], right, n, distinct);
    // Counting sort of the pairs' sides by row; #counts becomes the next free place of each row.
    let at = 0;
    for (let r = 0; r < distinct; r++) {
      indptr[r] = at;
      at += this.#counts[r];
      this.#counts[r] = indptr[r];
    }
    indptr[distinct] = at;
    for (let n = 0; n < count; n++) {
      const a = this.#counts[left[n]]++;
      pairs[a] = n;
      others[a] = right[n];
      const b = this.#counts[right[n]]++;
      pairs[b] = n;
      others[b] = left[n];
    }
    return distinct;
  }

  private name(row: number, side: Uint32Array, pair: number, distinct: number): number {
    if (this.#seen[row] === this.#batch) {
      side[pair] = this.#position[row];
      this.#counts[side[pair]]++;
      return distinct;
    }
    this.#seen[row] = this.#batch;
    this.#position[row] = distinct;
    this.arrays.rows[distinct] = row;
    this.#counts[distinct] = 1;
    side[pair] = distinct;
    return distinct + 1;
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
