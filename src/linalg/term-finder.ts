/** Which terms of the sums Σ_i x_i · M[row,i] are the strongest, from a sparse matrix kept in the kernels' memory. */
import type { Csr } from '../data/csr.ts';
import { longestRow, type PlacedCsr, SHORT } from './placed-csr.ts';
import { Arena } from './wasm/arena.ts';
import { instantiateKernels } from './wasm/instance.ts';

/** The strongest terms of several sums, one sum after the other. */
export interface Terms {
  /** of the n-th sum: its terms stand from ends[n - 1] (0 for the first) up to ends[n] */
  readonly ends: readonly number[];
  /** columns of the terms, strongest first */
  readonly items: readonly number[];
  /** x_i · M[row,i], rounded to float32, times the factor of the sum */
  readonly parts: readonly number[];
  /** of each sum, the terms that are left out too */
  readonly totals: readonly number[];
}

export class TermFinder {
  /** in the kernels' memory: not to be written to */
  readonly matrix: PlacedCsr;
  /** x by column, all zeros between calls: a caller that writes into it must clear it again */
  readonly weightOf: Float32Array;
  readonly #out: { items: Uint32Array; parts: Float32Array; total: Float64Array };
  readonly #find: (row: number, limit: number) => number;
  readonly #longest: number;

  /** @param matrix is copied; its indices must be below `columns` */
  constructor(matrix: Csr) {
    const { rows, columns, indptr, indices, values } = matrix;
    const Indices = columns <= SHORT ? Uint16Array : Uint32Array;
    const longest = longestRow(matrix);
    const arena = new Arena();
    const at = arena.allocateAll({
      total: 8,
      // the kernel reads four at a time
      indices: Indices.BYTES_PER_ELEMENT * (indices.length + 3),
      values: 4 * (values.length + 3),
      weightOf: 4 * columns,
      items: 4 * longest,
      parts: 4 * longest,
    });
    const { kernels, memory } = instantiateKernels(arena.bytes);
    const { buffer } = memory;
    this.matrix = {
      rows,
      columns,
      indptr,
      indices: new Indices(buffer, at.indices, indices.length),
      values: new Float32Array(buffer, at.values, values.length),
    };
    this.matrix.indices.set(indices);
    this.matrix.values.set(values);
    this.weightOf = new Float32Array(buffer, at.weightOf, columns);
    this.#longest = longest;
    this.#out = {
      items: new Uint32Array(buffer, at.items, longest),
      parts: new Float32Array(buffer, at.parts, longest),
      total: new Float64Array(buffer, at.total, 1),
    };
    const find = columns <= SHORT ? kernels.strongestShortTerms : kernels.strongestTerms;
    this.#find = (row, limit) => {
      const from = indptr[row];
      return find(
        at.indices + Indices.BYTES_PER_ELEMENT * from,
        at.values + 4 * from,
        indptr[row + 1] - from,
        at.weightOf,
        limit,
        at.items,
        at.parts,
        at.total,
      );
    };
  }

  /**
   * Of each of `rows` the at most `limit` terms that add most; terms of 0 are none.
   * @param factorOf what a row's terms are multiplied by, above 0
   */
  find(rows: ArrayLike<number>, limit: number, factorOf: (row: number) => number = () => 1): Terms {
    const most = Math.min(limit, this.#longest);
    const ends: number[] = [];
    const items: number[] = [];
    const parts: number[] = [];
    const totals: number[] = [];
    const out = this.#out;
    for (let n = 0; n < rows.length; n++) {
      const kept = this.#find(rows[n], most);
      const factor = factorOf(rows[n]);
      for (let term = 0; term < kept; term++) {
        items.push(out.items[term]);
        parts.push(factor * out.parts[term]);
      }
      ends.push(items.length);
      totals.push(factor * out.total[0]);
    }
    return { ends, items, parts, totals };
  }
}
