/**
 * The batches of an epoch. Which batch a row is in is drawn by seed, epoch by epoch; inside a batch the rows stand in
 * their own order, people ascending: the order changes no gradient, and what belongs together is read together.
 */
import type { Dataset, UserRange } from '../data/dataset.ts';
import { type Random, random, shuffle } from '../data/random.ts';
import { OsusumeError } from '../error.ts';
import type { PairBatch } from './embedding-batch.ts';
import type { EmbeddingOptions } from './embedding-options.ts';
import { type Rows, rowsOf, splitRows, takeRows, UnlistedTitles } from './embedding-rows.ts';

/** Fills a batch in. @returns whether there was one left */
export type FillNext = (batch: PairBatch) => boolean;

export class Batches {
  readonly #training: Rows;
  readonly #validation: Rows;
  readonly #unlisted: UnlistedTitles;
  /** rows of a batch, not counting the titles drawn beside them */
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
    this.#rowsPerBatch = Math.max(1, Math.floor(options.batch / (1 + options.negatives)));
    if (this.#training.users.length === 0)
      throw new OsusumeError(
        `The embedding network has no rows to train on: ${people.to - people.from} people, none of their titles counts. Give "unscored" a target, or take more people`,
      );
  }

  get perEpoch(): number {
    return Math.ceil(this.#training.users.length / this.#rowsPerBatch);
  }

  training(epoch: number): FillNext {
    const uniform = random(this.options.seed ^ Math.imul(epoch + 1, 0x9e3779b1));
    const order = dealRows(this.#training.users.length, this.#rowsPerBatch, uniform);
    return this.filler(this.#training, order, uniform);
  }

  /** The same rows, and the same titles beside them, every time. */
  validation(): FillNext {
    const rows = this.#validation;
    const order = Uint32Array.from(rows.users, (_, n) => n);
    return this.filler(rows, order, random(~this.options.seed));
  }

  private filler(rows: Rows, order: Uint32Array, uniform: Random): FillNext {
    let from = 0;
    return (batch) => {
      const to = Math.min(order.length, from + this.#rowsPerBatch);
      batch.count = 0;
      for (let n = from; n < to; n++) this.place(rows, order[n], batch, uniform);
      from = to;
      return batch.count > 0;
    };
  }

  private place({ users, items, targets }: Rows, row: number, batch: PairBatch, uniform: Random) {
    const people = this.people.to - this.people.from;
    const user = users[row];
    let at = batch.count;
    batch.leftRows[at] = user;
    batch.rightRows[at] = people + items[row];
    batch.targets[at++] = targets[row];
    for (let n = 0; n < this.options.negatives; n++) {
      batch.leftRows[at] = user;
      batch.rightRows[at] = people + this.#unlisted.draw(user, uniform);
      batch.targets[at++] = 0;
    }
    batch.count = at;
  }
}

/** Rows 0…count−1, dealt out at random to batches of `perBatch`: the rows of each in turn, ascending. */
export function dealRows(count: number, perBatch: number, uniform: Random): Uint32Array {
  const batches = Math.ceil(count / perBatch);
  const batchOf = batches > 0xffff ? new Uint32Array(count) : new Uint16Array(count);
  const next = new Uint32Array(batches);
  for (let batch = 0; batch < batches; batch++) {
    next[batch] = batch * perBatch;
    batchOf.fill(batch, batch * perBatch, (batch + 1) * perBatch);
  }
  shuffle(batchOf, uniform);
  const order = new Uint32Array(count);
  for (let row = 0; row < count; row++) order[next[batchOf[row]]++] = row;
  return order;
}
