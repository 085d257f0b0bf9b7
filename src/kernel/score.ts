/** Scores from the rows of a sparse matrix, which is kept in the kernels' memory. */
import type { Csr } from '../data/csr.ts';
import { instantiateKernelsNow } from './instance.ts';
import type { Kernels } from './kernels.ts';

/** Items of a profile that there is room for at least; a profile has no item twice, so `rows` is enough otherwise. */
const ROOM = 4096;

export class RowScorer {
  readonly #matrix: Csr;
  readonly #pointers: {
    indptr: number;
    indices: number;
    values: number;
    items: number;
    weights: number;
    out: number;
  };
  readonly #kernels: Kernels;
  readonly #room: number;
  readonly #items: Uint32Array;
  readonly #weights: Float32Array;
  readonly #out: Float32Array;

  /** @param matrix is copied; its indices must be below `columns` */
  constructor(matrix: Csr) {
    const { rows, columns, indptr, indices, values } = matrix;
    this.#room = Math.max(ROOM, rows);
    let end = 64;
    const allocate = (length: number) => {
      const at = end;
      end += Math.ceil((4 * length) / 64) * 64;
      return at;
    };
    const pointers = {
      indptr: allocate(rows + 1),
      indices: allocate(indices.length),
      values: allocate(values.length),
      items: allocate(this.#room),
      weights: allocate(this.#room),
      out: allocate(columns),
    };
    const { kernels, memory } = instantiateKernelsNow(end);
    const { buffer } = memory;
    this.#kernels = kernels;
    this.#pointers = pointers;
    this.#matrix = {
      rows,
      columns,
      indptr: new Uint32Array(buffer, pointers.indptr, rows + 1),
      indices: new Uint32Array(buffer, pointers.indices, indices.length),
      values: new Float32Array(buffer, pointers.values, values.length),
    };
    this.#matrix.indptr.set(indptr);
    this.#matrix.indices.set(indices);
    this.#matrix.values.set(values);
    this.#items = new Uint32Array(buffer, pointers.items, this.#room);
    this.#weights = new Float32Array(buffer, pointers.weights, this.#room);
    this.#out = new Float32Array(buffer, pointers.out, columns);
  }

  /**
   * out[j] = Σ_p weights[p] · M[items[p], j], rounded to float32 after each term, in the order of p.
   * @param items rows, each at most once; `weights` has at least as many entries
   * @returns `out`
   */
  score(items: Uint32Array, weights: Float32Array, out: Float32Array): Float32Array {
    const { rows, columns } = this.#matrix;
    if (out.length !== columns)
      throw new RangeError(`RowScorer: out has ${out.length} entries, expected ${columns}`);
    if (items.length > this.#room)
      throw new RangeError(`RowScorer: ${items.length} items in a profile over ${rows}`);
    for (let p = 0; p < items.length; p++) {
      if (items[p] >= rows)
        throw new RangeError(`RowScorer: the profile names item ${items[p]} of ${rows}`);
      this.#items[p] = items[p];
      this.#weights[p] = weights[p];
    }
    this.#out.fill(0);
    const at = this.#pointers;
    this.#kernels.addRows(
      at.indptr,
      at.indices,
      at.values,
      at.items,
      at.weights,
      items.length,
      at.out,
    );
    out.set(this.#out);
    return out;
  }

  /** Adds row `row` to `out`. */
  addRow(row: number, out: Float32Array): void {
    const { indptr, indices, values } = this.#matrix;
    for (let q = indptr[row]; q < indptr[row + 1]; q++) out[indices[q]] += values[q];
  }
}
