/** Matrix products by ONNX Runtime: one session of one thread for each kind. */
import type { InferenceSession } from 'onnxruntime-node';
import { gemmModel } from './gemm-model.ts';
import type { ProductKind } from './matmul.ts';
import { FORMS, type LocalMatrix, type ProductEngine } from './product-engine.ts';

const SESSION: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableMemPattern: false,
  logSeverityLevel: 3,
};

/** @throws when ONNX Runtime is not installed or cannot be loaded here */
export async function openOnnxProducts(): Promise<ProductEngine> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const sessions = new Map<ProductKind, InferenceSession>();

  const sessionFor = async (kind: ProductKind) => {
    const known = sessions.get(kind);
    if (known) return known;
    const { sign: alpha, add, transposeA, transposeB } = FORMS[kind];
    const model = gemmModel({ alpha, beta: add ? 1 : 0, transposeA, transposeB });
    const created = await InferenceSession.create(model, SESSION);
    sessions.set(kind, created);
    return created;
  };
  const tensor = ({ data, rows, columns }: LocalMatrix) =>
    new Tensor('float32', data, [rows, columns]);

  return {
    async multiply(kind, a, b, out) {
      const y = tensor(out);
      const feeds = { A: tensor(a), B: tensor(b), ...(FORMS[kind].add ? { C: y } : {}) };
      const session = await sessionFor(kind);
      // The output is given; given as C too, it is updated in place.
      await session.run(feeds, { Y: y });
    },
  };
}
