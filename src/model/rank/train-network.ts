/**
 * Training the network of the second stage: epochs of shuffled lists, the lambda loss, AdamW whose rate falls along a
 * cosine, a checkpoint after each epoch.
 */
import { createHash } from 'node:crypto';
import { InterruptedError, OsusumeError } from '../../error.ts';
import { NO_PROGRESS } from '../../progress.ts';
import { readCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import type { FitContext } from '../recommender.ts';
import { epochOrder, usefulLists } from './batches.ts';
import { RankNetwork } from './network.ts';
import type { RankLists } from './rank-lists.ts';
import { TrainingNetwork } from './training-network.ts';
import type { RankTrainingOptions } from './training-options.ts';

export interface RankEpoch {
  /** from 0 on */
  readonly epoch: number;
  /** by the name of the network */
  readonly [network: string]: number | EpochFigures;
}

export interface EpochFigures {
  /** mean over the lists, each before its own step */
  readonly loss: number;
  /** of its first step */
  readonly learningRate: number;
  readonly seconds: number;
}

export interface RankTrainingContext extends FitContext {
  /** of the network, in progress, reports and the name of its checkpoint; default "whole" */
  readonly name?: string;
  /** of the data, so that a checkpoint of other data is not resumed */
  readonly fingerprint?: string;
}

export async function trainNetwork(
  lists: RankLists,
  options: RankTrainingOptions,
  context: RankTrainingContext = {},
): Promise<RankNetwork> {
  const useful = usefulLists(lists);
  if (useful.length === 0)
    throw new OsusumeError(
      `The second stage has no list to train on: of ${lists.indptr.length - 1} lists none has a liked title among its candidates. Take more people, or train slim alone`,
    );
  const key = keyOf(lists, options, context);
  const network = await TrainingNetwork.create(lists, options, context);
  try {
    return await new Training(network, useful, options, context, key).run();
  } finally {
    await network.close();
  }
}

class Training {
  #records: RankEpoch[] = [];
  readonly #name: string;
  readonly #perEpoch: number;

  constructor(
    private readonly network: TrainingNetwork,
    private readonly useful: Uint32Array,
    private readonly options: RankTrainingOptions,
    private readonly context: RankTrainingContext,
    private readonly key: string,
  ) {
    this.#name = context.name ?? 'whole';
    this.#perEpoch = Math.ceil(useful.length / options.batch);
  }

  async run(): Promise<RankNetwork> {
    const { network, options, context } = this;
    network.initialize(options.seed);
    if (context.resume && context.checkpoints) await this.resume(context.checkpoints);
    for (const record of this.#records) context.onEpoch?.(record);
    while (this.#records.length < options.epochs) {
      const record = await this.epoch();
      this.#records.push(record);
      if (context.checkpoints) await this.keep(context.checkpoints);
      context.onEpoch?.(record);
    }
    const { means, scales, parameters, size } = network;
    return new RankNetwork({ ...size, parameters, means: means.slice(), scales: scales.slice() });
  }

  private async epoch(): Promise<RankEpoch> {
    const { network, options, context, useful } = this;
    const { progress = NO_PROGRESS } = context;
    const started = performance.now();
    const epoch = this.#records.length;
    const order = epochOrder(useful, options.seed, epoch);
    progress.step(
      `rank, ${this.#name}, epoch ${epoch + 1} of ${options.epochs}`,
      this.#perEpoch,
      'batches',
    );
    let loss = 0;
    // While one batch is worked on, the next is filled in and called for.
    let before = Promise.resolve();
    for (let n = 0; n < this.#perEpoch; n++) {
      this.checkSignal();
      const batch = network.batches[n % 2];
      batch.fill(order.subarray(n * options.batch, (n + 1) * options.batch));
      const { count } = batch;
      const counted = network
        .train(batch, this.rateAt(epoch * this.#perEpoch + n), options.seed)
        .then(() => {
          loss += batch.loss * count;
          if (!Number.isFinite(loss)) throw divergence(`rank, ${this.#name},`, epoch, options.rate);
          progress.update(n + 1);
        });
      // Its failure is heard of when it is awaited, or not at all after an earlier one.
      counted.catch(() => undefined);
      await before;
      before = counted;
    }
    await before;
    const figures: EpochFigures = {
      loss: loss / useful.length,
      learningRate: this.rateAt(epoch * this.#perEpoch),
      seconds: Math.round(performance.now() - started) / 1000,
    };
    return { epoch, [this.#name]: figures };
  }

  private rateAt(step: number): number {
    const share = step / (this.options.epochs * this.#perEpoch);
    return (this.options.rate * (1 + Math.cos(Math.PI * share))) / 2;
  }

  private checkSignal(): void {
    if (!this.context.signal?.aborted) return;
    const isKept = this.context.checkpoints && this.#records.length > 0;
    const kept = isKept ? '; its last epoch is kept, and --resume continues from there' : '';
    throw new InterruptedError(`Interrupted while training the network of the second stage${kept}`);
  }

  private async keep(folder: string): Promise<void> {
    const { step, ...tensors } = this.network.state;
    const state: CheckpointState = { step, records: this.#records };
    await writeCheckpoint(folder, checkpointName(this.#name), this.key, { state, tensors });
  }

  private async resume(folder: string): Promise<void> {
    const found = await readCheckpoint<CheckpointState>(
      folder,
      checkpointName(this.#name),
      this.key,
    );
    if (found === null) {
      this.context.progress?.note(`There is no checkpoint of rank, ${this.#name}: it begins anew`);
      return;
    }
    const { parameters, moments, variances } = found.tensors;
    const { step, records } = found.state;
    this.network.restore({ parameters, moments, variances, step });
    this.#records = [...records];
  }
}

const checkpointName = (network: string) => `rank.${network}`;

interface CheckpointState {
  readonly step: number;
  readonly records: readonly RankEpoch[];
}

/** The same options on the same lists give the same training: only that may be resumed. */
function keyOf(
  { width, indptr, relevant, logScores }: RankLists,
  options: RankTrainingOptions,
  { fingerprint = '' }: RankTrainingContext,
): string {
  const hash = createHash('sha256').update(JSON.stringify([fingerprint, width, options]));
  for (const { buffer, byteOffset, byteLength } of [indptr, relevant, logScores])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}

function divergence(name: string, epoch: number, rate: number): OsusumeError {
  return new OsusumeError(
    `Training ${name} diverged: no number any more in epoch ${epoch + 1}, at the first learning rate ${rate}. Lower it`,
  );
}
