/**
 * The embedding network: a person's and a title's vector → cosine c → dense(1) → batch normalisation → sigmoid, with
 * binary cross-entropy and Adam (kernel/embedding-kernels.ts has the formulas). All in one shared memory; worker
 * threads take ranges of table rows, and no sum crosses two ranges: the threads do not change the result.
 *
 * Adam is Keras' dense Adam: rows that a batch does not name move on by their decaying moments. Those steps are made up
 * for when the row is named again, in closed form: j steps on, √v has shrunk by β₂^(j/2) and m by β₁^j, so over all of
 * them p moves by m / (√v + ε) times Σ_j rate_j · (β₁/√β₂)^j. The one thing not exact is ε, which shrinks along with √v.
 */
import { normal, random } from '../data/random.ts';
import { ADAM, HEAD_LENGTH, NORMALIZATION } from '../kernel/embedding-kernels.ts';
import type { Kernels } from '../kernel/kernels.ts';
import { KernelPool, type PoolOptions } from '../kernel/pool.ts';
import { type BatchArrays, BatchIndex, cutByWork } from './embedding-batch.ts';

export interface NetworkSize {
  readonly people: number;
  readonly items: number;
  readonly dimension: number;
  /** pairs of a batch, at most */
  readonly batch: number;
  /** steps that will ever be taken */
  readonly steps: number;
}

/** All that training changes: table and head as the kernels have them. */
export interface NetworkState {
  readonly table: Float32Array;
  readonly head: Float32Array;
  readonly step: number;
}

/** Later decayed moments move nothing: (.9/√.999)^256 is 10⁻¹². */
const LONGEST_DRIFT = 256;
const CARRIED = ADAM.beta1 / Math.sqrt(ADAM.beta2);
/** Keras' Embedding: uniform in ± this. */
const INITIAL_WIDTH = 0.05;

export class EmbeddingNetwork {
  readonly table: Float32Array;
  readonly head: Float32Array;
  readonly targets: Float32Array;
  /** of the last batch */
  readonly predictions: Float32Array;
  /** table rows of the next batch's pairs */
  readonly leftRows: Uint32Array;
  readonly rightRows: Uint32Array;

  readonly #index: BatchIndex;
  readonly #arrays: BatchArrays;
  readonly #last: Uint32Array;
  readonly #cosines: Float32Array;
  readonly #drift: Float32Array;
  #step = 0;

  private constructor(
    readonly size: NetworkSize,
    private readonly pool: KernelPool,
    private readonly at: Pointers,
  ) {
    const { people, items, dimension, batch, steps } = size;
    const rows = people + items;
    this.table = pool.f32(at.table, 3 * rows * dimension);
    this.#last = pool.u32(at.last, rows);
    this.head = pool.f32(at.head, HEAD_LENGTH);
    this.targets = pool.f32(at.targets, batch);
    this.predictions = pool.f32(at.predictions, batch);
    this.#cosines = pool.f32(at.cosines, batch);
    this.#drift = pool.f32(at.drift, steps + 2);
    this.leftRows = new Uint32Array(batch);
    this.rightRows = new Uint32Array(batch);
    this.#arrays = {
      rows: pool.u32(at.rows, 2 * batch),
      indptr: pool.u32(at.indptr, 2 * batch + 1),
      pairs: pool.u32(at.pairs, 2 * batch),
      others: pool.u32(at.others, 2 * batch),
      left: pool.u32(at.left, batch),
      right: pool.u32(at.right, batch),
      targets: this.targets,
    };
    this.#index = new BatchIndex(rows, this.#arrays);
    const moments = pool.f32(at.momentDecay, steps + 2);
    const deviations = pool.f32(at.deviationDecay, steps + 2);
    for (let k = 0; k < steps + 2; k++) {
      moments[k] = ADAM.beta1 ** k;
      deviations[k] = ADAM.beta2 ** (k / 2);
    }
  }

  static async create(size: NetworkSize, options: PoolOptions = {}): Promise<EmbeddingNetwork> {
    const lengths = lengthsOf(size);
    const bytes = Object.values(lengths).reduce((sum, length) => sum + 4 * length + 64, 1024);
    const pool = await KernelPool.create(bytes, options);
    const at = Object.fromEntries(
      Object.entries(lengths).map(([name, length]) => [name, pool.allocate(4 * length)]),
    ) as unknown as Pointers;
    return new EmbeddingNetwork(size, pool, at);
  }

  /** Keras' initial weights: embeddings uniform in ±.05, the dense weight He-normal, all else 0 or 1. */
  initialize(seed: number): void {
    const uniform = random(seed);
    const { dimension } = this.size;
    for (let row = 0; row < this.table.length; row += 3 * dimension)
      for (let k = row; k < row + dimension; k++)
        this.table[k] = INITIAL_WIDTH * (2 * uniform() - 1);
    this.head.set([heNormal(1, uniform), 0, 1, 0, 0, 1]);
  }

  /** A copy of the vectors: people first, then titles, rows × dimension. */
  vectors(): Float32Array {
    const { dimension } = this.size;
    const rows = this.table.length / (3 * dimension);
    const out = new Float32Array(rows * dimension);
    for (let row = 0; row < rows; row++) {
      const from = 3 * row * dimension;
      out.set(this.table.subarray(from, from + dimension), row * dimension);
    }
    return out;
  }

  get state(): NetworkState {
    return { table: this.table, head: this.head, step: this.#step };
  }

  /** Goes on from a state that was read after `settle`. */
  restore(state: NetworkState): void {
    this.table.set(state.table);
    this.head.set(state.head);
    this.#step = state.step;
    this.#last.fill(state.step);
  }

  /**
   * One step on the first `count` of leftRows, rightRows and targets; leaves the predictions before it.
   * @param meanwhile called while the rows move: the predictions are there, the next pairs and targets may be put in
   */
  async train(count: number, rate: number, l2: number, meanwhile?: () => void): Promise<void> {
    const { at, size } = this;
    const step = ++this.#step;
    const corrected = (rate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step);
    const distinct = await this.forward(count);
    const { cosines, targets, head, predictions, slopes } = at;
    const batch = [cosines, targets, count, head, corrected, predictions, slopes];
    await this.phase('headStep', [0, 1], () => batch);
    const cuts = cutByWork(this.#arrays.indptr, distinct, this.pool.threads);
    const moved = this.phase('adamRows', cuts, (from, to) => [
      ...[at.rows, at.indptr, at.pairs, at.others, from, to],
      ...[at.cosines, at.slopes, at.units, at.inverseNorms],
      ...[at.table, at.last, at.drift, at.momentDecay, at.deviationDecay],
      ...[step, corrected, l2, size.dimension],
    ]);
    meanwhile?.();
    await moved;
    this.carry(step, corrected);
  }

  /** Predictions of the first `count` pairs with the moving mean and variance. */
  async predict(count: number): Promise<void> {
    await this.forward(count);
    const { slope, offset } = headLine(this.head);
    for (let n = 0; n < count; n++)
      this.predictions[n] = 1 / (1 + Math.exp(-(slope * this.#cosines[n] + offset)));
  }

  /** Brings every table row to the present step. */
  settle(): Promise<void> {
    const { at, size } = this;
    return this.phase('settleRows', this.even(size.people + size.items), (from, to) => [
      ...[from, to, at.table, at.last, at.drift, at.momentDecay, at.deviationDecay],
      ...[this.#step, size.dimension],
    ]);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Unit vectors of the batch's rows, cosines of its pairs. */
  private async forward(count: number): Promise<number> {
    const { at, size } = this;
    const distinct = this.#index.fill(this.leftRows, this.rightRows, count);
    await this.phase('gatherRows', this.even(distinct), (from, to) => [
      ...[at.rows, from, to, at.table, at.last, at.drift],
      ...[size.dimension, at.units, at.inverseNorms],
    ]);
    await this.phase('pairCosines', this.even(count), (from, to) => [
      ...[at.left, at.right, from, to, at.units, size.dimension, at.cosines],
    ]);
    return distinct;
  }

  /** Rows last named at step s have drifted on by what step `step` adds. */
  private carry(step: number, rate: number): void {
    for (let missed = 1; missed <= Math.min(step, LONGEST_DRIFT); missed++)
      this.#drift[step - missed] += rate * CARRIED ** missed;
  }

  private even(count: number): number[] {
    const { threads } = this.pool;
    return Array.from({ length: threads + 1 }, (_, n) => Math.round((count * n) / threads));
  }

  private phase(
    kernel: keyof Kernels,
    cuts: readonly number[],
    args: (from: number, to: number) => readonly number[],
  ): Promise<void> {
    return this.pool.run(
      cuts.length - 1,
      (job) => ({ kernel, args: args(cuts[job], cuts[job + 1]) }),
      () => undefined,
    );
  }
}

/** The trained head as one line: logit = slope · cosine + offset. */
export function headLine(head: Float32Array): { slope: number; offset: number } {
  const [w, b, gamma, beta, mean, variance] = head;
  const scale = gamma / Math.sqrt(variance + NORMALIZATION.epsilon);
  return { slope: scale * w, offset: scale * (b - mean) + beta };
}

type Pointers = Readonly<Record<keyof ReturnType<typeof lengthsOf>, number>>;

/** Floats (or u32) of each array in the shared memory. */
function lengthsOf({ people, items, dimension, batch, steps }: NetworkSize) {
  const rows = people + items;
  return {
    table: 3 * rows * dimension,
    last: rows,
    head: HEAD_LENGTH,
    rows: 2 * batch,
    indptr: 2 * batch + 1,
    pairs: 2 * batch,
    others: 2 * batch,
    left: batch,
    right: batch,
    targets: batch,
    units: 2 * batch * dimension,
    inverseNorms: 2 * batch,
    cosines: batch,
    slopes: batch,
    predictions: batch,
    drift: steps + 2,
    momentDecay: steps + 2,
    deviationDecay: steps + 2,
  };
}

/** Keras' he_normal: a normal number cut at two standard deviations, with variance 2 / fanIn after the cut. */
function heNormal(fanIn: number, uniform: () => number): number {
  const deviation = Math.sqrt(2 / fanIn) / 0.87962566103423978;
  for (;;) {
    const value = normal(uniform);
    if (Math.abs(value) <= 2) return deviation * value;
  }
}
