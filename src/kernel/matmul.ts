/**
 * Large float32 matrix products by ONNX Runtime's Gemm, a single-threaded session on each of several worker threads.
 *
 * Two sessions of one thread each are measured a good deal faster than one session of two threads: they never wait for
 * each other within a product. ONNX Runtime takes no shared memory, so a worker copies the operands in and the result
 * out, a few per cent of the time that a product of these sizes takes.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { OsusumeError } from '../error.ts';
import { builtKernelFile } from './built.ts';

/** A row-major matrix in shared memory. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** A and B of one product; with the same `keepA` as before, a worker takes the A it still has. */
export interface Term {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly keepA?: string;
}

/** What a product does to its output. */
export type ProductKind =
  /** out = −A · B */
  | 'negated'
  /** out = A · Bᵀ */
  | 'transposedB'
  /** out = Aᵀ · B */
  | 'transposedA'
  /** out −= Σ A · Bᵀ over all terms */
  | 'subtractTransposedB';

export interface Product {
  readonly kind: ProductKind;
  /** one, except for subtractTransposedB */
  readonly terms: readonly Term[];
  /** in shared memory, row-major; must not overlap what another product of the same call reads or writes */
  readonly out: Float32Array;
}

export class Matmul {
  private constructor(private readonly workers: readonly Worker[]) {}

  /** @param threads default (also for 0): the machine's cores */
  static create(threads = 0): Matmul {
    const count = threads || availableParallelism();
    return new Matmul(
      Array.from({ length: count }, () => new Worker(builtKernelFile('matmul-worker.js'))),
    );
  }

  /**
   * Computes all products, each on the next idle worker, first ones first.
   * @param done is told the index of each product as it is finished
   * @throws RangeError when shapes disagree
   */
  async multiply(
    products: readonly Product[],
    done: (index: number) => void = () => undefined,
  ): Promise<void> {
    products.forEach(checkShapes);
    let next = 0;
    const work = async (worker: Worker) => {
      while (next < products.length) {
        const index = next++;
        await ask(worker, products[index]);
        done(index);
      }
    };
    await Promise.all(this.workers.map(work));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** Rows, columns and inner extents of A' · B' for a kind. */
export function shapeOf(kind: ProductKind, { a, b }: Term) {
  const transposedA = kind === 'transposedA';
  const transposedB = kind === 'transposedB' || kind === 'subtractTransposedB';
  return {
    rows: transposedA ? a.columns : a.rows,
    columns: transposedB ? b.rows : b.columns,
    innerA: transposedA ? a.rows : a.columns,
    innerB: transposedB ? b.columns : b.rows,
  };
}

function checkShapes({ kind, terms, out }: Product): void {
  for (const term of terms) {
    const { rows, columns, innerA, innerB } = shapeOf(kind, term);
    const { a, b } = term;
    if (
      innerA === innerB &&
      rows * columns === out.length &&
      a.data.length === a.rows * a.columns &&
      b.data.length === b.rows * b.columns
    )
      continue;
    throw new RangeError(
      `matmul ${kind}: A is ${a.rows} × ${a.columns}, B ${b.rows} × ${b.columns}, out has ${out.length} values`,
    );
  }
}

function ask(worker: Worker, product: Product): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (after: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      after();
    };
    const onMessage = (error: string | null) =>
      settle(() =>
        error === null ? resolve() : reject(new OsusumeError(`A matrix product failed: ${error}`)),
      );
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () =>
      settle(() => reject(new OsusumeError('A worker thread ended during a matrix product')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(product);
  });
}
