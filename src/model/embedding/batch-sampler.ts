/**
 * Which rows make up the batches of an epoch. People are put into groups; a batch has rows of one group, dealt out like
 * cards: of as many rows as the group has batches, each batch gets one, drawn at random. The batches of all groups come
 * in a drawn order. So a batch names fewer people, with more rows of each: the table rows that a step must read and
 * write are what training takes time for.
 */
import { type Random, shuffle } from '../../data/random.ts';
import type { Rows } from './rows.ts';

/** Neighbours in the table that share a group: close in memory, and too few to be alike. */
const NEIGHBOURS = 64;
/** Pairs that a batch has of a person, about. */
const PAIRS_OF_PERSON = 5;

export interface SampledBatches {
  /** batch after batch; people ascend in each */
  readonly rows: Rows;
  /** where each batch begins in them, and where the last one ends */
  readonly starts: Uint32Array;
}

export class BatchSampler {
  readonly #groups: number;
  /** where the rows of each NEIGHBOURS people begin, and where the last ones end */
  readonly #neighboursFrom: Uint32Array;
  readonly #rowsOfGroup: Uint32Array;
  /** where the batches of each group begin, and where the last ones end */
  readonly #batchesFrom: Uint32Array;
  /** rows of each batch, group by group */
  readonly #sizes: Uint32Array;
  readonly #dealt: Rows;

  /**
   * @param rows people ascending
   * @param perBatch rows of a batch, at most
   * @param pairsPerRow pairs that a row becomes
   */
  constructor(
    private readonly rows: Rows,
    people: number,
    perBatch: number,
    pairsPerRow: number,
  ) {
    const { users } = rows;
    const wanted = Math.round((PAIRS_OF_PERSON * people) / (perBatch * pairsPerRow));
    const neighbours = new Uint32Array(Math.ceil(people / NEIGHBOURS));
    this.#groups = Math.max(1, Math.min(wanted, neighbours.length));
    this.#rowsOfGroup = new Uint32Array(this.#groups);
    for (const user of users) neighbours[Math.floor(user / NEIGHBOURS)]++;
    neighbours.forEach((count, n) => {
      this.#rowsOfGroup[n % this.#groups] += count;
    });
    this.#neighboursFrom = startsOf(neighbours);
    this.#batchesFrom = startsOf(this.#rowsOfGroup.map((count) => Math.ceil(count / perBatch)));
    this.#sizes = new Uint32Array(this.batches);
    this.#rowsOfGroup.forEach((count, group) => {
      const [from, to] = this.#batchesFrom.subarray(group, group + 2);
      for (let n = from; n < to; n++) this.#sizes[n] = Math.ceil((count - n + from) / (to - from));
    });
    this.#dealt = {
      users: new Uint32Array(users.length),
      items: new Uint32Array(users.length),
      targets: new Float32Array(users.length),
    };
  }

  /** Batches of an epoch. */
  get batches(): number {
    return this.#batchesFrom[this.#groups];
  }

  /** Until it is called again, what it returns stays as it is. */
  sample(uniform: Random): SampledBatches {
    const numbers = shuffle(
      Uint32Array.from({ length: this.batches }, (_, n) => n),
      uniform,
    );
    const sizes = new Uint32Array(this.batches);
    numbers.forEach((number, n) => {
      sizes[number] = this.#sizes[n];
    });
    const starts = startsOf(sizes);
    const next = starts.slice();
    for (let group = 0; group < this.#groups; group++) {
      const batches = numbers.subarray(this.#batchesFrom[group], this.#batchesFrom[group + 1]);
      this.dealGroup(group, batches, next, uniform);
    }
    return { rows: this.#dealt, starts };
  }

  /** @param next of each batch, where its next row goes */
  private dealGroup(group: number, batches: Uint32Array, next: Uint32Array, uniform: Random): void {
    const { users, items, targets } = this.rows;
    const dealt = this.#dealt;
    const deck = batches.slice();
    let left = this.#rowsOfGroup[group];
    let top = 0;
    for (let n = group; n + 1 < this.#neighboursFrom.length; n += this.#groups) {
      const end = this.#neighboursFrom[n + 1];
      for (let row = this.#neighboursFrom[n]; row < end; row++) {
        if (top === 0) {
          top = Math.min(deck.length, left);
          left -= top;
          // The last rows go to those batches that have one more.
          if (top < deck.length) deck.set(batches);
        }
        const drawn = Math.floor(uniform() * top--);
        const batch = deck[drawn];
        deck[drawn] = deck[top];
        deck[top] = batch;
        const at = next[batch]++;
        dealt.users[at] = users[row];
        dealt.items[at] = items[row];
        dealt.targets[at] = targets[row];
      }
    }
  }
}

/** 0 and the running sums. */
function startsOf(sizes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(sizes.length + 1);
  for (let n = 0; n < sizes.length; n++) starts[n + 1] = starts[n] + sizes[n];
  return starts;
}
