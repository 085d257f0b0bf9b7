/**
 * The inverse of a symmetric positive definite matrix in float32, in place, nearly all of it matrix products
 * (n³ floating point operations):
 *
 *   1. G = L·Lᵀ        blocked Cholesky, left-looking; each diagonal block in float64
 *   2. X = L⁻¹         row block k of X over L:  X_k,j = −D_k · Σ_{j ≤ i < k} L_k,i · X_i,j,  D_k = L_k,k⁻¹
 *   3. P = Xᵀ·X        row block i of P over X:  P_i,j = Σ_{k ≥ i} X_k,iᵀ · X_k,j
 *
 * Error against float64 at 8,000 titles about 2·10⁻⁶. Inverting by recursion on 2 × 2 blocks (Schur complements)
 * would be shorter and is not stable in float32: its error grows 30–100 times a level.
 */
import { InterruptedError, OsusumeError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../terminal/progress.ts';
import { instantiateKernels, type KernelInstance } from './instance.ts';
import { Matmul, type Matrix, type Product } from './matmul.ts';
import { type ColumnPanels, sharedFloats } from './panels.ts';

export interface InvertOptions {
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Rows of a panel that one worker handles at a time in step 1. */
const CHUNK_ROWS = 1024;

/**
 * Overwrites `matrix` with its inverse.
 * @throws OsusumeError when the matrix is not positive definite (it is then destroyed)
 */
export async function invert(
  matrix: ColumnPanels,
  { threads = 0, progress = NO_PROGRESS, signal }: InvertOptions = {},
): Promise<void> {
  const matmul = Matmul.create(threads);
  const tick = ticker(matrix.count, progress, signal);
  try {
    await factor(matrix, matmul, tick);
    await invertTriangle(matrix, matmul, tick);
    await multiplyByTranspose(matrix, matmul, tick);
  } finally {
    await matmul.close();
  }
}

/** Step 1: L over G, except that D_k stands in the place of L_k,k: only D_k is needed later. */
async function factor(matrix: ColumnPanels, matmul: Matmul, tick: Tick): Promise<void> {
  const block = await instantiateKernels(2 * 8 * matrix.width ** 2);
  for (let k = 0; k < matrix.count; k++) {
    const from = matrix.from(k);
    const to = from + matrix.columns(k);
    // The diagonal block first: while the workers go on below it, it is factored here.
    const chunks = [[from, to], ...chunksOf(to, matrix.size)];
    if (k === 0) invertDiagonalBlock(matrix, k, block);
    await matmul.multiply(
      k === 0 ? [] : chunks.map(([first, last]) => subtractEarlier(matrix, k, first, last)),
      (chunk) => {
        if (chunk === 0) invertDiagonalBlock(matrix, k, block);
      },
    );
    const inverse = tile(matrix, k, k);
    await matmul.multiply(
      chunksOf(to, matrix.size).map(([first, last]): Product => {
        const out = matrix.rows(k, first, last);
        const below = { data: out, rows: last - first, columns: inverse.columns };
        return { kind: 'transposedB', terms: [{ a: below, b: inverse }], out };
      }),
    );
    tick();
  }
}

/** Rows [first, last) of panel k −= Σ_{j < k} L_rows,j · L_k,jᵀ */
function subtractEarlier(matrix: ColumnPanels, k: number, first: number, last: number): Product {
  const terms = Array.from({ length: k }, (_, j) => ({
    a: { data: matrix.rows(j, first, last), rows: last - first, columns: matrix.columns(j) },
    b: tile(matrix, k, j),
  }));
  return { kind: 'subtractTransposedB', terms, out: matrix.rows(k, first, last) };
}

/** The inverse of a diagonal block's Cholesky factor over the block, by way of float64. */
function invertDiagonalBlock(
  matrix: ColumnPanels,
  k: number,
  { kernels, memory }: KernelInstance,
): void {
  const { data, rows: size } = tile(matrix, k, k);
  new Float64Array(memory.buffer, 0, size * size).set(data);
  const failed = kernels.choleskyBlock(0, size);
  if (failed) {
    throw new OsusumeError(
      `The item matrix is not positive definite (at item ${matrix.from(k) + failed - 1}): raise the regularization, or look for NaN in the weights`,
    );
  }
  kernels.invertLowerBlock(0, size, 8 * size * size);
  data.set(new Float64Array(memory.buffer, 8 * size * size, size * size));
}

/** Step 2: X over L. */
async function invertTriangle(matrix: ColumnPanels, matmul: Matmul, tick: Tick): Promise<void> {
  const rowBlock = sharedFloats(matrix.width * matrix.size);
  const sums = sharedFloats(matrix.width * matrix.size);
  for (let k = 1; k < matrix.count; k++) {
    const from = matrix.from(k);
    const height = matrix.columns(k);
    // Row block k of L, transposed, is set aside: X takes its place.
    for (let i = 0; i < k; i++)
      transposeTile(tile(matrix, k, i), rowBlock.subarray(matrix.from(i) * height));
    const sum = (j: number) => sums.subarray(matrix.from(j) * height, matrix.from(j + 1) * height);
    const earlier = Array.from({ length: k }, (_, j) => j);
    await matmul.multiply(
      earlier.map((j): Product => {
        const rows = from - matrix.from(j);
        const a = {
          data: rowBlock.subarray(matrix.from(j) * height, from * height),
          rows,
          columns: height,
        };
        const b = { data: matrix.rows(j, matrix.from(j), from), rows, columns: matrix.width };
        return { kind: 'transposedA', terms: [{ a, b }], out: sum(j) };
      }),
    );
    await matmul.multiply(
      earlier.map((j): Product => {
        const b = { data: sum(j), rows: height, columns: matrix.width };
        return {
          kind: 'negated',
          terms: [{ a: tile(matrix, k, k), b, keepA: `D${k}` }],
          out: tile(matrix, k, j).data,
        };
      }),
    );
    tick();
  }
}

/** Step 3: the lower triangle of P over X. */
async function multiplyByTranspose(
  matrix: ColumnPanels,
  matmul: Matmul,
  tick: Tick,
): Promise<void> {
  const aside = sharedFloats(matrix.width * matrix.size);
  for (let i = 0; i < matrix.count; i++) {
    const from = matrix.from(i);
    const rows = matrix.size - from;
    // Column block i of X is set aside: the last product of this row of P takes the place of X_i,i.
    const left = aside.subarray(0, matrix.panels[i].length);
    left.set(matrix.panels[i]);
    const a = { data: left, rows, columns: matrix.columns(i) };
    await matmul.multiply(
      Array.from({ length: i + 1 }, (_, j): Product => {
        const b = { data: matrix.rows(j, from), rows, columns: matrix.columns(j) };
        return {
          kind: 'transposedA',
          terms: [{ a, b, keepA: `X${i}` }],
          out: tile(matrix, i, j).data,
        };
      }),
    );
    tick();
  }
}

/** Block (i, j) of the matrix, i ≥ j. */
function tile(matrix: ColumnPanels, i: number, j: number): Matrix {
  const from = matrix.from(i);
  const rows = matrix.columns(i);
  return { data: matrix.rows(j, from, from + rows), rows, columns: matrix.columns(j) };
}

/** out[c · rows + r] = tile[r, c] */
function transposeTile({ data, rows, columns }: Matrix, out: Float32Array): void {
  for (let r0 = 0; r0 < rows; r0 += 16) {
    const r1 = Math.min(rows, r0 + 16);
    for (let c = 0; c < columns; c++)
      for (let r = r0; r < r1; r++) out[c * rows + r] = data[r * columns + c];
  }
}

function chunksOf(from: number, to: number): [number, number][] {
  const chunks: [number, number][] = [];
  for (let first = from; first < to; first += CHUNK_ROWS)
    chunks.push([first, Math.min(to, first + CHUNK_ROWS)]);
  return chunks;
}

type Tick = () => void;

/** Counts finished row or column blocks of the three steps, and stops when asked to. */
function ticker(count: number, progress: Progress, signal: AbortSignal | undefined): Tick {
  let done = 0;
  progress.step('inverting the item matrix', 3 * count, 'blocks');
  return () => {
    if (signal?.aborted) throw new InterruptedError('Interrupted while inverting the item matrix');
    progress.update(++done);
  };
}
