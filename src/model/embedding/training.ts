/** Training the embedding network: epochs of shuffled batches, metrics, early stopping, checkpoints. */
import { createHash } from 'node:crypto';
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { InterruptedError, OsusumeError } from '../../error.ts';
import { NO_PROGRESS } from '../../progress.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import type { FitContext } from '../recommender.ts';
import { Batches } from './batches.ts';
import { EmbeddingNetwork } from './network.ts';
import type { EmbeddingOptions } from './options.ts';
import { type RowMetrics, RowMetricsSum } from './row-metrics.ts';
import { bestEpoch, learningRate, shouldStop } from './schedule.ts';

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
    const fillNext = batches.training(epoch);
    // While one batch is worked on, the one before is counted, and the next is filled in and called for.
    let before = Promise.resolve();
    for (let batch = 0; fillNext(network.batches[batch % 2]); batch++) {
      this.checkSignal();
      const pairs = network.batches[batch % 2];
      const counted = network.train(pairs, rate, options.l2).then(() => {
        sum.add(pairs.predictions, pairs.targets, pairs.count);
        if (!sum.isFinite) throw divergence(epoch, batch, rate);
        progress.update(batch + 1);
      });
      // Its failure is heard of when it is awaited, or not at all after an earlier one.
      counted.catch(() => undefined);
      await before;
      before = counted;
    }
    await before;
    await network.settle();
    const validation = await this.validate();
    const seconds = Math.round(performance.now() - started) / 1000;
    return { epoch, learningRate: rate, seconds, training: sum.result(), validation };
  }

  private async validate(): Promise<RowMetrics | null> {
    const { network, batches, options } = this;
    const sum = new RowMetricsSum(options.target === 'liked');
    let rows = 0;
    const fillNext = batches.validation();
    for (const pairs = network.batches[0]; fillNext(pairs); rows += pairs.count) {
      this.checkSignal();
      await network.predict(pairs);
      sum.add(pairs.predictions, pairs.targets, pairs.count);
    }
    return rows === 0 ? null : sum.result();
  }

  private checkSignal(): void {
    if (!this.context.signal?.aborted) return;
    const isKept = this.context.checkpoints && this.#records.length > 0;
    const kept = isKept ? '; its last epoch is kept, and --resume continues from there' : '';
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
    if (found === null) {
      this.context.progress?.note(
        'There is no checkpoint of the embedding network: it begins anew',
      );
      return;
    }
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
