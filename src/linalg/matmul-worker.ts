/** A worker thread of Matmul: one task at a time, products by sessions of one thread. */
import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { OsusumeError } from '../error.ts';
import { DiagonalBlocks } from './diagonal-block.ts';
import { type GemmShape, gemmModel } from './gemm-model.ts';
import { extentOf, type Jobs, type Operand, type Product, type ProductKind } from './matmul.ts';

const SHAPES: Record<ProductKind, GemmShape> = {
  plain: { alpha: 1, beta: 0, transposeA: false, transposeB: false },
  transposedB: { alpha: 1, beta: 0, transposeA: false, transposeB: true },
  subtractTransposedB: { alpha: -1, beta: 1, transposeA: false, transposeB: true },
  negatedTransposedA: { alpha: -1, beta: 0, transposeA: true, transposeB: false },
};

type Side = 'a' | 'b' | 'out';

class TaskRunner {
  readonly #blocks = new DiagonalBlocks();
  readonly #sessions = new Map<ProductKind, InferenceSession>();
  /** Unshared copies of the operands and the output; they grow to the largest product. */
  readonly #local: Record<Side, Float32Array> = {
    a: new Float32Array(0),
    b: new Float32Array(0),
    out: new Float32Array(0),
  };
  /** What the copies of the operands are. */
  readonly #kept: { a?: string; b?: string } = {};

  async run({ jobs, next }: Jobs): Promise<void> {
    for (;;) {
      const job = Atomics.add(next, 0, 1);
      if (job >= jobs.length) return;
      for (const task of jobs[job]) {
        if (task.kind === 'factor') this.#blocks.invertCholesky(task.block, task.item);
        else await this.#multiply(task);
      }
    }
  }

  async #multiply({ kind, a, b, out }: Product): Promise<void> {
    const { rows, columns, data } = out;
    const y = new Tensor('float32', this.#room('out', data.length), [rows, columns]);
    const feeds: Record<string, Tensor> = { A: this.#tensor('a', a), B: this.#tensor('b', b) };
    if (SHAPES[kind].beta !== 0) {
      (y.data as Float32Array).set(data);
      feeds.C = y;
    }
    const session = await this.#sessionFor(kind);
    // The output is given; given as C too, it is updated in place.
    await session.run(feeds, { Y: y });
    data.set(y.data as Float32Array);
  }

  #tensor(side: 'a' | 'b', operand: Operand): Tensor {
    const { rows, columns } = extentOf(operand);
    const { keep, fromRow = 0 } = operand;
    if (keep === undefined || keep !== this.#kept[side]) this.#gather(side, operand);
    this.#kept[side] = keep;
    const values = this.#local[side].subarray(fromRow * columns, (fromRow + rows) * columns);
    return new Tensor('float32', values, [rows, columns]);
  }

  /** All rows of the parts, side by side. */
  #gather(side: 'a' | 'b', { parts }: Operand): void {
    const { rows } = parts[0];
    const { columns } = extentOf({ parts });
    const copy = this.#room(side, rows * columns);
    let left = 0;
    for (const { data, columns: width } of parts) {
      if (width === columns) copy.set(data);
      else {
        for (let r = 0; r < rows; r++)
          copy.set(data.subarray(r * width, (r + 1) * width), r * columns + left);
      }
      left += width;
    }
  }

  #room(side: Side, length: number): Float32Array {
    if (this.#local[side].length < length)
      this.#local[side] = new Float32Array(Math.ceil(1.25 * length));
    return this.#local[side].subarray(0, length);
  }

  async #sessionFor(kind: ProductKind): Promise<InferenceSession> {
    const known = this.#sessions.get(kind);
    if (known) return known;
    const created = await InferenceSession.create(gemmModel(SHAPES[kind]), {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
    this.#sessions.set(kind, created);
    return created;
  }
}

const runner = new TaskRunner();

parentPort?.on('message', async (jobs: Jobs) => {
  try {
    await runner.run(jobs);
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(
      error instanceof OsusumeError ? error.message : `A matrix product failed: ${error}`,
    );
  }
});
