/** The step of the inverse that is no matrix product: a diagonal block's Cholesky factor, inverted. */
import { OsusumeError } from '../error.ts';
import type { Matrix } from './matmul.ts';
import { instantiateKernels, type KernelInstance } from './wasm/instance.ts';

let instance: KernelInstance | undefined;

/**
 * Overwrites the block A = L·Lᵀ with L⁻ᵀ (upper triangular), computed in float64.
 * @param item of the block's first row
 * @throws OsusumeError when A is not positive definite, with the item where that shows
 */
export async function invertCholesky({ data, rows: size }: Matrix, item: number): Promise<void> {
  const bytes = 2 * 8 * size * size;
  if (instance === undefined || instance.memory.buffer.byteLength < bytes)
    instance = await instantiateKernels(bytes);
  const { kernels, memory } = instance;
  new Float64Array(memory.buffer, 0, size * size).set(data);
  const failed = kernels.choleskyBlock(0, size);
  if (failed) {
    throw new OsusumeError(
      `The item matrix is not positive definite (at item ${item + failed - 1}): raise the regularization, or look for NaN in the weights`,
    );
  }
  kernels.invertLowerBlock(0, size, 8 * size * size);
  transposeInto(data, new Float64Array(memory.buffer, 8 * size * size, size * size), size);
}

/** out[c, r] = values[r, c] */
function transposeInto(out: Float32Array, values: Float64Array, size: number): void {
  for (let r0 = 0; r0 < size; r0 += 16) {
    const r1 = Math.min(size, r0 + 16);
    for (let c = 0; c < size; c++)
      for (let r = r0; r < r1; r++) out[c * size + r] = values[r * size + c];
  }
}
