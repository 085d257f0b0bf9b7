/** The batches of an epoch, drawn by seed (embedding-deal.ts), with the titles drawn beside their rows. */
import type { Dataset, UserRange } from '../data/dataset.ts';
import { type Random, random } from '../data/random.ts';
import { OsusumeError } from '../error.ts';
import type { PairBatch } from './embedding-batch.ts';
import { type Deal, Dealer } from './embedding-deal.ts';
import type { EmbeddingOptions } from './embedding-options.ts';
import { type Rows, rowsOf, splitRows, takeRows, UnlistedTitles } from './embedding-rows.ts';

/** Fills a batch in. @returns whether there was one left */
export type FillNext = (batch: PairBatch) => boolean;

export class Batches {
  readonly #training: Rows;
  readonly #validation: Rows;
  readonly #unlisted: UnlistedTitles;
  readonly #dealer: Dealer;
  /** rows of a batch at most, not counting the titles drawn beside them */
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
    const { users } = this.#training;
    this.#dealer = new Dealer(users, people.to - people.from, this.#rowsPerBatch, pairsPerRow);
    if (this.#training.users.length === 0)
      throw new OsusumeError(
        `The embedding network has no rows to train on: ${people.to - people.from} people, none of their titles counts. Give "unscored" a target, or take more people`,
      );
  }

  get perEpoch(): number {
    return this.#dealer.batches;
  }

  training(epoch: number): FillNext {
    const uniform = random(this.options.seed ^ Math.imul(epoch + 1, 0x9e3779b1));
    return this.filler(this.#training, this.#dealer.deal(uniform), uniform);
  }

  /** The same rows, and the same titles beside them, every time. */
  validation(): FillNext {
    const order = Uint32Array.from(this.#validation.users, (_, n) => n);
    const batches = Math.ceil(order.length / this.#rowsPerBatch);
    const starts = Uint32Array.from({ length: batches + 1 }, (_, n) =>
      Math.min(order.length, n * this.#rowsPerBatch),
    );
    return this.filler(this.#validation, { order, starts }, random(~this.options.seed));
  }

  private filler(rows: Rows, { order, starts }: Deal, uniform: Random): FillNext {
    let next = 0;
    return (pairs) => {
      if (next + 1 >= starts.length) return false;
      pairs.count = 0;
      const to = starts[++next];
      for (let n = starts[next - 1]; n < to; n++) this.place(rows, order[n], pairs, uniform);
      return true;
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
