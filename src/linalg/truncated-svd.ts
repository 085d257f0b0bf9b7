/**
 * The largest singular values of a sparse matrix F and their left vectors, by randomised subspace iteration (Halko,
 * Martinsson & Tropp 2011, algorithms 4.4 and 5.3):
 *
 *   Q ← random, rows × (rank + oversampling);   a few times:  Q ← orth(F(FᵀQ))
 *   (FᵀQ)ᵀ(FᵀQ) = VΛVᵀ,   U = QV,   Σ = √Λ
 *
 * orth(Y) = Y·V·Λ^(−½) from YᵀY = VΛVᵀ in float64, directions of no length left out: F may have any rank. Plain loops
 * on one thread: the same seed gives the same vectors everywhere.
 */
import { type Csr, transpose } from '../data/csr.ts';
import { normal, random } from '../data/random.ts';
import { InterruptedError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { symmetricEigen } from './eigen.ts';

export interface SvdOptions {
  readonly rank: number;
  /** directions more than asked for while iterating: the last ones asked for converge faster */
  readonly oversampling: number;
  readonly iterations: number;
  readonly seed: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

export interface TruncatedSvd {
  /** as asked for, or fewer when F has no more */
  readonly rank: number;
  /** singular values, descending */
  readonly values: Float64Array;
  /** U: rows × rank, row-major */
  readonly left: Float32Array;
}

/** rows × columns, row-major. */
interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** An eigenvalue below this share of the largest is rounding of float32, not a direction. */
const NEGLIGIBLE = 1e-10;

export function truncatedSvd(matrix: Csr, options: SvdOptions): TruncatedSvd {
  const { rank, oversampling, iterations, seed, progress = NO_PROGRESS, signal } = options;
  const transposed = transpose(matrix);
  const columns = Math.min(rank + oversampling, matrix.rows, matrix.columns);
  progress.step('singular vectors', iterations, 'rounds');
  let q = randomDense(matrix.rows, columns, seed);
  for (let round = 1; round <= iterations; round++) {
    if (signal?.aborted) throw new InterruptedError('Interrupted while finding singular vectors');
    q = orthonormal(sparseTimes(matrix, sparseTimes(transposed, q)));
    progress.update(round);
  }
  const { values, vectors } = gramEigen(sparseTimes(transposed, q));
  const kept = Math.min(rank, countAbove(values, NEGLIGIBLE));
  const left = times(q, vectors, new Float64Array(kept).fill(1));
  return { rank: kept, values: values.slice(0, kept).map(Math.sqrt), left: left.data };
}

function randomDense(rows: number, columns: number, seed: number): Dense {
  const uniform = random(seed);
  return { rows, columns, data: new Float32Array(rows * columns).map(() => normal(uniform)) };
}

/** A · B for sparse A. */
function sparseTimes({ rows, indptr, indices, values }: Csr, b: Dense): Dense {
  const { columns } = b;
  const data = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const out = data.subarray(r * columns, (r + 1) * columns);
    for (let p = indptr[r]; p < indptr[r + 1]; p++) {
      const value = values[p];
      const at = indices[p] * columns;
      for (let c = 0; c < columns; c++) out[c] += value * b.data[at + c];
    }
  }
  return { rows, columns, data };
}

/** An orthonormal basis of the columns of Y. */
function orthonormal(y: Dense): Dense {
  const { values, vectors } = gramEigen(y);
  const scale = values
    .slice(0, countAbove(values, NEGLIGIBLE))
    .map((value) => 1 / Math.sqrt(value));
  return times(y, vectors, scale);
}

/** Eigenvalues and vectors of YᵀY. */
function gramEigen({ rows, columns: n, data }: Dense) {
  const gram = new Float64Array(n * n);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < n; i++) {
      const value = data[r * n + i];
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) gram[i * n + j] += value * data[r * n + j];
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[j * n + i] = gram[i * n + j];
  return symmetricEigen(gram, n);
}

/** Y times the first columns of V (square), each column scaled. */
function times({ rows, columns: n, data }: Dense, v: Float64Array, scale: Float64Array): Dense {
  const columns = scale.length;
  const out = new Float32Array(rows * columns);
  const sums = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const value = data[r * n + i];
      for (let c = 0; c < columns; c++) sums[c] += value * v[i * n + c];
    }
    for (let c = 0; c < columns; c++) out[r * columns + c] = sums[c] * scale[c];
  }
  return { rows, columns, data: out };
}

/** How many of the descending values are above `share` of the first. */
function countAbove(values: Float64Array, share: number): number {
  let count = 0;
  while (count < values.length && values[count] > share * values[0] && values[count] > 0) count++;
  return count;
}
