/** Scores from the rows of a sparse matrix, which is kept in the kernels' memory. */
import type { Csr } from '../data/csr.ts';
import { instantiateKernelsNow } from './instance.ts';

/** Items of a profile that there is room for at least; a profile has no item twice, so `rows` is enough otherwise. */
const ROOM = 4096;

/** Columns up to this are named by 16 bits. */
const SHORT = 65_536;

/** What sums begin with: factor · values, one value a column. */
export interface Start {
  readonly values: Float32Array;
  readonly factor: number;
}

export class RowScorer {
  readonly #matrix: Omit<Csr, 'indices'> & { readonly indices: Uint16Array | Uint32Array };
  readonly #room: number;
  readonly #items: Uint32Array;
  readonly #weights: Float32Array;
  readonly #out: Float32Array;
  readonly #addRows: (count: number) => void;

  /** @param matrix is copied; its indices must be below `columns` */
  constructor(matrix: Csr) {
    const { rows, columns, indptr, indices, values } = matrix;
    const Indices = columns <= SHORT ? Uint16Array : Uint32Array;
    this.#room = Math.max(ROOM, rows);
    let end = 64;
    const allocate = (length: number, bytes = 4) => {
      const at = end;
      end += Math.ceil((bytes * length) / 64) * 64;
      return at;
    };
    const at = {
      indptr: allocate(rows + 1),
      indices: allocate(indices.length, Indices.BYTES_PER_ELEMENT),
      values: allocate(values.length),
      items: allocate(this.#room),
      weights: allocate(this.#room),
      out: allocate(columns),
    };
    const { kernels, memory } = instantiateKernelsNow(end);
    const { buffer } = memory;
    this.#matrix = {
      rows,
      columns,
      indptr: new Uint32Array(buffer, at.indptr, rows + 1),
      indices: new Indices(buffer, at.indices, indices.length),
      values: new Float32Array(buffer, at.values, values.length),
    };
    this.#matrix.indptr.set(indptr);
    this.#matrix.indices.set(indices);
    this.#matrix.values.set(values);
    this.#items = new Uint32Array(buffer, at.items, this.#room);
    this.#weights = new Float32Array(buffer, at.weights, this.#room);
    this.#out = new Float32Array(buffer, at.out, columns);
    const addRows = columns <= SHORT ? kernels.addShortRows : kernels.addRows;
    this.#addRows = (count) =>
      addRows(at.indptr, at.indices, at.values, at.items, at.weights, count, at.out);
  }

  /**
   * out[j] = start[j] + Σ_p weights[p] · M[items[p], j], rounded to float32 after each term, in the order of p.
   * @param items rows, each at most once; `weights` has at least as many entries
   * @param start default: zeros
   * @returns `out`, which is only good until the next call
   */
  score(items: Uint32Array, weights: Float32Array, start?: Start): Float32Array {
    const { rows } = this.#matrix;
    if (items.length > this.#room)
      throw new RangeError(`RowScorer: ${items.length} items in a profile over ${rows}`);
    for (let p = 0; p < items.length; p++) {
      if (items[p] >= rows)
        throw new RangeError(`RowScorer: the profile names item ${items[p]} of ${rows}`);
      this.#items[p] = items[p];
      this.#weights[p] = weights[p];
    }
    if (start) this.#begin(start);
    else this.#out.fill(0);
    this.#addRows(items.length);
    return this.#out;
  }

  #begin({ values, factor }: Start): void {
    const out = this.#out;
    for (let j = 0; j < out.length; j++) out[j] = factor * values[j];
  }

  /** Adds row `row` to `out`. */
  addRow(row: number, out: Float32Array): void {
    const { indptr, indices, values } = this.#matrix;
    for (let q = indptr[row]; q < indptr[row + 1]; q++) out[indices[q]] += values[q];
  }
}
