/**
 * Rows in the order of the file → each person's titles once, ascending, in blocks.
 *
 * The published files are sorted by person, so a person's rows come together and only they need to be
 * put in order. Where that does not hold, `sorted` turns false and the blocks must be sorted again.
 */
import type { RowSink } from './rating-file.ts';

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
const MAX_WORD = 2 ** 30 - 1;

export class PersonRows implements RowSink {
  /** users come in ascending order, so far */
  sorted = true;
  users = 0;
  rows = 0;
  /** rows that a later one for the same person and title replaced */
  duplicates = 0;
  readonly #full: RowBlock[] = [];
  readonly #free: RowBlock[] = [];
  #block = newBlock();
  // the current person: a bit for each title on the list, by animeId, and what is known of it
  #userId = -1;
  readonly #listed: Int32Array;
  readonly #ratings: Uint8Array;
  readonly #statuses: Uint8Array;
  readonly #episodes: Int32Array;
  /** words of `listed` that hold bits lie in [from, to] */
  #from = MAX_WORD;
  #to = -1;

  /** @param titles every animeId is below */
  constructor(titles: number) {
    this.#listed = new Int32Array((titles + 31) >>> 5);
    this.#ratings = new Uint8Array(titles);
    this.#statuses = new Uint8Array(titles);
    this.#episodes = new Int32Array(titles);
  }

  add(userId: number, animeId: number, rating: number, status: number, episodes: number): void {
    if (userId !== this.#userId) this.#startPerson(userId);
    const word = animeId >>> 5;
    const bit = 1 << (animeId & 31);
    if (this.#listed[word] & bit) this.duplicates++;
    this.#listed[word] |= bit;
    if (word < this.#from) this.#from = word;
    if (word > this.#to) this.#to = word;
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

  /** Bits in ascending order are titles in ascending order: no sorting. */
  #endPerson(): void {
    const listed = this.#listed;
    for (let word = this.#from; word <= this.#to; word++) {
      for (let bits = listed[word]; bits !== 0; bits &= bits - 1) {
        this.#emit((word << 5) + 31 - Math.clz32(bits & -bits));
      }
      listed[word] = 0;
    }
    this.#from = MAX_WORD;
    this.#to = -1;
  }

  #emit(animeId: number): void {
    const block = this.#block;
    const at = block.count++;
    block.userIds[at] = this.#userId;
    block.animeIds[at] = animeId;
    block.ratings[at] = this.#ratings[animeId];
    block.statuses[at] = this.#statuses[animeId];
    block.episodes[at] = this.#episodes[animeId];
    if (at + 1 === BLOCK) this.#pass();
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
