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
import { createMatmul, type Matmul } from './matmul.ts';
import type { ColumnPanels } from './panels.ts';

export interface InvertOptions {
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Overwrites `matrix` with its inverse.
 * @throws OsusumeError when the matrix is not positive definite (it is then destroyed)
 */
export async function invert(matrix: ColumnPanels, { threads = 0, progress = NO_PROGRESS, signal }: InvertOptions = {}): Promise<void> {
  const matmul = await createMatmul(threads);
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
  let spare: Float32Array = new Float32Array(matrix.panels[0]?.length ?? 0);
  for (let k = 0; k < matrix.count; k++) {
    const panel = matrix.panels[k];
    const from = matrix.from(k);
    const columns = matrix.columns(k);
    const rows = matrix.size - from;
    for (let j = 0; j < k; j++) {
      const left = { data: matrix.rows(j, from), rows, columns: matrix.columns(j) };
      const top = { data: matrix.rows(j, from, from + columns), rows: columns, columns: matrix.columns(j) };
      await matmul.subtractTransposed(left, top, panel);
    }
    const result = spare.subarray(0, panel.length);
    const inverse = result.subarray(0, columns * columns);
    invertDiagonalBlock(panel, columns, from, block, inverse);
    const below = { data: panel.subarray(columns * columns), rows: rows - columns, columns };
    await matmul.multiplyTransposed(below, { data: inverse, rows: columns, columns }, result.subarray(columns * columns));
    matrix.panels[k] = result;
    spare = panel;
    tick();
  }
}

/** The inverse of the block's Cholesky factor, by way of float64. */
function invertDiagonalBlock(panel: Float32Array, size: number, from: number, { kernels, memory }: KernelInstance, out: Float32Array): void {
  const block = new Float64Array(memory.buffer, 0, size * size);
  block.set(panel.subarray(0, size * size));
  const failed = kernels.choleskyBlock(0, size);
  if (failed) {
    throw new OsusumeError(
      `The item matrix is not positive definite (at item ${from + failed - 1}): raise the regularization, or look for NaN in the weights`,
    );
  }
  kernels.invertLowerBlock(0, size, 8 * size * size);
  out.set(new Float64Array(memory.buffer, 8 * size * size, size * size));
}

/** Step 2: X over L. */
async function invertTriangle(matrix: ColumnPanels, matmul: Matmul, tick: Tick): Promise<void> {
  const rowBlock = new Float32Array(matrix.width * matrix.size);
  const product = new Float32Array(matrix.width ** 2);
  for (let k = 1; k < matrix.count; k++) {
    const from = matrix.from(k);
    const height = matrix.columns(k);
    const inverse = { data: matrix.rows(k, from, from + height), rows: height, columns: height };
    for (let i = 0; i < k; i++) transposeTile(matrix.rows(i, from, from + height), matrix.width, height, rowBlock.subarray(matrix.from(i) * height));
    for (let j = 0; j < k; j++) {
      const rows = from - matrix.from(j);
      const left = { data: rowBlock.subarray(matrix.from(j) * height, from * height), rows, columns: height };
      const right = { data: matrix.rows(j, matrix.from(j), from), rows, columns: matrix.width };
      const sum = product.subarray(0, height * matrix.width);
      await matmul.transposedMultiply(left, right, sum);
      await matmul.multiplyNegated(inverse, { data: sum, rows: height, columns: matrix.width }, matrix.rows(j, from, from + height));
    }
    tick();
  }
}

/** out[c · rows + r] = tile[r · columns + c] */
function transposeTile(tile: Float32Array, columns: number, rows: number, out: Float32Array): void {
  for (let r0 = 0; r0 < rows; r0 += 16) {
    const r1 = Math.min(rows, r0 + 16);
    for (let c = 0; c < columns; c++) for (let r = r0; r < r1; r++) out[c * rows + r] = tile[r * columns + c];
  }
}

/** Step 3: the lower triangle of P over X. */
async function multiplyByTranspose(matrix: ColumnPanels, matmul: Matmul, tick: Tick): Promise<void> {
  const product = new Float32Array(matrix.width ** 2);
  for (let i = 0; i < matrix.count; i++) {
    const from = matrix.from(i);
    const height = matrix.columns(i);
    const rows = matrix.size - from;
    for (let j = 0; j <= i; j++) {
      const left = { data: matrix.rows(i, from), rows, columns: height };
      const right = { data: matrix.rows(j, from), rows, columns: matrix.columns(j) };
      const tile = product.subarray(0, height * matrix.columns(j));
      await matmul.transposedMultiply(left, right, tile);
      matrix.rows(j, from, from + height).set(tile);
    }
    tick();
  }
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
