/** Large float32 matrix products, by ONNX Runtime's Gemm. All matrices are row-major and contiguous. */
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type GemmShape, gemmModel } from './onnx.ts';

/** A row-major matrix. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export interface Matmul {
  /** out = A · B */
  multiply(a: Matrix, b: Matrix, out: Float32Array): Promise<void>;
  /** out = −A · B */
  multiplyNegated(a: Matrix, b: Matrix, out: Float32Array): Promise<void>;
  /** out = A · Bᵀ */
  multiplyTransposed(a: Matrix, b: Matrix, out: Float32Array): Promise<void>;
  /** out = Aᵀ · B */
  transposedMultiply(a: Matrix, b: Matrix, out: Float32Array): Promise<void>;
  /** out −= A · Bᵀ, in place */
  subtractTransposed(a: Matrix, b: Matrix, out: Float32Array): Promise<void>;
  close(): Promise<void>;
}

const SHAPES = {
  multiply: { alpha: 1, beta: 0, transposeA: false, transposeB: false },
  multiplyNegated: { alpha: -1, beta: 0, transposeA: false, transposeB: false },
  multiplyTransposed: { alpha: 1, beta: 0, transposeA: false, transposeB: true },
  transposedMultiply: { alpha: 1, beta: 0, transposeA: true, transposeB: false },
  subtractTransposed: { alpha: -1, beta: 1, transposeA: false, transposeB: true },
} as const satisfies Record<string, GemmShape>;

/** @param threads default (also for 0): the machine's cores */
export async function createMatmul(threads = 0): Promise<Matmul> {
  const sessions = new Map<GemmShape, Promise<InferenceSession>>();
  const session = (shape: GemmShape) => {
    const known = sessions.get(shape) ?? createSession(shape, threads || availableParallelism());
    sessions.set(shape, known);
    return known;
  };
  const product = (shape: GemmShape) => async (a: Matrix, b: Matrix, out: Float32Array) => {
    const rows = shape.transposeA ? a.columns : a.rows;
    const columns = shape.transposeB ? b.rows : b.columns;
    const inner = shape.transposeA ? a.rows : a.columns;
    if (inner !== (shape.transposeB ? b.columns : b.rows) || out.length !== rows * columns) {
      throw new RangeError(`matmul: A is ${a.rows} × ${a.columns}, B ${b.rows} × ${b.columns}, out has ${out.length} values`);
    }
    if (out.length === 0) return;
    const y = new Tensor('float32', out, [rows, columns]);
    const feeds = { A: tensor(a), B: tensor(b), ...(shape.beta === 0 ? {} : { C: y }) };
    // The output is given, so that the product is written where it belongs; given as C too, it is updated in place.
    await (await session(shape)).run(feeds, { Y: y });
  };
  return {
    multiply: product(SHAPES.multiply),
    multiplyNegated: product(SHAPES.multiplyNegated),
    multiplyTransposed: product(SHAPES.multiplyTransposed),
    transposedMultiply: product(SHAPES.transposedMultiply),
    subtractTransposed: product(SHAPES.subtractTransposed),
    close: async () => {
      await Promise.all([...sessions.values()].map(async (opened) => (await opened).release()));
    },
  };
}

function createSession(shape: GemmShape, threads: number): Promise<InferenceSession> {
  return InferenceSession.create(gemmModel(shape), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
}

function tensor({ data, rows, columns }: Matrix): Tensor {
  return new Tensor('float32', data, [rows, columns]);
}
