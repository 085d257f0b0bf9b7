/** A worker thread of Matmul: one product at a time, by a session of one thread. */
import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Matrix, type Product, type ProductKind, shapeOf, type Term } from './matmul.ts';
import { type GemmShape, gemmModel } from './onnx.ts';

const SHAPES: Record<ProductKind, GemmShape> = {
  negated: { alpha: -1, beta: 0, transposeA: false, transposeB: false },
  transposedB: { alpha: 1, beta: 0, transposeA: false, transposeB: true },
  transposedA: { alpha: 1, beta: 0, transposeA: true, transposeB: false },
  subtractTransposedB: { alpha: -1, beta: 1, transposeA: false, transposeB: true },
};

const sessions = new Map<ProductKind, InferenceSession>();
/** Unshared copies of the operands and the output; they grow to the largest product. */
const local = { a: new Float32Array(0), b: new Float32Array(0), out: new Float32Array(0) };
let keptA: string | undefined;

parentPort?.on('message', async (product: Product) => {
  try {
    await multiply(product);
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(error instanceof Error ? error.message : String(error));
  }
});

async function multiply({ kind, terms, out }: Product): Promise<void> {
  if (out.length === 0 || terms.length === 0) return;
  const { beta } = SHAPES[kind];
  const { rows, columns } = shapeOf(kind, terms[0]);
  const y = new Tensor('float32', room('out', out.length), [rows, columns]);
  if (beta !== 0) (y.data as Float32Array).set(out);
  const session = await sessionFor(kind);
  for (const term of terms) {
    const feeds = { A: tensorA(term), B: tensor('b', term.b), ...(beta === 0 ? {} : { C: y }) };
    // The output is given; given as C too, it is updated in place.
    await session.run(feeds, { Y: y });
  }
  out.set(y.data as Float32Array);
}

function tensorA({ a, keepA }: Term): Tensor {
  if (keepA !== undefined && keepA === keptA)
    return new Tensor('float32', local.a.subarray(0, a.data.length), [a.rows, a.columns]);
  keptA = keepA;
  return tensor('a', a);
}

function tensor(name: 'a' | 'b', { data, rows, columns }: Matrix): Tensor {
  const copy = room(name, data.length);
  copy.set(data);
  return new Tensor('float32', copy, [rows, columns]);
}

function room(name: keyof typeof local, length: number): Float32Array {
  if (local[name].length < length) local[name] = new Float32Array(length);
  return local[name].subarray(0, length);
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
