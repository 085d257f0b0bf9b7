/** The step of the inverse that is no matrix product: a diagonal block's Cholesky factor, inverted. */
import { OsusumeError } from '../error.ts';
import type { Matrix } from './matmul.ts';
import { Arena } from './wasm/arena.ts';
import { instantiateKernels, type KernelInstance } from './wasm/instance.ts';

/** Inverts Cholesky factors of one block after another in a memory that grows with them. */
export class DiagonalBlocks {
  #largest = 0;
  #space: { readonly instance: KernelInstance; readonly block: number; readonly inverse: number };

  constructor() {
    this.#space = spaceFor(0);
  }

  /**
   * Overwrites the block A = L·Lᵀ with L⁻ᵀ (upper triangular), computed in float64.
   * @param item of the block's first row
   * @throws OsusumeError when A is not positive definite, with the item where that shows
   */
  invertCholesky({ data, rows: size }: Matrix, item: number): void {
    if (size > this.#largest) {
      this.#space = spaceFor(size);
      this.#largest = size;
    }
    const { instance, block, inverse } = this.#space;
    const { kernels, memory } = instance;
    new Float64Array(memory.buffer, block, size * size).set(data);
    const failed = kernels.choleskyBlock(block, size);
    if (failed) {
      throw new OsusumeError(
        `The item matrix is not positive definite (at item ${item + failed - 1}): raise the regularization, or look for NaN in the weights`,
      );
    }
    kernels.invertLowerBlock(block, size, inverse);
    transposeInto(data, new Float64Array(memory.buffer, inverse, size * size), size);
  }
}

function spaceFor(size: number) {
  const arena = new Arena();
  const pointers = arena.allocateAll({ block: 8 * size * size, inverse: 8 * size * size });
  return { instance: instantiateKernels(arena.bytes), ...pointers };
}

/** out[c, r] = values[r, c] */
function transposeInto(out: Float32Array, values: Float64Array, size: number): void {
  for (let r0 = 0; r0 < size; r0 += 16) {
    const r1 = Math.min(size, r0 + 16);
    for (let c = 0; c < size; c++)
      for (let r = r0; r < r1; r++) out[c * size + r] = values[r * size + c];
  }
}
