/**
 * A new person's factor by one exact ridge regression on fixed item factors V, and what it scores:
 *
 *   (α₀·VᵀV + ridge·I + Σ_e c_e·v_e·v_eᵀ)·x = Σ_e c_e·v_e        score = V·x
 */
import { OsusumeError } from '../error.ts';
import { paddedWidth } from './als.ts';
import { Arena } from './wasm/arena.ts';
import { instantiateKernels } from './wasm/instance.ts';
import type { Kernels } from './wasm/kernels.ts';

/** Rows whose Gramian is summed up in float32 before it goes to float64. */
const GRAM_ROWS = 1024;
/** Rows that `addOuterRows` works on. */
const SCRATCH_ROWS = 64;

export class FoldIn {
  readonly #kernels: Kernels;
  readonly #buffer: ArrayBufferLike;
  readonly #width: number;
  readonly #at: Record<
    'factors' | 'base' | 'system' | 'right' | 'scratch' | 'block' | 'items' | 'weights' | 'scores',
    number
  >;

  /**
   * @param factors V, items × size, is copied
   * @param alpha α₀, the weight of all items
   */
  constructor(
    factors: Float32Array,
    readonly items: number,
    readonly size: number,
    alpha: number,
  ) {
    const width = paddedWidth(size);
    const arena = new Arena();
    this.#width = width;
    this.#at = arena.allocateAll({
      factors: 4 * items * width,
      base: 4 * width * width,
      system: 4 * width * width,
      right: 4 * width,
      scratch: 4 * SCRATCH_ROWS * width,
      block: 8 * size * size,
      items: 4 * items,
      weights: 4 * items,
      scores: 4 * items,
    });
    const { kernels, memory } = instantiateKernels(arena.bytes);
    this.#kernels = kernels;
    this.#buffer = memory.buffer;
    const padded = this.#f32(this.#at.factors, items * width);
    for (let i = 0; i < items; i++)
      padded.set(factors.subarray(i * size, (i + 1) * size), i * width);
    this.#f32(this.#at.base, width * width).set(this.#gram().map((value) => alpha * value));
  }

  /**
   * The person's factor.
   * @param entries items, each at most once, with the confidence of each; confidences of 0 are allowed
   * @param ridge above 0
   */
  solve(entries: { items: Uint32Array; weights: Float32Array }, ridge: number): Float64Array {
    this.#assemble(entries);
    const { block, right } = this.#at;
    const a = this.#placeBlock(ridge);
    if (this.#kernels.choleskyBlock(block, this.size) !== 0)
      throw new OsusumeError(
        `A profile of ${entries.items.length} titles cannot be folded in with a ridge of ${ridge}: fit with more regularization`,
      );
    return substitute(a, this.size, Float64Array.from(this.#f32(right, this.size)));
  }

  /** V·x, one score an item; a fresh array. */
  score(x: ArrayLike<number>): Float32Array {
    const { factors, right, scores } = this.#at;
    const vector = this.#f32(right, this.#width);
    vector.fill(0);
    vector.set(x);
    this.#kernels.dotRows(factors, this.items, this.#width, right, scores);
    return this.#f32(scores, this.items).slice();
  }

  /** Row `item` of V. */
  factor(item: number): Float32Array {
    return this.#f32(this.#at.factors + 4 * item * this.#width, this.size);
  }

  /** α₀·VᵀV + Σ c·v·vᵀ and Σ c·v, in float32. */
  #assemble({ items, weights }: { items: Uint32Array; weights: Float32Array }): void {
    const { factors, base, system, right, scratch } = this.#at;
    const width = this.#width;
    for (const item of items) {
      if (item >= this.items)
        throw new RangeError(`FoldIn: the profile names item ${item} of ${this.items}`);
    }
    if (items.length > this.items)
      throw new RangeError(`FoldIn: ${items.length} items in a profile over ${this.items}`);
    new Uint32Array(this.#buffer, this.#at.items, items.length).set(items);
    this.#f32(this.#at.weights, items.length).set(weights.subarray(0, items.length));
    this.#f32(system, width * width).set(this.#f32(base, width * width));
    this.#f32(right, width).fill(0);
    this.#kernels.addOuterRows(
      factors,
      width,
      this.#at.items,
      this.#at.weights,
      items.length,
      system,
      right,
      scratch,
    );
  }

  /** The system with its ridge, in float64 and without padding: what choleskyBlock takes. */
  #placeBlock(ridge: number): Float64Array {
    const { size } = this;
    const a = new Float64Array(this.#buffer, this.#at.block, size * size);
    const system = this.#f32(this.#at.system, this.#width ** 2);
    for (let r = 0; r < size; r++) {
      for (let c = 0; c <= r; c++) a[r * size + c] = system[r * this.#width + c];
      a[r * size + r] += ridge;
    }
    return a;
  }

  /** VᵀV, lower triangle. */
  #gram(): Float64Array {
    const width = this.#width;
    const { factors, system } = this.#at;
    const part = this.#f32(system, width * width);
    const sum = new Float64Array(width * width);
    for (let from = 0; from < this.items; from += GRAM_ROWS) {
      const to = Math.min(this.items, from + GRAM_ROWS);
      this.#kernels.factorGram(factors, from, to, width, system);
      for (let k = 0; k < sum.length; k++) sum[k] += part[k];
    }
    return sum;
  }

  #f32(pointer: number, length: number): Float32Array {
    return new Float32Array(this.#buffer, pointer, length);
  }
}

/** x of L·Lᵀ·x = b; `b` becomes x. */
function substitute(l: Float64Array, size: number, b: Float64Array): Float64Array {
  for (let i = 0; i < size; i++) {
    let sum = b[i];
    for (let k = 0, at = i * size; k < i; k++, at++) sum -= l[at] * b[k];
    b[i] = sum / l[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    const x = b[i] / l[i * size + i];
    b[i] = x;
    for (let k = 0, at = i * size; k < i; k++, at++) b[k] -= l[at] * x;
  }
  return b;
}
