/** Counts lists that are asked with and lists that are recommended. It keeps sums only. */
import type { Interactions } from '../data/interactions.ts';
import { DECILES, LENGTH_BINS, lengthBin, type TitleBins } from './title-bins.ts';
import type { Traffic } from './traffic.ts';

/** Sums of 1/n are kept to so many digits: more are noise. */
const DIGITS = 1e6;

class ListCounts {
  lists = 0;
  readonly genre: Float64Array;
  readonly popularity = new Float64Array(DECILES);
  readonly #bins: TitleBins;

  constructor(bins: TitleBins) {
    this.#bins = bins;
    this.genre = new Float64Array(bins.genres.length);
  }

  /** @param items of one list, each below the catalogue's size */
  add(items: ArrayLike<number>): void {
    const { length } = items;
    if (length === 0) return;
    this.lists++;
    const part = 1 / length;
    for (let p = 0; p < length; p++) this.#addItem(items[p], part);
  }

  /** @param weights of itemWeights(), of so many lists */
  addWeights(weights: Float64Array, lists: number): void {
    this.lists += lists;
    for (let item = 0; item < weights.length; item++) this.#addItem(item, weights[item]);
  }

  #addItem(item: number, part: number): void {
    const { from, genreOf, decileOf } = this.#bins;
    this.popularity[decileOf[item]] += part;
    const end = from[item + 1];
    const each = part / (end - from[item]);
    for (let g = from[item]; g < end; g++) this.genre[genreOf[g]] += each;
  }

  addAll({ lists, genre, popularity }: ListCounts): void {
    this.lists += lists;
    addTo(this.genre, genre);
    addTo(this.popularity, popularity);
  }

  state() {
    const { lists, popularity } = this;
    const genre = this.#bins.genres.map((name, g) => [name, rounded(this.genre[g])] as const);
    return { lists, genre: Object.fromEntries(genre), popularity: Array.from(popularity, rounded) };
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

  /** Adds all lists of a data set: the same sums as one by one, without a look at the genres of each entry. */
  addAllAsked(weights: Float64Array, { users, indptr }: Interactions): void {
    for (let user = 0; user < users; user++)
      this.#lengths[lengthBin(indptr[user + 1] - indptr[user])]++;
    this.#asked.addWeights(weights, users - this.#lengths[0]);
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
