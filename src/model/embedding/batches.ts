/** The batches of an epoch, drawn by seed (batch-sampler.ts), with negative titles drawn beside their rows. */
import type { Dataset, UserRange } from '../../data/dataset.ts';
import { type Random, random } from '../../data/random.ts';
import { OsusumeError } from '../../error.ts';
import type { PairBatch } from './batch.ts';
import { BatchSampler, type SampledBatches } from './batch-sampler.ts';
import type { EmbeddingOptions } from './options.ts';
import { type Rows, rowsOf, splitRows, takeRows, UnlistedTitles } from './rows.ts';

/** Fills a batch in. @returns whether there was one left */
export type FillNext = (batch: PairBatch) => boolean;

export class Batches {
  readonly #training: Rows;
  readonly #validation: Rows;
  readonly #unlisted: UnlistedTitles;
  readonly #sampler: BatchSampler;
  /** rows of a batch at most, not counting negatives */
  readonly #rowsPerBatch: number;

  constructor(
    dataset: Dataset,
    private readonly people: UserRange,
    private readonly options: EmbeddingOptions,
  ) {
    const rows = rowsOf(dataset.interactions, people, options);
    const split = splitRows(rows.users.length, options.validationRows, options.seed);
    this.#training = takeRows(rows, split.training.sort());
    this.#validation = takeRows(rows, split.validation.sort());
    this.#unlisted = new UnlistedTitles(dataset.interactions, people);
    const pairsPerRow = 1 + options.negatives;
    this.#rowsPerBatch = Math.max(1, Math.floor(options.batch / pairsPerRow));
    const { length } = this.#training.users;
    const size = people.to - people.from;
    this.#sampler = new BatchSampler(this.#training, size, this.#rowsPerBatch, pairsPerRow);
    if (length === 0)
      throw new OsusumeError(
        `The embedding network has no rows to train on: ${people.to - people.from} people, of whom no title has a target. Give "unscored" a target, or take more people`,
      );
  }

  get perEpoch(): number {
    return this.#sampler.batches;
  }

  training(epoch: number): FillNext {
    const uniform = random(this.options.seed ^ Math.imul(epoch + 1, 0x9e3779b1));
    return this.filler(this.#sampler.sample(uniform), uniform);
  }

  /** The same rows, and the same titles beside them, every time. */
  validation(): FillNext {
    const { length } = this.#validation.users;
    const batches = Math.ceil(length / this.#rowsPerBatch);
    const starts = Uint32Array.from({ length: batches + 1 }, (_, n) =>
      Math.min(length, n * this.#rowsPerBatch),
    );
    return this.filler({ rows: this.#validation, starts }, random(~this.options.seed));
  }

  private filler({ rows, starts }: SampledBatches, uniform: Random): FillNext {
    let next = 0;
    return (batch) => {
      if (next + 1 >= starts.length) return false;
      this.fill(batch, rows, starts[next], starts[next + 1], uniform);
      next++;
      return true;
    };
  }

  private fill(batch: PairBatch, rows: Rows, from: number, to: number, uniform: Random): void {
    const { leftRows, rightRows, targets } = batch;
    const { negatives } = this.options;
    const people = this.people.to - this.people.from;
    let count = 0;
    for (let row = from; row < to; row++) {
      const user = rows.users[row];
      leftRows[count] = user;
      rightRows[count] = people + rows.items[row];
      targets[count++] = rows.targets[row];
      for (let n = 0; n < negatives; n++) {
        leftRows[count] = user;
        rightRows[count] = people + this.#unlisted.draw(user, uniform);
        targets[count++] = 0;
      }
    }
    batch.count = count;
  }
}
