/** The bins that titles and lists are counted in: genre, popularity, length of the list. */
import type { Catalogue } from '../data/anime.ts';
import type { Interactions } from '../data/interactions.ts';

/** Titles that have none. */
export const NO_GENRE = 'none';

/** The shortest list of each bin. */
const LENGTHS = [0, 1, 4, 11, 26, 51, 101, 201, 401, 801] as const;
export const LENGTH_BINS = LENGTHS.length;

export const DECILES = 10;

/** "1–3", "801 or more": for reports. */
export const LENGTH_NAMES: readonly string[] = LENGTHS.map((from, bin) => {
  if (bin === LENGTHS.length - 1) return `${from} or more`;
  const to = LENGTHS[bin + 1] - 1;
  return from === to ? String(from) : `${from}–${to}`;
});

export function lengthBin(titles: number): number {
  let bin = LENGTHS.length - 1;
  while (LENGTHS[bin] > titles) bin--;
  return bin;
}

/** By item: how much of what is on lists it is, where each list counts as 1 and its titles share that. */
export function itemWeights({ users, items, indptr, indices }: Interactions): Float64Array {
  const weights = new Float64Array(items);
  for (let user = 0; user < users; user++) {
    const end = indptr[user + 1];
    const part = 1 / (end - indptr[user]);
    for (let p = indptr[user]; p < end; p++) weights[indices[p]] += part;
  }
  return weights;
}

/**
 * Where the deciles of popularity begin: titles are ordered by how many people list them, and each decile has a tenth of
 * what is on lists.
 * @returns nine items, ascending: the first of the second decile, and so on
 */
export function popularityBounds(weights: Float64Array): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bounds: number[] = [];
  let sum = 0;
  for (let item = 0; item < weights.length && bounds.length < DECILES - 1; item++) {
    sum += weights[item];
    // A sum of fractions may be a little less than the share that it makes.
    while (bounds.length < DECILES - 1 && sum >= ((bounds.length + 1) / DECILES - 1e-9) * total)
      bounds.push(item + 1);
  }
  while (bounds.length < DECILES - 1) bounds.push(weights.length);
  return bounds;
}

export class TitleBins {
  /** in alphabetical order, NO_GENRE last */
  readonly genres: readonly string[];
  /** the genres of item i: genreOf[from[i]] … genreOf[from[i + 1] − 1] */
  readonly from: Uint32Array;
  readonly genreOf: Uint16Array;
  /** by item: 0 = the most popular tenth */
  readonly decileOf: Uint8Array;

  /** @param bounds of popularityBounds() */
  constructor(catalogue: Catalogue, bounds: readonly number[]) {
    const names = new Set(catalogue.flatMap(({ genres }) => genres));
    names.delete(NO_GENRE);
    this.genres = [...[...names].sort(), NO_GENRE];
    const numbers = new Map(this.genres.map((name, number) => [name, number]));
    const of = catalogue.map(({ genres }) =>
      genres.length > 0 ? [...new Set(genres)] : [NO_GENRE],
    );
    this.from = new Uint32Array(catalogue.length + 1);
    of.forEach((genres, item) => {
      this.from[item + 1] = this.from[item] + genres.length;
    });
    this.genreOf = Uint16Array.from(of.flat(), (name) => numbers.get(name) as number);
    this.decileOf = Uint8Array.from(
      catalogue,
      (_, item) => bounds.filter((bound) => bound <= item).length,
    );
  }
}
