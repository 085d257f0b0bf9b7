/** What the titles of a list say for each of some candidates, read from a sparse matrix in the kernels' memory. */
import type { Csr } from '../data/csr.ts';
import { longestRow, SHORT } from './placed-csr.ts';
import type { Arena } from './wasm/arena.ts';
import type { KernelInstance } from './wasm/instance.ts';

/** Numbers of a candidate's record. */
export const RECORD = 16;
/** Where they stand in it; what they are: linalg/wasm/rank-kernels.ts. `strongest` is the first of five. */
export const TERM = {
  ...{ seen: 0, positive: 1, liking: 2, above: 3, sum: 4, count: 5, deviation: 6, strongest: 8 },
} as const;

/** Candidates that there is room for. */
export const MOST_CANDIDATES = 1024;

/** Entries of a list: the first `count` of each array. */
export interface ListEntries {
  readonly count: number;
  /** rows of the matrix */
  readonly items: Uint32Array;
  readonly weights: Float32Array;
  readonly deviations: Float32Array;
}

/** Pointers of the matrix and of what placeTerms gave. */
type Pointers = Record<'indptr' | 'indices' | 'values', number> & ReturnType<typeof placeTerms>;

/** @param room entries of a list at most */
export function placeTerms(arena: Arena, matrix: Csr, room: number) {
  return {
    room,
    ...arena.allocateAll({
      listed: 4 * room,
      weighed: 4 * room,
      deviations: 4 * room,
      places: 2 * matrix.columns,
      hits: 4 * (longestRow(matrix) + 1),
      records: 4 * RECORD * MOST_CANDIDATES,
    }),
  };
}

export class ListTerms {
  readonly #items: Uint32Array;
  readonly #weights: Float32Array;
  readonly #deviations: Float32Array;
  /** by column: 1 + the candidate's number; all 0 between two calls */
  readonly #places: Uint16Array;
  readonly #records: Float32Array;
  readonly #read: (count: number, candidates: number) => void;

  /** @param matrix that stands at the pointers */
  constructor(
    { kernels, memory: { buffer } }: KernelInstance,
    private readonly matrix: Pick<Csr, 'rows' | 'columns'>,
    private readonly at: Pointers,
  ) {
    this.#items = new Uint32Array(buffer, at.listed, at.room);
    this.#weights = new Float32Array(buffer, at.weighed, at.room);
    this.#deviations = new Float32Array(buffer, at.deviations, at.room);
    this.#places = new Uint16Array(buffer, at.places, matrix.columns);
    this.#records = new Float32Array(buffer, at.records, MOST_CANDIDATES * RECORD);
    const read = matrix.columns <= SHORT ? kernels.listShortTerms : kernels.listTerms;
    const { indptr, indices, values, listed, weighed, deviations, places, hits, records } = at;
    this.#read = (count, candidates) =>
      read(
        ...([indptr, indices, values, listed, weighed, deviations, count] as const),
        ...([places, candidates, hits, records] as const),
      );
  }

  /**
   * RECORD numbers of each candidate, only good until the next call.
   * @param candidates columns, each at most once
   * @throws RangeError when there is no room for them, or an item is no row
   */
  of(list: ListEntries, candidates: Uint32Array): Float32Array {
    const { count, items, weights, deviations } = list;
    const { rows } = this.matrix;
    if (count > this.at.room || candidates.length > MOST_CANDIDATES)
      throw new RangeError(`ListTerms: ${candidates.length} candidates for ${count} titles`);
    for (let p = 0; p < count; p++) {
      if (items[p] >= rows) throw new RangeError(`ListTerms: item ${items[p]} of ${rows}`);
      this.#items[p] = items[p];
      this.#weights[p] = weights[p];
      this.#deviations[p] = deviations[p];
    }
    const places = this.#places;
    for (let n = 0; n < candidates.length; n++) places[candidates[n]] = n + 1;
    this.#read(count, candidates.length);
    for (let n = 0; n < candidates.length; n++) places[candidates[n]] = 0;
    return this.#records;
  }
}
