/** A table of vectors in the kernels' memory, to multiply with one vector and to add up by weights. */
import { Arena } from './wasm/arena.ts';
import { instantiateKernels } from './wasm/instance.ts';
import type { Kernels } from './wasm/kernels.ts';

export class RowTable {
  /** rows × dimension */
  readonly table: Float32Array;
  /** what `products` multiplies with; dimension entries */
  readonly vector: Float32Array;
  /** the rows that are worked on, what they weigh and what comes of it; each row at most twice */
  readonly rows: Uint32Array;
  readonly weights: Float32Array;
  readonly out: Float32Array;
  /** of `weightedSum` */
  readonly sum: Float32Array;
  readonly #every: number;
  readonly #kernels: Kernels;

  /** @param vectors is copied; a dimension is a multiple of 16 */
  constructor(
    vectors: Float32Array,
    readonly dimension: number,
  ) {
    const rows = vectors.length / dimension;
    const arena = new Arena();
    const { table, every, named, weights, out, vector, sum } = arena.allocateAll({
      table: 4 * rows * dimension,
      every: 4 * rows,
      named: 8 * rows,
      weights: 8 * rows,
      out: 8 * rows,
      vector: 4 * dimension,
      sum: 4 * dimension,
    });
    const { kernels, memory } = instantiateKernels(arena.bytes);
    const f32 = (at: number, length: number) => new Float32Array(memory.buffer, at, length);
    this.#kernels = kernels;
    this.#every = every;
    this.table = f32(table, rows * dimension);
    this.table.set(vectors);
    this.vector = f32(vector, dimension);
    this.rows = new Uint32Array(memory.buffer, named, 2 * rows);
    this.weights = f32(weights, 2 * rows);
    this.out = f32(out, 2 * rows);
    this.sum = f32(sum, dimension);
    new Uint32Array(memory.buffer, every, rows).set(
      Uint32Array.from({ length: rows }, (_, r) => r),
    );
  }

  /** out[n] = table[rows[n]] · vector for n < count */
  products(count: number): void {
    this.multiply(this.rows.byteOffset, count);
  }

  /** A new array of table[r] · vector for every row r. */
  allProducts(): Float32Array {
    const rows = this.table.length / this.dimension;
    this.multiply(this.#every, rows);
    return this.out.slice(0, rows);
  }

  /** sum = Σ_n weights[n] · table[rows[n]] over n < count */
  weightedSum(count: number): void {
    const { table, rows, dimension, weights, sum } = this;
    this.#kernels.weightedRowSum(
      table.byteOffset,
      rows.byteOffset,
      count,
      dimension,
      weights.byteOffset,
      sum.byteOffset,
    );
  }

  private multiply(rows: number, count: number): void {
    const { table, dimension, vector, out } = this;
    this.#kernels.rowProducts(
      table.byteOffset,
      rows,
      count,
      dimension,
      vector.byteOffset,
      out.byteOffset,
    );
  }
}
