/**
 * The embedding network: a person's and a title's vector → cosine c → dense(1) → batch normalisation → sigmoid, with
 * binary cross-entropy and Adam (formulas: linalg/wasm/embedding-kernels.ts). All in one shared memory; worker
 * threads take ranges of table rows, and no sum crosses two ranges: the threads do not change the result.
 *
 * Adam is Keras' dense Adam: rows that a batch does not name keep moving by their decaying moments. Those steps are
 * applied in closed form when the row is next named: j steps on, √v has shrunk by β₂^(j/2) and m by β₁^j, so over all of
 * them p moves by m / (√v + ε) times Σ_j rate_j · (β₁/√β₂)^j. The one thing not exact is ε, which shrinks along with √v.
 */
import { normal, random } from '../../data/random.ts';
import { Arena } from '../../linalg/wasm/arena.ts';
import { ADAM, HEAD_LENGTH, NORMALIZATION } from '../../linalg/wasm/embedding-kernels.ts';
import type { Phase } from '../../linalg/wasm/phase-runner.ts';
import { KernelPool, type PoolOptions } from '../../linalg/wasm/pool.ts';
import { BatchIndex, cutByWork, type Distinct, type PairBatch } from './batch.ts';

export interface NetworkSize {
  readonly people: number;
  readonly items: number;
  readonly dimension: number;
  /** pairs of a batch, at most */
  readonly batch: number;
  /** steps that will ever be taken */
  readonly steps: number;
}

/** All that training changes: table and head in the kernels' layout. */
export interface NetworkState {
  readonly table: Float32Array;
  readonly head: Float32Array;
  readonly step: number;
}

/** Later decayed moments move nothing: (.9/√.999)^256 is 10⁻¹². */
const LONGEST_DRIFT = 256;
/** Keras' Embedding: uniform in ± this. */
const INITIAL_WIDTH = 0.05;
/** Parts of a phase: more than threads, so that the others take over from a thread that is held up. */
const PARTS = 16;

export class EmbeddingNetwork {
  readonly table: Float32Array;
  readonly head: Float32Array;
  /** Two that take turns: one is trained on while the other is filled. */
  readonly batches: readonly [PairBatch, PairBatch];

  readonly #index: BatchIndex;
  readonly #last: Uint32Array;
  readonly #cosines: Float32Array;
  #step = 0;

  private constructor(
    readonly size: NetworkSize,
    private readonly pool: KernelPool,
    private readonly at: Pointers<typeof networkLengths>,
    private readonly batchesAt: ReadonlyMap<PairBatch, Pointers<typeof batchLengths>>,
  ) {
    const { people, items, dimension, batch, steps } = size;
    const rows = people + items;
    this.table = pool.f32(at.table, 3 * rows * dimension);
    this.#last = pool.u32(at.last, rows);
    this.head = pool.f32(at.head, HEAD_LENGTH);
    this.#cosines = pool.f32(at.cosines, batch);
    const [one, other] = batchesAt.keys();
    this.batches = [one, other];
    this.#index = new BatchIndex(people, rows, batch);
    const moments = pool.f32(at.momentDecay, steps + 2);
    const deviations = pool.f32(at.deviationDecay, steps + 2);
    for (let k = 0; k < steps + 2; k++) {
      moments[k] = ADAM.beta1 ** k;
      deviations[k] = ADAM.beta2 ** (k / 2);
    }
  }

  static async create(size: NetworkSize, options: PoolOptions = {}): Promise<EmbeddingNetwork> {
    const arena = new Arena();
    const placed = [1, 2].map(() => place(arena, batchLengths(size)));
    const at = place(arena, networkLengths(size));
    const pool = await KernelPool.create(arena, options);
    const batches = new Map(placed.map((batchAt) => [batchOf(pool, batchAt, size), batchAt]));
    return new EmbeddingNetwork(size, pool, at, batches);
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
   * One step on a batch; leaves the predictions before it. May be called with the other batch before this one is done;
   * its step then follows at once. Do not refill a batch before its step is done.
   */
  train(batch: PairBatch, rate: number, l2: number): Promise<void> {
    const { at, size } = this;
    const { rows, indptr, pairs, others, targets, predictions } = this.where(batch);
    const step = ++this.#step;
    const corrected = (rate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step);
    const distinct = this.#index.fill(batch);
    return this.pool.runPhases([
      ...this.forward(batch, distinct),
      {
        kernel: 'headStep',
        cuts: [0, batch.count],
        args: [at.cosines, targets, at.head, corrected, predictions, at.slopes],
      },
      {
        kernel: 'adamRows',
        cuts: cutByWork(batch.indptr, distinct.rows, PARTS),
        args: [
          ...[rows, indptr, pairs, others, at.cosines, at.slopes, at.units, at.inverseNorms],
          ...[at.table, at.last, at.drift, at.momentDecay, at.deviationDecay],
          ...[step, corrected, l2, size.dimension],
        ],
      },
      {
        kernel: 'carryDrift',
        cuts: [Math.max(0, step - LONGEST_DRIFT), step],
        args: [at.drift, at.momentDecay, at.deviationDecay, step, corrected],
      },
    ]);
  }

  /** Predictions of a batch with the moving mean and variance. */
  async predict(batch: PairBatch): Promise<void> {
    await this.pool.runPhases(this.forward(batch, this.#index.fill(batch)));
    const { slope, offset } = headLine(this.head);
    for (let n = 0; n < batch.count; n++)
      batch.predictions[n] = 1 / (1 + Math.exp(-(slope * this.#cosines[n] + offset)));
  }

  /** Brings every table row up to date with the last step. */
  settle(): Promise<void> {
    const { at, size } = this;
    const { table, last, drift, momentDecay, deviationDecay } = at;
    return this.pool.runPhases([
      {
        kernel: 'settleRows',
        cuts: even(size.people + size.items),
        args: [table, last, drift, momentDecay, deviationDecay, this.#step, size.dimension],
      },
    ]);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Unit vectors of the batch's rows, cosines of its pairs. */
  private forward(batch: PairBatch, distinct: Distinct): Phase[] {
    const { at, size } = this;
    const { rows, indptr, pairs, others } = this.where(batch);
    const { table, last, drift, units, inverseNorms, cosines } = at;
    return [
      {
        kernel: 'gatherRows',
        cuts: even(distinct.rows),
        args: [rows, table, last, drift, size.dimension, units, inverseNorms],
      },
      {
        kernel: 'pairCosines',
        cuts: even(distinct.people),
        args: [indptr, pairs, others, units, size.dimension, cosines],
      },
    ];
  }

  private where(batch: PairBatch): Pointers<typeof batchLengths> {
    const found = this.batchesAt.get(batch);
    if (!found) throw new RangeError('EmbeddingNetwork: a batch of another network');
    return found;
  }
}

function even(count: number): number[] {
  return Array.from({ length: PARTS + 1 }, (_, n) => Math.round((count * n) / PARTS));
}

/** The trained head as one line: logit = slope · cosine + offset. */
export function headLine(head: Float32Array): { slope: number; offset: number } {
  const [w, b, gamma, beta, mean, variance] = head;
  const scale = gamma / Math.sqrt(variance + NORMALIZATION.epsilon);
  return { slope: scale * w, offset: scale * (b - mean) + beta };
}

type Pointers<L extends (size: NetworkSize) => object> = Readonly<
  Record<keyof ReturnType<L>, number>
>;

/** Floats (or u32) of each array in the shared memory. */
function networkLengths({ people, items, dimension, batch, steps }: NetworkSize) {
  const rows = people + items;
  return {
    table: 3 * rows * dimension,
    last: rows,
    head: HEAD_LENGTH,
    units: 2 * batch * dimension,
    inverseNorms: 2 * batch,
    cosines: batch,
    slopes: batch,
    drift: steps + 2,
    momentDecay: steps + 2,
    deviationDecay: steps + 2,
  };
}

/** The same of a batch, of which there are two. */
function batchLengths({ batch }: NetworkSize) {
  return {
    rows: 2 * batch,
    indptr: 2 * batch + 1,
    pairs: 2 * batch,
    others: 2 * batch,
    targets: batch,
    predictions: batch,
  };
}

function place<Name extends string>(arena: Arena, lengths: Record<Name, number>) {
  const bytes = Object.entries<number>(lengths).map(([name, length]) => [name, 4 * length]);
  return arena.allocateAll<Name>(Object.fromEntries(bytes));
}

function batchOf(
  pool: KernelPool,
  at: Pointers<typeof batchLengths>,
  size: NetworkSize,
): PairBatch {
  const lengths = batchLengths(size);
  const u32 = (name: keyof typeof at) => pool.u32(at[name], lengths[name]);
  return {
    leftRows: new Uint32Array(size.batch),
    rightRows: new Uint32Array(size.batch),
    targets: pool.f32(at.targets, size.batch),
    count: 0,
    predictions: pool.f32(at.predictions, size.batch),
    rows: u32('rows'),
    indptr: u32('indptr'),
    pairs: u32('pairs'),
    others: u32('others'),
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
