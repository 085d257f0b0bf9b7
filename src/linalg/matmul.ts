/**
 * Large float32 matrix products on several worker threads: by ONNX Runtime's Gemm, a single-threaded session on each; by
 * WebAssembly where ONNX Runtime is not installed.
 *
 * Two sessions of one thread each are measured a good deal faster than one session of two threads: they never wait for
 * each other within a product. ONNX Runtime takes no shared memory, so a worker copies the operands in and the result
 * out; long inner extents and operands that are kept from product to product make that a few per cent of the time.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { OsusumeError } from '../error.ts';
import { builtFile } from '../program/built-file.ts';

/** A row-major matrix in shared memory. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** One side of a product. */
export interface Operand {
  /** matrices of as many rows, side by side */
  readonly parts: readonly Matrix[];
  /** with the same name as before on this side, a worker takes the copy it still has */
  readonly keep?: string;
  /** the product takes the rows from this one on (default 0) */
  readonly fromRow?: number;
}

/** What a product does to its output. AᵀB is the slowest form by a quarter. */
export type ProductKind =
  /** out = A · B */
  | 'plain'
  /** out = A · Bᵀ */
  | 'transposedB'
  /** out −= A · Bᵀ */
  | 'subtractTransposedB'
  /** out = −Aᵀ · B */
  | 'negatedTransposedA';

export interface Product {
  readonly kind: ProductKind;
  readonly a: Operand;
  readonly b: Operand;
  /** must not overlap what another job of the same call reads or writes */
  readonly out: Matrix;
}

/** Replaces a positive definite diagonal block A = L·Lᵀ by L⁻ᵀ, in float64 on the way. */
export interface Factorization {
  readonly kind: 'factor';
  readonly block: Matrix;
  /** the item of the block's first row, for the error message */
  readonly item: number;
}

export type Task = Product | Factorization;

/** What a worker gets: jobs to take one by one, and the counter (of one integer) that says which is next. */
export interface Jobs {
  readonly jobs: readonly (readonly Task[])[];
  readonly next: Int32Array;
}

export class Matmul {
  private constructor(private readonly workers: readonly Worker[]) {}

  /**
   * @param threads default (also for 0): the machine's cores
   * @param engine default: ONNX Runtime where it is installed
   */
  static create(threads = 0, engine?: 'wasm'): Matmul {
    const count = threads || availableParallelism();
    const file = builtFile('linalg/matmul-worker.js');
    return new Matmul(
      Array.from({ length: count }, () => new Worker(file, { workerData: engine })),
    );
  }

  /**
   * Does all jobs, first ones first, each on the next idle worker; the tasks of a job follow each other.
   * @throws RangeError when shapes disagree
   * @throws OsusumeError when a block to factor is not positive definite
   */
  async run(jobs: readonly (readonly Task[])[]): Promise<void> {
    for (const task of jobs.flat()) if (task.kind !== 'factor') checkShapes(task);
    const message: Jobs = { jobs, next: new Int32Array(new SharedArrayBuffer(4)) };
    await Promise.all(this.workers.map((worker) => ask(worker, message)));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Extents of an operand as the product takes it. */
export function extentOf({ parts, fromRow = 0 }: Operand): { rows: number; columns: number } {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  return { rows: parts[0].rows - fromRow, columns };
}

function checkShapes({ kind, a, b, out }: Product): void {
  const { rows: aRows, columns: aColumns } = extentOf(a);
  const { rows: bRows, columns: bColumns } = extentOf(b);
  const [rows, innerA] = kind === 'negatedTransposedA' ? [aColumns, aRows] : [aRows, aColumns];
  const plainB = kind === 'plain' || kind === 'negatedTransposedA';
  const [innerB, columns] = plainB ? [bRows, bColumns] : [bColumns, bRows];
  const whole = [out, ...a.parts, ...b.parts].every(
    (matrix) => matrix.data.length === matrix.rows * matrix.columns,
  );
  if (whole && innerA === innerB && rows === out.rows && columns === out.columns) return;
  throw new RangeError(
    `matmul ${kind}: A is ${aRows} × ${aColumns}, B ${bRows} × ${bColumns}, out ${out.rows} × ${out.columns}`,
  );
}

function ask(worker: Worker, jobs: Jobs): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (after: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      after();
    };
    const onMessage = (error: string | null) =>
      settle(() => (error === null ? resolve() : reject(new OsusumeError(error))));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () =>
      settle(() => reject(new OsusumeError('A worker thread ended during a matrix product')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(jobs);
  });
}
