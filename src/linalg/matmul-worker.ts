/** A worker thread of Matmul: one product at a time, by a session of one thread. */
import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { OsusumeError } from '../error.ts';
import { invertCholesky } from './diagonal-block.ts';
import { type GemmShape, gemmModel } from './gemm-model.ts';
import { extentOf, type Jobs, type Operand, type Product, type ProductKind } from './matmul.ts';

const SHAPES: Record<ProductKind, GemmShape> = {
  plain: { alpha: 1, beta: 0, transposeA: false, transposeB: false },
  transposedB: { alpha: 1, beta: 0, transposeA: false, transposeB: true },
  subtractTransposedB: { alpha: -1, beta: 1, transposeA: false, transposeB: true },
  negatedTransposedA: { alpha: -1, beta: 0, transposeA: true, transposeB: false },
};

type Side = 'a' | 'b' | 'out';

const sessions = new Map<ProductKind, InferenceSession>();
/** Unshared copies of the operands and the output; they grow to the largest product. */
const local: Record<Side, Float32Array> = {
  a: new Float32Array(0),
  b: new Float32Array(0),
  out: new Float32Array(0),
};
/** What the copies of the operands are. */
const kept: { a?: string; b?: string } = {};

parentPort?.on('message', async (jobs: Jobs) => {
  try {
    await work(jobs);
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(
      error instanceof OsusumeError ? error.message : `A matrix product failed: ${error}`,
    );
  }
});

async function work({ jobs, next }: Jobs): Promise<void> {
  for (;;) {
    const job = Atomics.add(next, 0, 1);
    if (job >= jobs.length) return;
    for (const task of jobs[job]) {
      if (task.kind === 'factor') await invertCholesky(task.block, task.item);
      else await multiply(task);
    }
  }
}

async function multiply({ kind, a, b, out }: Product): Promise<void> {
  const { rows, columns, data } = out;
  const y = new Tensor('float32', room('out', data.length), [rows, columns]);
  const feeds: Record<string, Tensor> = { A: tensor('a', a), B: tensor('b', b) };
  if (SHAPES[kind].beta !== 0) {
    (y.data as Float32Array).set(data);
    feeds.C = y;
  }
  const session = await sessionFor(kind);
  // The output is given; given as C too, it is updated in place.
  await session.run(feeds, { Y: y });
  data.set(y.data as Float32Array);
}

function tensor(side: 'a' | 'b', operand: Operand): Tensor {
  const { rows, columns } = extentOf(operand);
  const { keep, fromRow = 0 } = operand;
  if (keep === undefined || keep !== kept[side]) gather(side, operand);
  kept[side] = keep;
  const values = local[side].subarray(fromRow * columns, (fromRow + rows) * columns);
  return new Tensor('float32', values, [rows, columns]);
}

/** All rows of the parts, side by side. */
function gather(side: 'a' | 'b', { parts }: Operand): void {
  const { rows } = parts[0];
  const { columns } = extentOf({ parts });
  const copy = room(side, rows * columns);
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

function room(side: Side, length: number): Float32Array {
  if (local[side].length < length) local[side] = new Float32Array(Math.ceil(1.25 * length));
  return local[side].subarray(0, length);
}

async function sessionFor(kind: ProductKind): Promise<InferenceSession> {
  const known = sessions.get(kind);
  if (known) return known;
  const created = await InferenceSession.create(gemmModel(SHAPES[kind]), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  sessions.set(kind, created);
  return created;
}
