/**
 * The network of the second stage: what it makes of a candidate is
 *
 *   a · ln(first stage's score) + w₃ · gelu(W₂ · gelu(W₁ · x + b₁) + b₂)
 *
 * over the candidate's features x, each standardised and clipped to ±5. It has no last bias: in an order that would
 * change nothing. Formulas and layout: linalg/wasm/rank-kernels.ts.
 */
import type { Tensor } from '../../home/safetensors.ts';
import { Arena } from '../../linalg/wasm/arena.ts';
import { instantiateKernels } from '../../linalg/wasm/instance.ts';
import type { Kernels } from '../../linalg/wasm/kernels.ts';
import {
  RANK_PLAN,
  type RankPlan,
  type RankSize,
  rankParameters,
  rankScratch,
  roundUp,
} from '../../linalg/wasm/rank-kernels.ts';
import { fromStrips, toStrips } from './strips.ts';

/** All that training has learnt, in the kernels' layout. */
export interface RankWeights extends RankSize {
  readonly parameters: Float32Array;
  /** of each feature */
  readonly means: Float32Array;
  /** 1 / deviation; 0 for a feature that never changes */
  readonly scales: Float32Array;
}

/** Candidates that are scored in one call of the kernel. */
export const ROWS = 200;
/** Of five groups. */
const COALITIONS = 32;

export class RankNetwork {
  /** room for the features of ROWS candidates, in the kernels' memory: those of `forward` need not be copied from here */
  readonly features: Float32Array;
  readonly #kernels: Kernels;
  /** a candidate's features, and the mean ones */
  readonly #pair: Float32Array;
  readonly #logScores: Float32Array;
  readonly #out: Float32Array;
  /** the first of `#out` */
  readonly #coalitions: Float32Array;
  readonly #plan: number;
  readonly #groups: Uint32Array;

  constructor(readonly weights: RankWeights) {
    const { width, parameters, means, scales } = weights;
    const arena = new Arena();
    const at = arena.allocateAll({
      parameters: 4 * parameters.length,
      means: 4 * width,
      scales: 4 * width,
      features: 4 * ROWS * width,
      pair: 8 * width,
      logScores: 4 * ROWS,
      out: 4 * ROWS,
      groups: 4 * width,
      scratch: 4 * rankScratch(weights, ROWS),
      plan: 4 * RANK_PLAN.length,
    });
    const { kernels, memory } = instantiateKernels(arena.bytes);
    const f32 = (pointer: number, length: number) =>
      new Float32Array(memory.buffer, pointer, length);
    f32(at.parameters, parameters.length).set(parameters);
    f32(at.means, width).set(means);
    f32(at.scales, width).set(scales);
    const plan: Partial<RankPlan> = { ...sizeOf(weights), rows: ROWS, ...at };
    new Uint32Array(memory.buffer, at.plan, RANK_PLAN.length).set(
      RANK_PLAN.map((name) => plan[name] ?? 0),
    );
    this.#kernels = kernels;
    this.#plan = at.plan;
    this.#groups = new Uint32Array(memory.buffer, at.groups, width);
    this.features = f32(at.features, ROWS * width);
    this.#pair = f32(at.pair, 2 * width);
    this.#logScores = f32(at.logScores, ROWS);
    this.#out = f32(at.out, ROWS);
    this.#coalitions = f32(at.out, COALITIONS);
  }

  /** Features that it takes of a candidate. */
  get width(): number {
    return this.weights.width;
  }

  /**
   * out[n] = what the second stage makes of candidate n < count.
   * @param features count × width, as they are (not standardised); `this.features` holds ROWS of them
   * @param logScores ln of the first stage's scores
   */
  forward(features: Float32Array, logScores: Float32Array, count: number, out: Float32Array): void {
    const { width } = this;
    for (let from = 0; from < count; from += ROWS) {
      const to = Math.min(count, from + ROWS);
      if (features !== this.features)
        this.features.set(features.subarray(from * width, to * width));
      this.#logScores.set(logScores.subarray(from, to));
      this.#kernels.scoreCandidates(
        this.features.byteOffset,
        this.#logScores.byteOffset,
        to - from,
        this.#plan,
        this.#out.byteOffset,
      );
      out.set(this.#out.subarray(0, to - from), from);
    }
  }

  /** The mean of the first `count` ≤ ROWS candidates of `features`. */
  meanFeatures(count: number): Float32Array {
    const { width } = this;
    this.#kernels.meanOfRows(this.features.byteOffset, count, width, this.#pair.byteOffset);
    return this.#pair.slice(0, width);
  }

  /**
   * What the network alone, without the first stage's score, makes of each of 32 coalitions of five groups of features:
   * by whose bits are set, the candidate's own features, and the mean ones for the other groups.
   * @param own `width` numbers, as `mean`
   * @param groups of each feature, 0…4
   * @returns only good until the next call
   */
  ofCoalitions(own: Float32Array, mean: Float32Array, groups: Uint32Array): Float32Array {
    const { width } = this;
    this.#pair.set(own);
    this.#pair.set(mean, width);
    this.#groups.set(groups);
    const { byteOffset } = this.#pair;
    this.#kernels.scoreCoalitions(
      byteOffset,
      byteOffset + 4 * width,
      this.#groups.byteOffset,
      this.#plan,
      this.#out.byteOffset,
    );
    return this.#coalitions;
  }

  /** For a safetensors file: matrices row-major, inputs × outputs. */
  tensors(): Record<string, Tensor> {
    const { width, hidden1, hidden2, parameters, means, scales } = this.weights;
    const at = rankParameters(this.weights);
    const vector = (from: number, length: number) => ({
      shape: [length],
      data: parameters.slice(from, from + length),
    });
    const matrix = (from: number, rows: number, columns: number, stored: number) => ({
      shape: [rows, columns],
      data: fromStrips(parameters.subarray(from, from + stored * columns), rows, columns),
    });
    return {
      means: { shape: [width], data: means },
      scales: { shape: [width], data: scales },
      weights1: matrix(at.weights1, width, hidden1, roundUp(width, 8)),
      bias1: vector(at.bias1, hidden1),
      weights2: matrix(at.weights2, hidden1, hidden2, hidden1),
      bias2: vector(at.bias2, hidden2),
      weights3: vector(at.weights3, hidden2),
      factor: vector(at.factor, 1),
    };
  }

  /**
   * From what `tensors` gave.
   * @throws RangeError when the sizes do not fit together, or a number is not finite
   */
  static fromTensors(tensors: Readonly<Record<RankTensor, Float32Array>>): RankNetwork {
    const { means, scales, bias1, bias2, weights1, weights2, weights3, factor } = tensors;
    const size = { width: means.length, hidden1: bias1.length, hidden2: bias2.length };
    const { width, hidden1, hidden2 } = size;
    const expected: Record<RankTensor, number> = {
      ...{ means: width, scales: width, weights1: width * hidden1, bias1: hidden1 },
      ...{ weights2: hidden1 * hidden2, bias2: hidden2, weights3: hidden2, factor: 1 },
    };
    for (const name of RANK_TENSORS) {
      if (tensors[name].length !== expected[name])
        throw new RangeError(
          `"${name}" has ${tensors[name].length} numbers, expected ${expected[name]}`,
        );
      if (!tensors[name].every(Number.isFinite)) throw new RangeError(`"${name}" is not finite`);
    }
    if (width === 0 || hidden1 % 8 !== 0 || hidden2 % 8 !== 0 || hidden1 * hidden2 === 0)
      throw new RangeError(`layers of ${width}, ${hidden1} and ${hidden2}`);
    const at = rankParameters(size);
    const parameters = new Float32Array(at.length);
    parameters.set(toStrips(weights1, width, hidden1), at.weights1);
    parameters.set(bias1, at.bias1);
    parameters.set(toStrips(weights2, hidden1, hidden2), at.weights2);
    parameters.set(bias2, at.bias2);
    parameters.set(weights3, at.weights3);
    parameters.set(factor, at.factor);
    return new RankNetwork({ ...size, parameters, means, scales });
  }
}

export const RANK_TENSORS = [
  ...(['means', 'scales', 'weights1', 'bias1', 'weights2', 'bias2', 'weights3', 'factor'] as const),
];
export type RankTensor = (typeof RANK_TENSORS)[number];

function sizeOf({ width, hidden1, hidden2 }: RankSize): RankSize {
  return { width, hidden1, hidden2 };
}
