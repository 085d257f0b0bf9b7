/**
 * One batch as the kernels read it: every table row that it names once, and for each of them its pairs. Table rows are
 * people first, then titles.
 */

/** Arrays that the kernels share; `rows`, `indptr` … as in linalg/wasm/embedding-kernels.ts. */
export interface PairBatch {
  /** table rows of the pairs; the sampler fills in these, the targets and the count */
  readonly leftRows: Uint32Array;
  readonly rightRows: Uint32Array;
  readonly targets: Float32Array;
  count: number;

  /** after a training step or `predict` */
  readonly predictions: Float32Array;

  /** distinct table rows; 2 · batch fit */
  readonly rows: Uint32Array;
  readonly indptr: Uint32Array;
  readonly pairs: Uint32Array;
  readonly others: Uint32Array;
}

/** Distinct table rows of a batch. */
export interface Distinct {
  /** people and titles */
  readonly rows: number;
  readonly people: number;
}

export class BatchIndex {
  /** of each table row, its pairs in the batch that is being indexed; 0 between batches */
  readonly #counts: Uint32Array;
  readonly #position: Uint32Array;
  /** of each position, where its next pair goes */
  readonly #next: Uint32Array;

  constructor(
    private readonly people: number,
    tableRows: number,
    batch: number,
  ) {
    this.#counts = new Uint32Array(tableRows);
    this.#position = new Uint32Array(tableRows);
    this.#next = new Uint32Array(2 * batch);
  }

  /** Fills in the rest of the batch. */
  fill(batch: PairBatch): Distinct {
    const { leftRows, rightRows, pairs, others, count } = batch;
    const counts = this.#counts;
    for (let n = 0; n < count; n++) {
      counts[leftRows[n]]++;
      counts[rightRows[n]]++;
    }
    const distinct = this.nameRows(batch);
    const position = this.#position;
    const next = this.#next;
    for (let n = 0; n < count; n++) {
      const a = position[leftRows[n]];
      const b = position[rightRows[n]];
      const atA = next[a]++;
      pairs[atA] = n;
      others[atA] = b;
      const atB = next[b]++;
      pairs[atB] = n;
      others[atB] = a;
    }
    return distinct;
  }

  /** Distinct rows in ascending order: neighbours in memory are worked on one after the other. */
  private nameRows({ rows, indptr }: PairBatch): Distinct {
    const counts = this.#counts;
    const position = this.#position;
    const next = this.#next;
    let distinct = 0;
    let people = 0;
    let at = 0;
    for (let row = 0; row < counts.length; row++) {
      if (row === this.people) people = distinct;
      if (counts[row] === 0) continue;
      rows[distinct] = row;
      position[row] = distinct;
      indptr[distinct] = at;
      next[distinct++] = at;
      at += counts[row];
      counts[row] = 0;
    }
    indptr[distinct] = at;
    return { rows: distinct, people };
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
