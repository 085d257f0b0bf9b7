/**
 * Rows in the order of the file → blocks of rows in which each user's titles occur once, in ascending order.
 *
 * The published files are sorted by user, so only the rows of one user at a time have to be sorted. In a file that is
 * not, `sorted` becomes false and the caller has to sort the blocks.
 */
import type { RowSink } from './rating-reader.ts';

/** Columns of equal length; `count` rows are filled. */
export interface RowBlock {
  count: number;
  readonly userIds: Int32Array<ArrayBuffer>;
  readonly animeIds: Int32Array<ArrayBuffer>;
  readonly ratings: Uint8Array<ArrayBuffer>;
  readonly statuses: Uint8Array<ArrayBuffer>;
  readonly episodes: Int32Array<ArrayBuffer>;
  /** ratings in tenths, of layouts that have them; 0 = not scored */
  readonly tenths: Uint8Array<ArrayBuffer> | null;
  /** Unix seconds, of layouts that have times; 0 = not known */
  readonly times: Int32Array<ArrayBuffer> | null;
}

export interface BlockOptions {
  /** greater than every animeId */
  readonly titles: number;
  readonly hasTenths?: boolean;
  readonly hasTimes?: boolean;
  /** blocks that may be filled anew */
  readonly free?: RowBlock[];
}

/** What a message to another thread hands over instead of copying it. */
export function buffersOf(block: RowBlock): ArrayBuffer[] {
  const { userIds, animeIds, ratings, statuses, episodes, tenths, times } = block;
  const columns = [userIds, animeIds, ratings, statuses, episodes, tenths, times];
  return columns.flatMap((column) => column?.buffer ?? []);
}

/** Rows a block: a multiple of the 2,048 rows that DuckDB takes at a time. */
const BLOCK = 1 << 15;

export class RowBlocks implements RowSink {
  /** whether the users have come in ascending order so far */
  sorted = true;
  users = 0;
  rows = 0;
  /** rows that a later row of the same user and title replaced */
  duplicates = 0;
  readonly #full: RowBlock[] = [];
  readonly #free: RowBlock[];
  readonly #hasTenths: boolean;
  readonly #hasTimes: boolean;
  #block: RowBlock;
  // of the current user: the titles in the order of the file, then the columns of their rows, indexed by animeId
  #userId = -1;
  #count = 0;
  readonly #titles: Int32Array;
  /** 1 = on the list */
  readonly #listed: Uint8Array;
  readonly #ratings: Uint8Array;
  readonly #statuses: Uint8Array;
  readonly #episodes: Int32Array;
  readonly #times: Int32Array;

  constructor({ titles, hasTenths = false, hasTimes = false, free = [] }: BlockOptions) {
    this.#free = free;
    this.#hasTenths = hasTenths;
    this.#hasTimes = hasTimes;
    this.#block = newBlock(hasTenths, hasTimes);
    this.#titles = new Int32Array(titles);
    this.#listed = new Uint8Array(titles);
    this.#ratings = new Uint8Array(titles);
    this.#statuses = new Uint8Array(titles);
    this.#episodes = new Int32Array(titles);
    this.#times = new Int32Array(hasTimes ? titles : 0);
  }

  add(
    userId: number,
    animeId: number,
    rating: number,
    status: number,
    episodes: number,
    time: number,
  ): void {
    if (userId !== this.#userId) this.#startUser(userId);
    if (this.#listed[animeId]) this.duplicates++;
    else this.#titles[this.#count++] = animeId;
    this.#listed[animeId] = 1;
    this.#ratings[animeId] = rating;
    this.#statuses[animeId] = status;
    this.#episodes[animeId] = episodes;
    if (this.#hasTimes) this.#times[animeId] = time;
  }

  /** Call it after the last row. */
  finish(): void {
    this.#endUser();
    this.#pass();
  }

  /** @returns the next full block; null = none is full yet */
  take(): RowBlock | null {
    return this.#full.shift() ?? null;
  }

  #startUser(userId: number): void {
    this.#endUser();
    if (userId < this.#userId) this.sorted = false;
    this.#userId = userId;
    this.users++;
  }

  /**
   * Sorts the titles. Scanning a bit map in ascending order was slower, 540 ns a row instead of 76: V8 optimises the
   * loop for the empty words, deoptimises at the first bit, and repeats that for every user.
   */
  #endUser(): void {
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
    this.#emitMore(titles, at);
    if (block.count === BLOCK) this.#pass();
  }

  /** The columns that only some layouts have. */
  #emitMore(titles: Int32Array, at: number): void {
    const { tenths, times, ratings } = this.#block;
    if (times) for (let i = 0; i < titles.length; i++) times[at + i] = this.#times[titles[i]];
    if (!tenths) return;
    for (let i = at; i < at + titles.length; i++) {
      tenths[i] = ratings[i];
      ratings[i] = wholeRating(ratings[i]);
    }
  }

  #pass(): void {
    if (this.#block.count === 0) return;
    this.rows += this.#block.count;
    this.#full.push(this.#block);
    this.#block = this.#free.pop() ?? newBlock(this.#hasTenths, this.#hasTimes);
    this.#block.count = 0;
  }
}

/** Tenths → 1–10, 0 = not scored. */
export function wholeRating(tenths: number): number {
  return tenths === 0 ? 0 : Math.max(1, Math.floor(tenths / 10 + 0.5));
}

function newBlock(hasTenths: boolean, hasTimes: boolean): RowBlock {
  return {
    count: 0,
    userIds: new Int32Array(BLOCK),
    animeIds: new Int32Array(BLOCK),
    ratings: new Uint8Array(BLOCK),
    statuses: new Uint8Array(BLOCK),
    episodes: new Int32Array(BLOCK),
    tenths: hasTenths ? new Uint8Array(BLOCK) : null,
    times: hasTimes ? new Int32Array(BLOCK) : null,
  };
}
