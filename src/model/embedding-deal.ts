/**
 * Which rows make up the batches of an epoch. People are put into groups; a batch has rows of one group, which of its
 * batches a row is in is drawn, and the batches of all groups come in a drawn order. So a batch names fewer people, with
 * more rows of each: the table rows that a step must read and write are what training takes time for.
 */
import { type Random, shuffle } from '../data/random.ts';

/** Neighbours in the table that share a group: close in memory, and too few to be alike. */
const NEIGHBOURS = 64;
/** Pairs that a batch has of a person, about. */
const PAIRS_OF_PERSON = 5;

export interface Deal {
  /** rows, batch after batch; ascending in each */
  readonly order: Uint32Array;
  /** where each batch begins in `order`, and where the last one ends */
  readonly starts: Uint32Array;
}

export class Dealer {
  readonly #groups: number;
  /** of each group, where its rows would begin if they stood together, and likewise its batches; with the ends */
  readonly #rowsFrom: Uint32Array;
  readonly #batchesFrom: Uint32Array;

  /**
   * @param users of each row, ascending
   * @param perBatch rows of a batch, at most
   * @param pairsPerRow pairs that a row becomes
   */
  constructor(
    private readonly users: Uint32Array,
    people: number,
    perBatch: number,
    pairsPerRow: number,
  ) {
    const wanted = Math.round((PAIRS_OF_PERSON * people) / (perBatch * pairsPerRow));
    this.#groups = Math.max(1, Math.min(wanted, Math.ceil(people / NEIGHBOURS)));
    const sizes = new Uint32Array(this.#groups);
    for (const user of users) sizes[this.groupOf(user)]++;
    this.#rowsFrom = startsOf(sizes);
    this.#batchesFrom = startsOf(sizes.map((size) => Math.ceil(size / perBatch)));
  }

  /** Batches of an epoch. */
  get batches(): number {
    return this.#batchesFrom[this.#groups];
  }

  deal(uniform: Random): Deal {
    const batchOf = this.drawBatches(uniform);
    const sizes = new Uint32Array(this.batches);
    for (const batch of batchOf) sizes[batch]++;
    const starts = startsOf(sizes);
    const order = new Uint32Array(this.users.length);
    const nextOfGroup = this.#rowsFrom.slice();
    const nextOfBatch = starts.slice();
    for (let row = 0; row < order.length; row++) {
      const batch = batchOf[nextOfGroup[this.groupOf(this.users[row])]++];
      order[nextOfBatch[batch]++] = row;
    }
    return { order, starts };
  }

  /** Of the rows of each group in turn, their batches: evenly filled, numbered at random among those of all groups. */
  private drawBatches(uniform: Random): Uint32Array {
    const numbers = shuffle(
      Uint32Array.from({ length: this.batches }, (_, n) => n),
      uniform,
    );
    const batchOf = new Uint32Array(this.users.length);
    for (let group = 0; group < this.#groups; group++) {
      const rows = batchOf.subarray(this.#rowsFrom[group], this.#rowsFrom[group + 1]);
      const from = this.#batchesFrom[group];
      const batches = this.#batchesFrom[group + 1] - from;
      for (let n = 0; n < rows.length; n++)
        rows[n] = numbers[from + Math.floor((n * batches) / rows.length)];
      shuffle(rows, uniform);
    }
    return batchOf;
  }

  private groupOf(user: number): number {
    return Math.floor(user / NEIGHBOURS) % this.#groups;
  }
}

/** 0 and the running sums. */
function startsOf(sizes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(sizes.length + 1);
  for (let n = 0; n < sizes.length; n++) starts[n + 1] = starts[n] + sizes[n];
  return starts;
}
