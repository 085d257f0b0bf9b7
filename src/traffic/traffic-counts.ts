/** Counts lists that are asked with and lists that are recommended. It keeps sums only. */
import type { Interactions } from '../data/interactions.ts';
import { DECILES, LENGTH_BINS, lengthBin, type TitleBins } from './title-bins.ts';
import type { Traffic } from './traffic.ts';

/** Sums of 1/n are kept to so many digits: more are noise. */
const DIGITS = 1e6;

class ListCounts {
  #lists = 0;
  readonly #genre: Float64Array;
  readonly #popularity = new Float64Array(DECILES);
  readonly #bins: TitleBins;
  /** by item: what is not in the sums yet. A sum by title costs a tenth of looking its genres up for each list */
  #weights: Float64Array | null = null;

  constructor(bins: TitleBins) {
    this.#bins = bins;
    this.#genre = new Float64Array(bins.genres.length);
  }

  /** @param items of one list, each below the catalogue's size */
  add(items: ArrayLike<number>): void {
    const { length } = items;
    if (length === 0) return;
    this.#lists++;
    this.#weights ??= new Float64Array(this.#bins.decileOf.length);
    const weights = this.#weights;
    const part = 1 / length;
    for (let p = 0; p < length; p++) weights[items[p]] += part;
  }

  /** @param weights of itemWeights(), of so many lists */
  addWeights(weights: Float64Array, lists: number): void {
    this.#lists += lists;
    const { from, genreOf, decileOf } = this.#bins;
    for (let item = 0; item < weights.length; item++) {
      const weight = weights[item];
      if (weight === 0) continue;
      this.#popularity[decileOf[item]] += weight;
      const end = from[item + 1];
      const each = weight / (end - from[item]);
      for (let g = from[item]; g < end; g++) this.#genre[genreOf[g]] += each;
    }
  }

  addAll(other: ListCounts): void {
    other.settle();
    this.#lists += other.#lists;
    addTo(this.#genre, other.#genre);
    addTo(this.#popularity, other.#popularity);
  }

  /** Leaves nothing by title. */
  settle(): void {
    const weights = this.#weights;
    this.#weights = null;
    if (weights !== null) this.addWeights(weights, 0);
  }

  state() {
    this.settle();
    const genre = this.#bins.genres.map((name, g) => [name, rounded(this.#genre[g])] as const);
    return {
      lists: this.#lists,
      genre: Object.fromEntries(genre),
      popularity: Array.from(this.#popularity, rounded),
    };
  }
}

export class TrafficCounts {
  readonly #asked: ListCounts;
  readonly #recommended: ListCounts;
  readonly #lengths = new Float64Array(LENGTH_BINS);

  constructor(bins: TitleBins) {
    this.#asked = new ListCounts(bins);
    this.#recommended = new ListCounts(bins);
  }

  /** @param items that somebody lists; none = somebody who has seen nothing */
  addAsked(items: ArrayLike<number>): void {
    this.#lengths[lengthBin(items.length)]++;
    this.#asked.add(items);
  }

  /** Adds all lists of a data set: the same sums as one by one. */
  addAllAsked(weights: Float64Array, { users, indptr }: Interactions): void {
    let empty = 0;
    for (let user = 0; user < users; user++) {
      const size = indptr[user + 1] - indptr[user];
      this.#lengths[lengthBin(size)]++;
      if (size === 0) empty++;
    }
    this.#asked.addWeights(weights, users - empty);
  }

  addRecommended(items: ArrayLike<number>): void {
    this.#recommended.add(items);
  }

  /** Adds counts of the same bins. */
  addAll(other: TrafficCounts): void {
    this.#asked.addAll(other.#asked);
    this.#recommended.addAll(other.#recommended);
    addTo(this.#lengths, other.#lengths);
  }

  /** Leaves sums by genre, popularity and length only. state() and addAll() do it as well. */
  settle(): void {
    this.#asked.settle();
    this.#recommended.settle();
  }

  state(): Traffic {
    return {
      asked: { ...this.#asked.state(), listLength: Array.from(this.#lengths) },
      recommended: this.#recommended.state(),
    };
  }
}

function addTo(sums: Float64Array, values: Float64Array): void {
  for (let n = 0; n < sums.length; n++) sums[n] += values[n];
}

function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}
