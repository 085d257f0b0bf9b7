/** The people of the data set, read one at a time: at full scale their lists are 650 MB, and one is a few kilobytes. */
import type { Interactions, Profile } from '../data/interactions.ts';
import { ArtefactError } from '../error.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';

/**
 * people.safetensors: `users` (I32, ascending) and `rows` (U32): the person of each id is row rows[n] of the sparse
 * rows `indptr`, `indices` (U32), `ratings`, `statuses` (U8), which stay in the dataset's order.
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

export class People {
  private constructor(
    private readonly file: SafetensorsFile,
    private readonly users: Int32Array,
    private readonly rows: Uint32Array,
    private readonly indptr: Uint32Array,
    private readonly items: number,
  ) {}

  /** @throws ArtefactError when the parts of the file disagree */
  static async open(path: string, items: number): Promise<People> {
    const file = await SafetensorsFile.open(path);
    try {
      const users = await file.read('users', Int32Array);
      const rows = await file.read('rows', Uint32Array);
      const indptr = await file.read('indptr', Uint32Array);
      checkPeople(path, users, rows, indptr);
      for (const name of ['indices', 'ratings', 'statuses']) {
        if (file.shape(name)[0] !== indptr[users.length]) {
          throw new ArtefactError(
            `${path} is altered: ${indptr[users.length]} entries are announced, "${name}" has ${file.shape(name)}`,
          );
        }
      }
      return new People(file, users, rows, indptr, items);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get size(): number {
    return this.users.length;
  }

  /** Their list, or null when nobody has this id. */
  async profile(userId: number): Promise<Profile | null> {
    const at = this.#find(userId);
    if (at < 0) return null;
    const from = this.indptr[this.rows[at]];
    const to = this.indptr[this.rows[at] + 1];
    const [items, ratings, statuses] = await Promise.all([
      this.file.read('indices', Uint32Array, from, to),
      this.file.read('ratings', Uint8Array, from, to),
      this.file.read('statuses', Uint8Array, from, to),
    ]);
    for (let p = 0; p < items.length; p++) {
      if (items[p] >= this.items || (p > 0 && items[p] <= items[p - 1])) {
        throw new ArtefactError(
          `${this.file.path} is altered: the list of person ${userId} names item ${items[p]} of ${this.items} out of order`,
        );
      }
    }
    return { items, ratings, statuses };
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** By bisection; −1 = nobody. */
  #find(userId: number): number {
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

function checkPeople(
  path: string,
  users: Int32Array,
  rows: Uint32Array,
  indptr: Uint32Array,
): void {
  const wrong = (what: string) => new ArtefactError(`${path} is altered: ${what}`);
  if (rows.length !== users.length || indptr.length !== users.length + 1) {
    throw wrong(
      `${users.length} people, ${rows.length} rows and ${indptr.length} row ends do not agree`,
    );
  }
  for (let n = 0; n < users.length; n++) {
    if (n > 0 && users[n] <= users[n - 1])
      throw wrong(`the ids of people do not ascend at ${users[n]}`);
    if (rows[n] >= users.length)
      throw wrong(`person ${users[n]} is in row ${rows[n]} of ${users.length}`);
    if (indptr[n] > indptr[n + 1]) throw wrong(`row ${n} ends before it begins`);
  }
}
