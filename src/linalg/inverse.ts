/**
 * The inverse of a symmetric positive definite matrix in float32, in place, nearly all of it matrix products
 * (n³ floating point operations):
 *
 *   1. G = L·Lᵀ        blocked Cholesky, left-looking; each diagonal block in float64
 *   2. X = L⁻¹         row block k of X over L:  X_k,j = −D_k · Σ_{j ≤ i < k} L_k,i · X_i,j,  D_k = L_k,k⁻¹
 *   3. P = Xᵀ·X        row block i of P over X:  P_i,j = Σ_{k ≥ i} X_k,iᵀ · X_k,j
 *
 * Blocks of X, D_k among them, are stored transposed: so all large products are A·B or A·Bᵀ, the fast forms.
 *
 * Error against float64 at 8,000 titles about 2·10⁻⁶. Inverting by recursion on 2 × 2 blocks (Schur complements)
 * would be shorter and is not stable in float32: its error grows 30–100 times a level.
 */
import { InterruptedError } from '../error.ts';
import { NO_PROGRESS, type Progress } from '../progress.ts';
import { type BlockSymmetricMatrix, sharedFloats } from './block-symmetric-matrix.ts';
import { Matmul, type Matrix, type Task } from './matmul.ts';

export interface InvertOptions {
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Rows of a panel that one worker handles at a time in step 1, at most. */
const CHUNK_ROWS = 1056;

/**
 * Overwrites `matrix` with its inverse.
 * @throws OsusumeError when the matrix is not positive definite (it is then destroyed)
 */
export async function invert(
  matrix: BlockSymmetricMatrix,
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

/** Step 1: L over G, except that D_kᵀ stands in the place of L_k,k: only D_k is needed later. */
async function factor(matrix: BlockSymmetricMatrix, matmul: Matmul, tick: Tick): Promise<void> {
  for (let k = 0; k < matrix.count; k++) {
    const from = matrix.from(k);
    const to = from + matrix.columns(k);
    const chunks = chunksOf(to, matrix.size);
    // The diagonal block first: while one worker factors it, the others go on below it.
    await matmul.run([
      [
        ...subtractEarlier(matrix, k, from, to),
        { kind: 'factor', block: block(matrix, k, k), item: from },
      ],
      ...chunks.map(([first, last]) => subtractEarlier(matrix, k, first, last)),
    ]);
    const inverse = { parts: [block(matrix, k, k)], keep: `D${k}` };
    await matmul.run(
      chunks.map(([first, last]): Task[] => {
        const out = rowsOf(matrix, k, first, last);
        return [{ kind: 'plain', a: { parts: [out] }, b: inverse, out }];
      }),
    );
    tick();
  }
}

/** Rows [first, last) of panel k −= Σ_{j < k} L_rows,j · L_k,jᵀ */
function subtractEarlier(
  matrix: BlockSymmetricMatrix,
  k: number,
  first: number,
  last: number,
): Task[] {
  if (k === 0) return [];
  const earlier = range(0, k);
  const a = { parts: earlier.map((j) => rowsOf(matrix, j, first, last)) };
  const b = { parts: earlier.map((j) => block(matrix, k, j)), keep: `L${k}` };
  return [{ kind: 'subtractTransposedB', a, b, out: rowsOf(matrix, k, first, last) }];
}

/** Step 2: Xᵀ, block by block, over L. */
async function invertTriangle(
  matrix: BlockSymmetricMatrix,
  matmul: Matmul,
  tick: Tick,
): Promise<void> {
  const space = sharedFloats(matrix.width * matrix.size);
  for (let k = 1; k < matrix.count; k++) {
    const rows = matrix.from(k);
    const columns = matrix.columns(k);
    const earlier = range(0, k);
    // S = −(D_k·L_k,:)ᵀ is set aside: row block k of X takes the place of that of L.
    const scaled = { data: space.subarray(0, rows * columns), rows, columns };
    const inverse = { parts: [block(matrix, k, k)], keep: `D${k}` };
    await matmul.run(
      earlier.map((i): Task[] => {
        const data = scaled.data.subarray(matrix.from(i) * columns, matrix.from(i + 1) * columns);
        const out = { data, rows: matrix.width, columns };
        return [
          { kind: 'negatedTransposedA', a: { parts: [block(matrix, k, i)] }, b: inverse, out },
        ];
      }),
    );
    // X_k,jᵀ = Σ X_i,jᵀ · S_i
    await matmul.run(
      earlier.map((j): Task[] => {
        const a = { parts: range(j, k).map((i) => transposedBlock(matrix, i, j)) };
        const b = { parts: [scaled], keep: `S${k}`, fromRow: matrix.from(j) };
        return [{ kind: 'plain', a, b, out: transposedBlock(matrix, k, j) }];
      }),
    );
    tick();
  }
}

/** Step 3: the lower triangle of P over Xᵀ. */
async function multiplyByTranspose(
  matrix: BlockSymmetricMatrix,
  matmul: Matmul,
  tick: Tick,
): Promise<void> {
  const space = sharedFloats(matrix.width ** 2);
  for (let i = 0; i < matrix.count; i++) {
    // All products of this row of P read X_i,i, and the last one takes its place.
    const own = block(matrix, i, i);
    const aside = { ...own, data: space.subarray(0, own.data.length) };
    aside.data.set(own.data);
    const column = (j: number) =>
      range(i, matrix.count).map((k) => (k === j ? aside : transposedBlock(matrix, k, j)));
    const a = { parts: column(i), keep: `X${i}` };
    await matmul.run(
      range(0, i + 1).map((j): Task[] => [
        { kind: 'transposedB', a, b: { parts: column(j) }, out: block(matrix, i, j) },
      ]),
    );
    tick();
  }
}

/** Block (i, j) of the matrix, i ≥ j. */
function block(matrix: BlockSymmetricMatrix, i: number, j: number): Matrix {
  return rowsOf(matrix, j, matrix.from(i), matrix.from(i) + matrix.columns(i));
}

/** The place of block (i, j), where its transpose is stored. */
function transposedBlock(matrix: BlockSymmetricMatrix, i: number, j: number): Matrix {
  const { data, rows, columns } = block(matrix, i, j);
  return { data, rows: columns, columns: rows };
}

/** Rows [first, last) of panel k. */
function rowsOf(matrix: BlockSymmetricMatrix, k: number, first: number, last: number): Matrix {
  return {
    data: matrix.rows(k, first, last),
    rows: last - first,
    columns: matrix.columns(k),
  };
}

/** An even number of chunks: two workers finish together. */
function chunksOf(from: number, to: number): [number, number][] {
  const count = 2 * Math.ceil((to - from) / (2 * CHUNK_ROWS));
  const rows = Math.ceil((to - from) / count);
  const chunks: [number, number][] = [];
  for (let first = from; first < to; first += rows)
    chunks.push([first, Math.min(to, first + rows)]);
  return chunks;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
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
