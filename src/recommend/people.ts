/** The users of the data set, read from disk one at a time: all lists take 650 MB at full scale, one a few kilobytes. */
import type { Interactions, Profile } from '../data/interactions.ts';
import { ArtefactError, DamagedFileError } from '../error.ts';
import type { BlockChecksums } from '../home/checksum.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';

/**
 * people.safetensors: `users` (I32, ascending user ids) and `rows` (U32): the list of users[n] is row rows[n] of the
 * sparse matrix `indptr`, `indices` (U32), `ratings`, `statuses` (U8), whose rows keep the order of the dataset.
 */
export async function writePeople(
  path: string,
  ids: Int32Array,
  { indptr, indices, ratings, statuses }: Interactions,
): Promise<void> {
  const rows = Uint32Array.from(ids.keys()).sort((a, b) => ids[a] - ids[b]);
  const vector = <T extends { length: number }>(data: T) => ({ shape: [data.length], data });
  await writeSafetensors(path, {
    users: vector(Int32Array.from(rows, (row) => ids[row])),
    rows: vector(rows),
    indptr: vector(indptr),
    indices: vector(indices),
    ratings: vector(ratings),
    statuses: vector(statuses),
  });
}

export interface PeopleOptions {
  /** titles of the catalogue */
  readonly items: number;
  /** of the file; what is read later is compared with them */
  readonly blocks?: BlockChecksums | null;
  /** receives a line about each damaged place, once */
  readonly onDamage?: (line: string) => void;
}

export class People {
  readonly #noted = new Set<string>();

  private constructor(
    private readonly file: SafetensorsFile,
    private readonly users: Int32Array,
    private readonly rows: Uint32Array,
    private readonly indptr: Uint32Array,
    private readonly items: number,
    private readonly onDamage: (line: string) => void,
  ) {}

  /** @throws ArtefactError when the file is inconsistent */
  static async open(path: string, options: PeopleOptions): Promise<People> {
    const { items, blocks = null, onDamage = () => {} } = options;
    const file = await SafetensorsFile.open(path, blocks);
    try {
      const users = await file.read('users', Int32Array);
      const rows = await file.read('rows', Uint32Array);
      const indptr = await file.read('indptr', Uint32Array);
      checkPeople(path, users, rows, indptr);
      for (const name of ['indices', 'ratings', 'statuses']) {
        if (file.shape(name)[0] !== indptr[users.length]) {
          throw new ArtefactError(
            `${path} is altered: "indptr" ends at ${indptr[users.length]} entries, but "${name}" has ${file.shape(name)}`,
          );
        }
      }
      return new People(file, users, rows, indptr, items, onDamage);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get size(): number {
    return this.users.length;
  }

  /** The list of a user, marked as whole; null when the id is unknown. */
  async profile(userId: number): Promise<Profile | null> {
    const at = this.#indexOf(userId);
    if (at < 0) return null;
    const from = this.indptr[this.rows[at]];
    const to = this.indptr[this.rows[at] + 1];
    const { indices: items, ratings, statuses } = await this.#entries(from, to);
    for (let p = 0; p < items.length; p++) {
      if (items[p] >= this.items || (p > 0 && items[p] <= items[p - 1])) {
        throw new ArtefactError(
          `${this.file.path} is altered: the list of user ${userId} has item ${items[p]}, which is out of order or not below ${this.items}`,
        );
      }
    }
    return { items, ratings, statuses, isWhole: true };
  }

  /**
   * A sample of whole lists from all over the data set; all lists when there are few. It is read in evenly spaced blocks
   * of consecutive rows, so that it takes milliseconds at any size of the data set.
   * @param entries about how many list entries to read at most
   */
  async sample(entries: number): Promise<Interactions> {
    const blocks = sampledBlocks(this.indptr, entries);
    const read = await Promise.all(blocks.map(([from, to]) => this.#lists(from, to)));
    const sizes = blocks.flatMap(([from, to]) =>
      Array.from(this.indptr.subarray(from, to), (start, n) => this.indptr[from + n + 1] - start),
    );
    const indptr = new Uint32Array(sizes.length + 1);
    sizes.forEach((size, n) => {
      indptr[n + 1] = indptr[n] + size;
    });
    const total = indptr[sizes.length];
    const people = {
      users: sizes.length,
      items: this.items,
      indptr,
      indices: new Uint32Array(total),
      ratings: new Uint8Array(total),
      statuses: new Uint8Array(total),
    };
    let at = 0;
    for (const { indices, ratings, statuses } of read) {
      people.indices.set(indices, at);
      people.ratings.set(ratings, at);
      people.statuses.set(statuses, at);
      at += indices.length;
    }
    if (people.indices.some((item) => item >= this.items))
      throw new ArtefactError(
        `${this.file.path} is altered: a list has an item that is not below ${this.items}`,
      );
    return people;
  }

  async #lists(fromRow: number, toRow: number) {
    return this.#entries(this.indptr[fromRow], this.indptr[toRow]);
  }

  /** @throws DamagedFileError, which `onDamage` is called with the first time */
  async #entries(from: number, to: number) {
    try {
      const [indices, ratings, statuses] = await Promise.all([
        this.file.read('indices', Uint32Array, from, to),
        this.file.read('ratings', Uint8Array, from, to),
        this.file.read('statuses', Uint8Array, from, to),
      ]);
      return { indices, ratings, statuses };
    } catch (error) {
      if (error instanceof DamagedFileError) this.#noteDamage(error.message);
      throw error;
    }
  }

  #noteDamage(line: string): void {
    if (this.#noted.has(line)) return;
    this.#noted.add(line);
    this.onDamage(line);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Index into `users`, by binary search; −1 = unknown. */
  #indexOf(userId: number): number {
    let low = 0;
    let high = this.users.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (this.users[middle] === userId) return middle;
      if (this.users[middle] < userId) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

const BLOCKS = 64;

/** Rows to read, `to` exclusive: all of them, or BLOCKS blocks with an equal share of the entries each. */
function sampledBlocks(indptr: Uint32Array, entries: number): [from: number, to: number][] {
  const rows = indptr.length - 1;
  if (indptr[rows] <= entries) return [[0, rows]];
  const blocks: [number, number][] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const from = Math.floor((block * rows) / BLOCKS);
    const end = Math.floor(((block + 1) * rows) / BLOCKS);
    let to = from;
    while (to < end && indptr[to + 1] - indptr[from] <= entries / BLOCKS) to++;
    if (to > from) blocks.push([from, to]);
  }
  return blocks;
}

function checkPeople(
  path: string,
  users: Int32Array,
  rows: Uint32Array,
  indptr: Uint32Array,
): void {
  const altered = (what: string) => new ArtefactError(`${path} is altered: ${what}`);
  if (rows.length !== users.length || indptr.length !== users.length + 1) {
    throw altered(
      `${users.length} user ids, ${rows.length} rows and an "indptr" of ${indptr.length} do not agree`,
    );
  }
  for (let n = 0; n < users.length; n++) {
    if (n > 0 && users[n] <= users[n - 1])
      throw altered(`the user ids are not ascending at ${users[n]}`);
    if (rows[n] >= users.length)
      throw altered(`user ${users[n]} is in row ${rows[n]} of ${users.length}`);
    if (indptr[n] > indptr[n + 1]) throw altered(`row ${n} ends before it begins`);
  }
}
