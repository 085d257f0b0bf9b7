/**
 * What the embedding network learns from: rows (person, title, target).
 *
 *   scored    (rating − lowest) / (10 − lowest), or with target "liked" whether that is at least likedFrom
 *   unscored  left out, or a target of its own; planned titles likewise. Never "hated".
 *
 * The validation rows are drawn by seed. Beside each row `negatives` titles are drawn that the person does not list,
 * with the target 0.
 */
import type { UserRange } from '../../data/dataset.ts';
import type { Interactions } from '../../data/interactions.ts';
import { STATUS } from '../../data/interactions.ts';
import { type Random, random, shuffle } from '../../data/random.ts';
import type { EmbeddingOptions } from './options.ts';

export type TargetOptions = Pick<
  EmbeddingOptions,
  'target' | 'likedFrom' | 'lowest' | 'unscored' | 'planned'
>;

/** Parallel arrays; `users` count from the first person fitted on. */
export interface Rows {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly targets: Float32Array;
}

/** The target of one listed title; NaN = the row is left out. */
export function targetOf(rating: number, status: number, options: TargetOptions): number {
  const { lowest, likedFrom, unscored, planned } = options;
  if (status === STATUS.plan_to_watch) return planned ?? Number.NaN;
  if (rating === 0) return unscored ?? Number.NaN;
  const scaled = (rating - lowest) / (10 - lowest);
  if (options.target === 'rating') return scaled;
  return scaled >= likedFrom ? 1 : 0;
}

export function rowsOf(
  { indptr, indices, ratings, statuses }: Interactions,
  people: UserRange,
  options: TargetOptions,
): Rows {
  const most = indptr[people.to] - indptr[people.from];
  const users = new Uint32Array(most);
  const items = new Uint32Array(most);
  const targets = new Float32Array(most);
  let count = 0;
  for (let user = people.from; user < people.to; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      const target = targetOf(ratings[p], statuses[p], options);
      if (Number.isNaN(target)) continue;
      users[count] = user - people.from;
      items[count] = indices[p];
      targets[count++] = target;
    }
  }
  return {
    users: users.subarray(0, count),
    items: items.subarray(0, count),
    targets: targets.subarray(0, count),
  };
}

export function takeRows({ users, items, targets }: Rows, order: Uint32Array): Rows {
  return {
    users: order.map((row) => users[row]),
    items: order.map((row) => items[row]),
    targets: Float32Array.from(order, (row) => targets[row]),
  };
}

/** Positions of rows, drawn by seed. */
export interface SplitRows {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/** @param held rows for validation: their number, or below 1 their share; at least one row stays for training */
export function splitRows(rows: number, held: number, seed: number): SplitRows {
  const order = shuffle(
    Uint32Array.from({ length: rows }, (_, n) => n),
    random(seed),
  );
  const wanted = held < 1 ? Math.round(held * rows) : Math.floor(held);
  const cut = Math.max(Math.min(rows, 1), rows - wanted);
  return { training: order.subarray(0, cut), validation: order.subarray(cut) };
}

/** Draws titles that a person does not list; gives up on people who list nearly all. */
export class UnlistedTitles {
  constructor(
    private readonly interactions: Interactions,
    private readonly people: UserRange,
  ) {}

  draw(user: number, uniform: Random): number {
    const { items } = this.interactions;
    let item = 0;
    for (let attempt = 0; attempt < 20; attempt++) {
      item = Math.floor(uniform() * items);
      if (!this.lists(this.people.from + user, item)) break;
    }
    return item;
  }

  private lists(user: number, item: number): boolean {
    const { indptr, indices } = this.interactions;
    let low = indptr[user];
    let high = indptr[user + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (indices[middle] < item) low = middle + 1;
      else high = middle;
    }
    return low < indptr[user + 1] && indices[low] === item;
  }
}
