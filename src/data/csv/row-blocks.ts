/**
 * Rows in the order of the file → each person's titles once, ascending, in blocks.
 *
 * The published files are sorted by person, so a person's rows come together and only they need to be
 * put in order. Where that does not hold, `sorted` turns false and the blocks must be sorted again.
 */
import type { RowSink } from './rating-reader.ts';

/** Columns of equal length; `count` rows are filled. */
export interface RowBlock {
  count: number;
  readonly userIds: Int32Array;
  readonly animeIds: Int32Array;
  readonly ratings: Uint8Array;
  readonly statuses: Uint8Array;
  readonly episodes: Int32Array;
}

/** A multiple of the 2,048 rows that the engine takes at a time. */
const BLOCK = 1 << 15;

export class RowBlocks implements RowSink {
  /** users come in ascending order, so far */
  sorted = true;
  users = 0;
  rows = 0;
  /** rows that a later one for the same person and title replaced */
  duplicates = 0;
  readonly #full: RowBlock[] = [];
  readonly #free: RowBlock[] = [];
  #block = newBlock();
  // the current person: the titles on the list, in the order of the file, and by animeId what is known of them
  #userId = -1;
  #count = 0;
  readonly #titles: Int32Array;
  /** 1 for those on the list */
  readonly #listed: Uint8Array;
  readonly #ratings: Uint8Array;
  readonly #statuses: Uint8Array;
  readonly #episodes: Int32Array;

  /** @param titles every animeId is below */
  constructor(titles: number) {
    this.#titles = new Int32Array(titles);
    this.#listed = new Uint8Array(titles);
    this.#ratings = new Uint8Array(titles);
    this.#statuses = new Uint8Array(titles);
    this.#episodes = new Int32Array(titles);
  }

  add(userId: number, animeId: number, rating: number, status: number, episodes: number): void {
    if (userId !== this.#userId) this.#startPerson(userId);
    if (this.#listed[animeId]) this.duplicates++;
    else this.#titles[this.#count++] = animeId;
    this.#listed[animeId] = 1;
    this.#ratings[animeId] = rating;
    this.#statuses[animeId] = status;
    this.#episodes[animeId] = episodes;
  }

  /** No more rows will come. */
  finish(): void {
    this.#endPerson();
    this.#pass();
  }

  /** Full blocks that wait to be taken. */
  get waiting(): number {
    return this.#full.length;
  }

  take(): RowBlock | null {
    return this.#full.shift() ?? null;
  }

  /** Returns a block that has been taken and is used no more. */
  recycle(block: RowBlock): void {
    block.count = 0;
    this.#free.push(block);
  }

  #startPerson(userId: number): void {
    this.#endPerson();
    if (userId < this.#userId) this.sorted = false;
    this.#userId = userId;
    this.users++;
  }

  /**
   * Sorted, rather than read off a map of bits in ascending order: in that one most turns of the loop have nothing to
   * do, V8 compiles it for these (on-stack replacement), gives the code up at the first bit, and does so for every
   * person again. It took 540 ns a row instead of 76.
   */
  #endPerson(): void {
    const titles = this.#titles.subarray(0, this.#count).sort();
    for (const animeId of titles) this.#listed[animeId] = 0;
    this.#count = 0;
    for (let done = 0; done < titles.length; ) {
      const end = Math.min(titles.length, done + BLOCK - this.#block.count);
      this.#emit(titles.subarray(done, end));
      done = end;
    }
  }

  #emit(titles: Int32Array): void {
    const block = this.#block;
    const at = block.count;
    block.count += titles.length;
    block.userIds.fill(this.#userId, at, block.count);
    block.animeIds.set(titles, at);
    for (let i = 0; i < titles.length; i++) {
      const animeId = titles[i];
      block.ratings[at + i] = this.#ratings[animeId];
      block.statuses[at + i] = this.#statuses[animeId];
      block.episodes[at + i] = this.#episodes[animeId];
    }
    if (block.count === BLOCK) this.#pass();
  }

  #pass(): void {
    if (this.#block.count === 0) return;
    this.rows += this.#block.count;
    this.#full.push(this.#block);
    this.#block = this.#free.pop() ?? newBlock();
  }
}

function newBlock(): RowBlock {
  return {
    count: 0,
    userIds: new Int32Array(BLOCK),
    animeIds: new Int32Array(BLOCK),
    ratings: new Uint8Array(BLOCK),
    statuses: new Uint8Array(BLOCK),
    episodes: new Int32Array(BLOCK),
  };
}
