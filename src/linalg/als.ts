/**
 * Alternating least squares on implicit feedback, in the form of Rendle et al. 2021 ("Revisiting the performance of
 * iALS on item recommendation benchmarks"), with a confidence c for each entry of the sparse matrix:
 *
 *   L(U, V) = Σ_S c·(u·v − 1)² + α₀·ΣΣ(u·v)² + λ·(Σ_u (N_u + α₀·I)^ν·|u|² + Σ_i (N_i + α₀·U)^ν·|v|²)
 *
 * N = a row's or column's number of entries, U and I how many rows and columns there are. A half-sweep holds one side
 * fixed; then each row of the other side is a ridge regression of its own, and all worker threads share them.
 *
 * L does not change when both sides are rotated alike. So each half-sweep first rotates them to where the Gramian of
 * the fixed side is diagonal: the term of all pairs then costs d instead of d² multiplications a row and step, and its
 * diagonal, with the mean diagonal of an entry, preconditions the conjugate gradient so well that from the second
 * sweep on two steps do more for L than three plain ones (measured: docs/models.md, iALS).
 */
import { normal, random } from '../data/random.ts';
import { symmetricEigen } from './eigen.ts';
import { fillRows, type PlacedRows, placeRows, type RowSource } from './gram.ts';
import { Arena } from './wasm/arena.ts';
import { KernelPool, threadCount } from './wasm/pool.ts';

export interface AlsOptions {
  /** d, entries of a factor */
  readonly factors: number;
  /** λ */
  readonly regularization: number;
  /** α₀, the weight of a pair that is no entry */
  readonly alpha: number;
  /** ν, how much more the rows with many entries are regularized */
  readonly nu: number;
  /** of conjugate gradient, a row and half-sweep */
  readonly steps: number;
  readonly seed: number;
}

/** As in Rendle et al.: the factors' first lengths are about this. */
const START = 0.1;
/** Rows whose Gramian is summed up in float32 before it goes to float64. */
const GRAM_ROWS = 1024;
/** A job of the pool ends after so many entries, or so many rows. */
const JOB = { entries: 1 << 16, rows: 4096 } as const;

/** One side of the matrix in the pool's memory. */
interface Side {
  readonly count: number;
  /** pointers: indptr, indices, values */
  readonly entries: PlacedRows['byRow'];
  readonly ridge: number;
  readonly factors: number;
  /** the confidence of each row's entries together */
  readonly totals: Float64Array;
  /** rows at which a job of `solveRows` begins, and the end */
  readonly jobs: readonly number[];
}

export class AlternatingSweeps {
  private constructor(
    private readonly pool: KernelPool,
    private readonly options: AlsOptions,
    private readonly width: number,
    private readonly rows: Side,
    private readonly columns: Side,
    /** pointers; `scratch` and `gram` have one place a thread */
    private readonly at: {
      readonly rotation: number;
      readonly spectrum: number;
      readonly spread: number;
      readonly scratch: readonly number[];
      readonly gram: readonly number[];
    },
  ) {}

  /**
   * @param source the entries' confidences, all above 0
   * @param columns how many columns there are
   */
  static async create(
    source: RowSource,
    columns: number,
    options: AlsOptions,
    { threads, signal }: { threads?: number; signal?: AbortSignal } = {},
  ): Promise<AlternatingSweeps> {
    const { rows } = source;
    const width = paddedWidth(options.factors);
    const arena = new Arena();
    const z = placeRows(arena, [source], columns);
    const placeSide = (entries: Side['entries'], count: number) => ({
      entries,
      ...arena.allocateAll({ ridge: 4 * count, factors: 4 * count * width }),
    });
    const [rowsAt, columnsAt] = [placeSide(z.byRow, rows), placeSide(z.byColumn, columns)];
    const perThread = (floats: number) =>
      Array.from({ length: threadCount(threads) }, () => arena.allocate(4 * floats));
    const at = {
      ...arena.allocateAll({ rotation: 4 * width * width, spectrum: 4 * width, spread: 4 * width }),
      scratch: perThread(5 * width),
      gram: perThread(width * width),
    };
    const pool = await KernelPool.create(arena, { threads, signal });
    fillRows(pool, z, [source], columns);
    const [rowSide, columnSide] = [
      describeSide(pool, rowsAt, rows),
      describeSide(pool, columnsAt, columns),
    ];
    setRidges(pool, rowSide, columns, options);
    setRidges(pool, columnSide, rows, options);
    const sweeps = new AlternatingSweeps(pool, options, width, rowSide, columnSide, at);
    sweeps.start();
    return sweeps;
  }

  /** Rows given the columns. */
  solveRows(): Promise<void> {
    return this.solve(this.rows, this.columns);
  }

  /** Columns given the rows. */
  solveColumns(): Promise<void> {
    return this.solve(this.columns, this.rows);
  }

  /** rows × factors, row-major */
  rowFactors(): Float32Array {
    return this.factorsOf(this.rows);
  }

  /** columns × factors, row-major */
  columnFactors(): Float32Array {
    return this.factorsOf(this.columns);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Columns begin at random, rows at 0; so do columns without entries. */
  private start(): void {
    const { factors: size, seed } = this.options;
    const { factors, count, totals } = this.columns;
    const uniform = random(seed);
    const values = this.pool.f32(factors, count * this.width);
    for (let c = 0; c < count; c++) {
      for (let k = 0; k < size; k++) {
        const drawn = (START / Math.sqrt(size)) * normal(uniform);
        if (totals[c] > 0) values[c * this.width + k] = drawn;
      }
    }
  }

  private async solve(side: Side, others: Side): Promise<void> {
    await this.diagonalize(side, others);
    const { pool, width, options, at } = this;
    await pool.run(
      side.jobs.length - 1,
      (job, slot) => ({
        kernel: 'solveRows',
        args: [
          ...side.entries,
          side.ridge,
          side.jobs[job],
          side.jobs[job + 1],
          others.factors,
          width,
          at.spectrum,
          at.spread,
          options.steps,
          side.factors,
          at.scratch[slot],
        ],
      }),
      () => undefined,
    );
  }

  /** Rotates both sides so that α₀·VᵀV of the fixed side is diagonal: the spectrum. */
  private async diagonalize(side: Side, others: Side): Promise<void> {
    const { pool, width, at } = this;
    const { factors: size, alpha } = this.options;
    const { values, vectors } = symmetricEigen(await this.gram(others), size);
    const rotation = pool.f32(at.rotation, width * width);
    for (let a = 0; a < size; a++)
      for (let k = 0; k < size; k++) rotation[a * width + k] = vectors[a * size + k];
    await this.rotate(side);
    await this.rotate(others);
    // An eigenvalue of a Gramian is below 0 only by rounding.
    pool.f32(at.spectrum, size).set(values.map((value) => alpha * Math.max(0, value)));
    this.measureSpread(others);
  }

  /** VᵀV, lower triangle. Parts are added in a fixed order, so the number of threads does not change the sum. */
  private async gram({ factors, count }: Side): Promise<Float64Array> {
    const { pool, width, at } = this;
    const { factors: size } = this.options;
    const parts: Float32Array[] = [];
    await pool.run(
      Math.ceil(count / GRAM_ROWS),
      (job, slot) => {
        const from = job * GRAM_ROWS;
        const to = Math.min(count, from + GRAM_ROWS);
        return { kernel: 'factorGram', args: [factors, from, to, width, at.gram[slot]] };
      },
      (job, slot) => {
        parts[job] = pool.f32(at.gram[slot], width * width).slice();
      },
    );
    const sum = new Float64Array(size * size);
    for (const part of parts) {
      for (let a = 0; a < size; a++)
        for (let b = 0; b <= a; b++) sum[a * size + b] += part[a * width + b];
    }
    return sum;
  }

  private async rotate({ factors, count }: Side): Promise<void> {
    const { pool, width, at } = this;
    await pool.run(
      Math.ceil(count / JOB.rows),
      (job, slot) => {
        const from = job * JOB.rows;
        const to = Math.min(count, from + JOB.rows);
        return {
          kernel: 'rotateRows',
          args: [factors, from, to, width, at.rotation, at.scratch[slot]],
        };
      },
      () => undefined,
    );
  }

  /** spread[k] = Σ W_i·v_ik² / ΣW: what an entry of confidence 1 adds to A's diagonal on average. */
  private measureSpread({ factors, count, totals }: Side): void {
    const { pool, width, at } = this;
    const values = pool.f32(factors, count * width);
    const sums = new Float64Array(width);
    let all = 0;
    for (let i = 0, p = 0; i < count; i++) {
      all += totals[i];
      for (let k = 0; k < width; k++, p++) sums[k] += totals[i] * values[p] * values[p];
    }
    pool.f32(at.spread, width).set(sums.map((sum) => (all > 0 ? sum / all : 0)));
  }

  private factorsOf({ factors, count }: Side): Float32Array {
    const { factors: size } = this.options;
    const padded = this.pool.f32(factors, count * this.width);
    const out = new Float32Array(count * size);
    for (let r = 0; r < count; r++)
      out.set(padded.subarray(r * this.width, r * this.width + size), r * size);
    return out;
  }
}

/** λ·(N + α₀·others)^ν of a row with N entries. */
export function ridgeOf(
  { regularization, alpha, nu }: Pick<AlsOptions, 'regularization' | 'alpha' | 'nu'>,
  entries: number,
  others: number,
): number {
  return regularization * (entries + alpha * others) ** nu;
}

/** The kernels take rows of a multiple of 8 floats; what is added stays 0. */
export function paddedWidth(factors: number): number {
  return Math.ceil(factors / 8) * 8;
}

function setRidges(
  pool: KernelPool,
  { entries, ridge, count }: Side,
  others: number,
  options: AlsOptions,
): void {
  const indptr = pool.u32(entries[0], count + 1);
  const ridges = pool.f32(ridge, count);
  for (let r = 0; r < count; r++) ridges[r] = ridgeOf(options, indptr[r + 1] - indptr[r], others);
}

function describeSide(
  pool: KernelPool,
  pointers: Pick<Side, 'entries' | 'ridge' | 'factors'>,
  count: number,
): Side {
  const { entries } = pointers;
  const indptr = pool.u32(entries[0], count + 1);
  const values = pool.f32(entries[2], indptr[count]);
  const totals = new Float64Array(count);
  const jobs = [0];
  for (let r = 0; r < count; r++) {
    for (let p = indptr[r]; p < indptr[r + 1]; p++) totals[r] += values[p];
    const from = jobs[jobs.length - 1];
    if (indptr[r + 1] - indptr[from] >= JOB.entries || r + 1 - from >= JOB.rows) jobs.push(r + 1);
  }
  if (jobs[jobs.length - 1] < count) jobs.push(count);
  return { ...pointers, count, totals, jobs };
}
