/**
 * The network while it is trained, in memory that worker threads share. A batch is cut into parts whose gradients are
 * added up in their order: the number of threads does not change the result.
 */
import { type Random, random } from '../../data/random.ts';
import { Arena } from '../../linalg/wasm/arena.ts';
import { ADAM } from '../../linalg/wasm/embedding-kernels.ts';
import type { Phase } from '../../linalg/wasm/phase-runner.ts';
import { KernelPool, type PoolOptions } from '../../linalg/wasm/pool.ts';
import {
  RANK_PLAN,
  type RankPlan,
  type RankSize,
  rankParameters,
  rankScratch,
  roundUp,
} from '../../linalg/wasm/rank-kernels.ts';
import { Batch, placeBatch } from './batches.ts';
import type { RankLists } from './rank-lists.ts';
import { standardisationOf } from './standardisation.ts';
import { toStrips } from './strips.ts';
import type { RankTrainingOptions } from './training-options.ts';

/** Parts of a batch: more than threads, so that the others take over from a thread that is held up. */
const PARTS = 16;
/** a at the start: the first stage's order, pulled apart about as much as the loss wants it. */
const INITIAL_FACTOR = 3;

/** All that training changes. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly moments: Float32Array;
  readonly variances: Float32Array;
  readonly step: number;
}

export class TrainingNetwork {
  /** Two that take turns: one is trained on while the other is filled. */
  readonly batches: readonly [Batch, Batch];
  readonly means: Float32Array;
  readonly scales: Float32Array;
  readonly #parameters: Float32Array;
  readonly #moments: Float32Array;
  readonly #variances: Float32Array;
  readonly #perPart: number;
  #step = 0;

  private constructor(
    readonly size: RankSize,
    lists: RankLists,
    private readonly options: RankTrainingOptions,
    private readonly pool: KernelPool,
    private readonly at: Places,
  ) {
    const { length } = rankParameters(size);
    this.#parameters = pool.f32(at.parameters, length);
    this.#moments = pool.f32(at.moments, length);
    this.#variances = pool.f32(at.variances, length);
    this.#perPart = Math.ceil(options.batch / PARTS);
    const most = mostCandidates(lists);
    const [one, other] = at.batches.map(
      (place) => new Batch(lists, pool, place, options.batch, most),
    );
    this.batches = [one, other];
    const { means, scales } = standardisationOf(lists);
    this.means = pool.f32(at.means, size.width);
    this.scales = pool.f32(at.scales, size.width);
    this.means.set(means);
    this.scales.set(scales);
    pool
      .f32(at.discounts, most)
      .set(Float32Array.from({ length: most }, (_, rank) => 1 / Math.log2(2 + rank)));
  }

  static async create(
    lists: RankLists,
    options: RankTrainingOptions,
    context: PoolOptions,
  ): Promise<TrainingNetwork> {
    const { hidden1, hidden2 } = options;
    const size = { width: lists.width, hidden1, hidden2 };
    const arena = new Arena();
    const at = place(arena, size, options.batch, mostCandidates(lists));
    return new TrainingNetwork(size, lists, options, await KernelPool.create(arena, context), at);
  }

  /** Weights uniform in ± 1 / √inputs; none behind the last hidden layer: the first stage's order. */
  initialize(seed: number): void {
    this.#moments.fill(0);
    this.#variances.fill(0);
    this.#step = 0;
    const { width, hidden1, hidden2 } = this.size;
    const at = rankParameters(this.size);
    const uniform = random(seed);
    this.#parameters.fill(0);
    this.#parameters.set(
      toStrips(drawn(width * hidden1, width, uniform), width, hidden1),
      at.weights1,
    );
    this.#parameters.set(drawn(hidden1, width, uniform), at.bias1);
    this.#parameters.set(
      toStrips(drawn(hidden1 * hidden2, hidden1, uniform), hidden1, hidden2),
      at.weights2,
    );
    this.#parameters.set(drawn(hidden2, hidden1, uniform), at.bias2);
    this.#parameters[at.factor] = INITIAL_FACTOR;
  }

  get parameters(): Float32Array {
    return this.#parameters.slice();
  }

  get state(): TrainingState {
    return {
      parameters: this.#parameters,
      moments: this.#moments,
      variances: this.#variances,
      step: this.#step,
    };
  }

  restore(state: TrainingState): void {
    this.#parameters.set(state.parameters);
    this.#moments.set(state.moments);
    this.#variances.set(state.variances);
    this.#step = state.step;
  }

  /**
   * One step on a batch. May be called with the other batch before this one is done; its step then follows at once. Do
   * not refill a batch before its step is done.
   * @param seed of dropout
   */
  train(batch: Batch, rate: number, seed: number): Promise<void> {
    const { at, options } = this;
    const step = ++this.#step;
    const stepSeed = (seed ^ Math.imul(step, 0x9e3779b1)) >>> 0;
    const plan = at.plans[this.batches.indexOf(batch)];
    this.pool.u32(plan, RANK_PLAN.length).set(this.planOf(batch));
    const { factor, length } = rankParameters(this.size);
    const stepAt = (cuts: number[], decay: number): Phase => ({
      kernel: 'stepWeights',
      cuts,
      args: [
        ...[at.parameters, at.moments, at.variances, at.gradients, PARTS, length],
        rate / (1 - ADAM.beta1 ** step),
        1 / Math.sqrt(1 - ADAM.beta2 ** step),
        rate * decay,
      ],
    });
    return this.pool.runPhases([
      { kernel: 'trainLists', cuts: even(PARTS, 1), args: [plan, stepSeed] },
      stepAt(even(factor, 4), options.decay),
      // Not a: it would pull the order away from the first stage's.
      stepAt([factor, length], 0),
    ]);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private planOf(batch: Batch): number[] {
    const { size, options, at } = this;
    const { features, indptr, logScores, relevant, weights, losses } = batch.at;
    const plan: RankPlan = {
      ...size,
      ...{ rows: at.rows, parameters: at.parameters, means: at.means, scales: at.scales },
      ...{ scratch: at.scratch, discounts: at.discounts, gradients: at.gradients },
      ...{ features, indptr, logScores, relevant, weights, losses },
      ...{ lists: batch.count, perPart: this.#perPart, first: options.first },
      dropped: Math.round(options.dropout * 2 ** 32),
    };
    return RANK_PLAN.map((name) => plan[name]);
  }
}

type Places = ReturnType<typeof place>;

function place(arena: Arena, size: RankSize, batch: number, most: number) {
  const { length } = rankParameters(size);
  const rows = roundUp(most, 4);
  return {
    rows,
    ...arena.allocateAll({
      parameters: 4 * length,
      moments: 4 * length,
      variances: 4 * length,
      means: 4 * size.width,
      scales: 4 * size.width,
      discounts: 4 * most,
      gradients: 4 * PARTS * length,
      scratch: 4 * PARTS * rankScratch(size, rows),
    }),
    plans: [1, 2].map(() => arena.allocate(4 * RANK_PLAN.length)),
    batches: [1, 2].map(() => placeBatch(arena, size.width, batch, most)),
  };
}

/** PARTS ranges up to `count`, cut at multiples of `of`. */
function even(count: number, of: number): number[] {
  return Array.from({ length: PARTS + 1 }, (_, n) => of * Math.round((count * n) / (of * PARTS)));
}

function mostCandidates({ indptr }: RankLists): number {
  let most = 0;
  for (let list = 0; list + 1 < indptr.length; list++)
    most = Math.max(most, indptr[list + 1] - indptr[list]);
  return most;
}

function drawn(count: number, inputs: number, uniform: Random): Float32Array {
  const bound = 1 / Math.sqrt(inputs);
  return Float32Array.from({ length: count }, () => bound * (2 * uniform() - 1));
}
