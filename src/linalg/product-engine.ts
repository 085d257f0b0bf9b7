/** What multiplies in a worker of Matmul: ONNX Runtime, or WebAssembly where that is not installed. */
import type { ProductKind } from './matmul.ts';

/** A row-major matrix in memory of the worker's own; `data` is exactly as long as the matrix. */
export interface LocalMatrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export interface ProductEngine {
  multiply(kind: ProductKind, a: LocalMatrix, b: LocalMatrix, out: LocalMatrix): Promise<void>;
}

/** How each product is made of A, B and the old output; `add`: that is kept. */
export const FORMS: Readonly<
  Record<ProductKind, { sign: 1 | -1; add: boolean; transposeA: boolean; transposeB: boolean }>
> = {
  plain: { sign: 1, add: false, transposeA: false, transposeB: false },
  transposedB: { sign: 1, add: false, transposeA: false, transposeB: true },
  subtractTransposedB: { sign: -1, add: true, transposeA: false, transposeB: true },
  negatedTransposedA: { sign: -1, add: false, transposeA: true, transposeB: false },
};
