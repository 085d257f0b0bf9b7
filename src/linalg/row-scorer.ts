/** Scores from the rows of a sparse matrix, which is kept in the kernels' memory. */
import type { Csr } from '../data/csr.ts';
import { ListTerms, placeTerms } from './list-terms.ts';
import { type PlacedCsr, SHORT } from './placed-csr.ts';
import { type RankedScores, rankedScores } from './ranked-scores.ts';
import { Arena } from './wasm/arena.ts';
import { instantiateKernels } from './wasm/instance.ts';

/** Items of a profile that there is room for at least; a profile has no item twice, so `rows` is enough otherwise. */
const ROOM = 4096;

export class RowScorer {
  /** in the kernels' memory: not to be written to */
  readonly matrix: PlacedCsr;
  /** the last scores: may be written to, and are only good until the next */
  readonly ranked: RankedScores;
  /** what a list says for some columns */
  readonly terms: ListTerms;
  readonly #room: number;
  readonly #items: Uint32Array;
  readonly #weights: Float32Array;
  readonly #addRows: (count: number) => void;
  readonly #begin: (factor: number) => void;

  /**
   * @param matrix is copied; its indices must be below `columns`
   * @param start one number a column: what sums begin with, times a factor; default: zeros
   */
  constructor(matrix: Csr, start?: Float32Array | null) {
    const { rows, columns, indptr, indices, values } = matrix;
    const Indices = columns <= SHORT ? Uint16Array : Uint32Array;
    this.#room = Math.max(ROOM, rows);
    const arena = new Arena();
    const at = arena.allocateAll({
      indptr: 4 * (rows + 1),
      indices: Indices.BYTES_PER_ELEMENT * indices.length,
      values: 4 * values.length,
      items: 4 * this.#room,
      weights: 4 * this.#room,
      out: 4 * columns,
      start: start ? 4 * columns : 0,
      top: 8 * columns,
    });
    const ofTerms = placeTerms(arena, matrix, this.#room);
    const instance = instantiateKernels(arena.bytes);
    const { kernels, memory } = instance;
    const { buffer } = memory;
    this.matrix = {
      rows,
      columns,
      indptr: new Uint32Array(buffer, at.indptr, rows + 1),
      indices: new Indices(buffer, at.indices, indices.length),
      values: new Float32Array(buffer, at.values, values.length),
    };
    this.matrix.indptr.set(indptr);
    this.matrix.indices.set(indices);
    this.matrix.values.set(values);
    this.terms = new ListTerms(instance, this.matrix, { ...at, ...ofTerms });
    this.#items = new Uint32Array(buffer, at.items, this.#room);
    this.#weights = new Float32Array(buffer, at.weights, this.#room);
    this.ranked = rankedScores(instance, columns, at.out, at.top);
    if (start) new Float32Array(buffer, at.start, columns).set(start);
    this.#begin = (factor) => {
      if (start && factor !== 0) kernels.startScores(at.start, factor, columns, at.out);
      else this.ranked.scores.fill(0);
    };
    const addRows = columns <= SHORT ? kernels.addShortRows : kernels.addRows;
    this.#addRows = (count) =>
      addRows(at.indptr, at.indices, at.values, at.items, at.weights, count, at.out);
  }

  /**
   * out[j] = factor · start[j] + Σ_p weights[p] · M[items[p], j], rounded to float32 after each term, in the order of p.
   * @param items rows, each at most once; `weights` has at least as many entries
   * @returns `out`: the scores of `ranked`
   */
  score(items: Uint32Array, weights: Float32Array, factor = 0): Float32Array {
    const { rows } = this.matrix;
    if (items.length > this.#room)
      throw new RangeError(`RowScorer: ${items.length} items in a profile over ${rows}`);
    for (let p = 0; p < items.length; p++) {
      if (items[p] >= rows)
        throw new RangeError(`RowScorer: the profile names item ${items[p]} of ${rows}`);
      this.#items[p] = items[p];
      this.#weights[p] = weights[p];
    }
    this.#begin(factor);
    this.#addRows(items.length);
    return this.ranked.scores;
  }

  /** Adds row `row` to `out`. */
  addRow(row: number, out: Float32Array): void {
    const { indptr, indices, values } = this.matrix;
    for (let q = indptr[row]; q < indptr[row + 1]; q++) out[indices[q]] += values[q];
  }
}
