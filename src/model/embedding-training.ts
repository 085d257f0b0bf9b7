/** Training the embedding network: epochs of shuffled batches, metrics, early stopping, checkpoints. */
import { createHash } from 'node:crypto';
import type { Dataset, UserRange } from '../data/dataset.ts';
import { type Random, random, shuffle } from '../data/random.ts';
import { InterruptedError, OsusumeError } from '../error.ts';
import { NO_PROGRESS } from '../terminal/progress.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { EmbeddingNetwork } from './embedding-network.ts';
import type { EmbeddingOptions } from './embedding-options.ts';
import { type Rows, rowsOf, splitRows, UnlistedTitles } from './embedding-rows.ts';
import { bestEpoch, learningRate, shouldStop } from './embedding-schedule.ts';
import type { FitContext } from './recommender.ts';
import { type RowMetrics, RowMetricsSum } from './row-metrics.ts';

export interface EpochRecord {
  /** from 0 on */
  readonly epoch: number;
  readonly learningRate: number;
  readonly seconds: number;
  /** over the epoch's batches, each before its own step, as Keras reports it */
  readonly training: RowMetrics;
  /** after the epoch; null without validation rows */
  readonly validation: RowMetrics | null;
}

/** The weights of the best epoch. */
export interface Trained {
  /** people first, then titles; rows × dimension */
  readonly vectors: Float32Array;
  readonly head: Float32Array;
  readonly people: number;
  readonly records: readonly EpochRecord[];
}

interface Best {
  readonly vectors: Float32Array;
  readonly head: Float32Array;
}

export async function trainEmbedding(
  dataset: Dataset,
  options: EmbeddingOptions,
  context: FitContext = {},
): Promise<Trained> {
  const training = await Training.create(dataset, options, context);
  try {
    return await training.run();
  } finally {
    await training.close();
  }
}

class Training {
  #records: EpochRecord[] = [];
  #best: Best | null = null;

  private constructor(
    private readonly network: EmbeddingNetwork,
    private readonly batches: Batches,
    private readonly options: EmbeddingOptions,
    private readonly context: FitContext,
    private readonly key: string,
  ) {}

  static async create(dataset: Dataset, options: EmbeddingOptions, context: FitContext) {
    const people = context.users ?? dataset.parts.train;
    const batches = new Batches(dataset, people, options);
    const network = await EmbeddingNetwork.create(
      {
        people: people.to - people.from,
        items: dataset.items.size,
        dimension: options.dimension,
        batch: Math.max(options.batch, 1 + options.negatives),
        steps: options.epochs * batches.perEpoch,
      },
      context,
    );
    return new Training(network, batches, options, context, keyOf(dataset, people, options));
  }

  async run(): Promise<Trained> {
    const { network, options, context } = this;
    network.initialize(options.seed);
    if (context.resume && context.checkpoints) await this.resume(context.checkpoints);
    for (const record of this.#records) context.onEpoch?.(record);
    while (this.#records.length < options.epochs && !shouldStop(this.losses, options.patience)) {
      const record = await this.epoch();
      this.#records.push(record);
      if (bestEpoch(this.losses) === record.epoch)
        this.#best = { vectors: network.vectors(), head: network.head.slice() };
      if (context.checkpoints) await this.keep(context.checkpoints);
      context.onEpoch?.(record);
    }
    const { vectors, head } = this.#best as Best;
    return { vectors, head, people: network.size.people, records: this.#records };
  }

  close(): Promise<void> {
    return this.network.close();
  }

  /** What early stopping and the plateau watch. */
  private get losses(): number[] {
    return this.#records.map(({ training, validation }) => (validation ?? training).loss);
  }

  private async epoch(): Promise<EpochRecord> {
    const { network, batches, options, context } = this;
    const { progress = NO_PROGRESS } = context;
    const started = performance.now();
    const epoch = this.#records.length;
    const rate = learningRate(options.schedule, this.losses);
    const sum = new RowMetricsSum(options.target === 'liked');
    progress.step(
      `embedding, epoch ${epoch + 1} of ${options.epochs}`,
      batches.perEpoch,
      'batches',
    );
    const counts = batches.training(epoch, network);
    let next = counts.next();
    for (let batch = 0; !next.done; batch++) {
      this.checkSignal();
      const count = next.value;
      await network.train(count, rate, options.l2, () => {
        sum.add(network.predictions, network.targets, count);
        next = counts.next();
      });
      if (!sum.isFinite) throw divergence(epoch, batch, rate);
      progress.update(batch + 1);
    }
    await network.settle();
    const validation = await this.validate();
    const seconds = Math.round(performance.now() - started) / 1000;
    return { epoch, learningRate: rate, seconds, training: sum.result(), validation };
  }

  private async validate(): Promise<RowMetrics | null> {
    const { network, batches, options } = this;
    const sum = new RowMetricsSum(options.target === 'liked');
    let rows = 0;
    for (const count of batches.validation(network)) {
      this.checkSignal();
      await network.predict(count);
      sum.add(network.predictions, network.targets, count);
      rows += count;
    }
    return rows === 0 ? null : sum.result();
  }

  private checkSignal(): void {
    if (!this.context.signal?.aborted) return;
    const kept = this.context.checkpoints ? '; its last epoch is kept, --resume goes on' : '';
    throw new InterruptedError(`Interrupted while training the embedding network${kept}`);
  }

  private async keep(folder: string): Promise<void> {
    const { step, ...tensors } = this.network.state;
    const best = this.#best as Best;
    await writeCheckpoint(folder, 'embedding', this.key, {
      state: { step, records: this.#records } satisfies CheckpointState,
      tensors: { ...tensors, bestVectors: best.vectors, bestHead: best.head },
    });
  }

  private async resume(folder: string): Promise<void> {
    const found: Checkpoint<CheckpointState> | null = await readCheckpoint(
      folder,
      'embedding',
      this.key,
    );
    if (found === null) return;
    const { table, head, bestVectors, bestHead } = found.tensors;
    this.network.restore({ table, head, step: found.state.step });
    this.#best = { vectors: bestVectors, head: bestHead };
    this.#records = [...found.state.records];
  }
}

interface CheckpointState {
  readonly step: number;
  readonly records: readonly EpochRecord[];
}

/** Fills the network's next batch, again and again. */
class Batches {
  readonly #rows: Rows;
  readonly #training: Uint32Array;
  readonly #validation: Uint32Array;
  readonly #unlisted: UnlistedTitles;
  /** rows of a batch, not counting the titles drawn beside them */
  readonly #rowsPerBatch: number;

  constructor(
    dataset: Dataset,
    private readonly people: UserRange,
    private readonly options: EmbeddingOptions,
  ) {
    this.#rows = rowsOf(dataset.interactions, people, options);
    const split = splitRows(this.#rows.users.length, options.validationRows, options.seed);
    this.#training = split.training;
    this.#validation = split.validation;
    this.#unlisted = new UnlistedTitles(dataset.interactions, people);
    this.#rowsPerBatch = Math.max(1, Math.floor(options.batch / (1 + options.negatives)));
    if (this.#training.length === 0)
      throw new OsusumeError(
        `The embedding network has no rows to train on: ${people.to - people.from} people, none of their titles counts. Give "unscored" a target, or take more people`,
      );
  }

  get perEpoch(): number {
    return Math.ceil(this.#training.length / this.#rowsPerBatch);
  }

  /** @yields the pairs of each batch, after it has been filled in */
  training(epoch: number, network: EmbeddingNetwork): Generator<number> {
    const uniform = random(this.options.seed ^ Math.imul(epoch + 1, 0x9e3779b1));
    return this.fill(shuffle(this.#training.slice(), uniform), network, uniform);
  }

  /** The same rows, and the same titles beside them, every time. */
  validation(network: EmbeddingNetwork): Generator<number> {
    return this.fill(this.#validation, network, random(~this.options.seed));
  }

  private *fill(order: Uint32Array, network: EmbeddingNetwork, uniform: Random) {
    for (let from = 0; from < order.length; from += this.#rowsPerBatch) {
      const to = Math.min(order.length, from + this.#rowsPerBatch);
      let count = 0;
      for (let n = from; n < to; n++) count = this.place(order[n], count, network, uniform);
      yield count;
    }
  }

  private place(row: number, at: number, network: EmbeddingNetwork, uniform: Random): number {
    const { leftRows, rightRows, targets } = network;
    const { users, items, targets: wanted } = this.#rows;
    const people = this.people.to - this.people.from;
    leftRows[at] = users[row];
    rightRows[at] = people + items[row];
    targets[at++] = wanted[row];
    for (let n = 0; n < this.options.negatives; n++) {
      leftRows[at] = users[row];
      rightRows[at] = people + this.#unlisted.draw(users[row], uniform);
      targets[at++] = 0;
    }
    return at;
  }
}

/** The same options on the same data give the same training: only that may be resumed. */
function keyOf({ fingerprint, items }: Dataset, people: UserRange, options: EmbeddingOptions) {
  const parts = [fingerprint, items.size, people.from, people.to, options];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function divergence(epoch: number, batch: number, rate: number): OsusumeError {
  return new OsusumeError(
    `Training the embedding network diverged: no number any more in epoch ${epoch + 1}, batch ${batch + 1}, at the learning rate ${rate}. Lower the rates of its schedule (train.models.embedding.schedule)`,
  );
}
