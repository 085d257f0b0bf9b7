/**
 * Calibration@k (Steck, RecSys 2018): whether a list has the mixture that the person's own list has, of genres or of
 * well and little known titles. The Kullback–Leibler divergence of the two; 0 = the same mixture, less is better.
 *
 *   p(c)   share of category c among the titles that the person is known to have seen
 *   q(c)   the same among the first k recommended titles
 *   C_KL = Σ_c p(c) ln(p(c) / q̃(c)),   q̃ = .99 q + .01 p,   so that a category missing from the list costs a finite amount
 *
 * A title with several genres counts for each of them with an equal part; one without genres does not count. Bands of
 * popularity go by how many training people list a title.
 */
import type { Catalogue } from '../../data/anime.ts';
import { type Profile, seenEntries } from '../../data/interactions.ts';
import { topItems } from '../../model/top.ts';

/** Numbers of the categories of each title. */
type Categories = readonly (readonly number[])[];

const SMOOTHING = 0.01;
/** Bands of popularity: the 100 most listed titles, the 101st to the 500th, …, all from the 5,001st on. */
const BAND_ENDS = [100, 500, 1000, 2000, 5000];

export class Calibration {
  readonly #categories: Categories;
  readonly #count: number;

  private constructor(categories: Categories, count: number) {
    this.#categories = categories;
    this.#count = count;
  }

  static byGenre(catalogue: Catalogue): Calibration {
    const numbers = new Map<string, number>();
    const numberOf = (genre: string) => {
      const number = numbers.get(genre) ?? numbers.size;
      numbers.set(genre, number);
      return number;
    };
    const categories = catalogue.map(({ genres }) => genres.map(numberOf));
    return new Calibration(categories, numbers.size);
  }

  /** @param listedShare of each item, the share of training people who list it */
  static byPopularity(listedShare: ArrayLike<number>): Calibration {
    const bands: number[][] = Array.from(listedShare, () => []);
    for (const [rank, item] of topItems(listedShare, listedShare.length).items.entries())
      bands[item] = [BAND_ENDS.filter((end) => rank >= end).length];
    return new Calibration(bands, BAND_ENDS.length + 1);
  }

  /** Of what a profile has seen; null when none of it has a category. */
  ofProfile(profile: Profile): Float64Array | null {
    return this.#mixture(seenEntries(profile).map((p) => profile.items[p]));
  }

  /** @returns undefined when the person, or the list, has no title with a category */
  divergence(person: Float64Array | null, list: ArrayLike<number>, k: number): number | undefined {
    const listed = this.#mixture(Array.from(list).slice(0, k));
    return person && listed ? klDivergence(person, listed) : undefined;
  }

  #mixture(items: readonly number[]): Float64Array | null {
    const shares = new Float64Array(this.#count);
    let total = 0;
    for (const item of items) {
      const categories = this.#categories[item];
      if (categories.length === 0) continue;
      total++;
      for (const category of categories) shares[category] += 1 / categories.length;
    }
    return total === 0 ? null : shares.map((share) => share / total);
  }
}

/** Σ p ln(p / q̃) with q̃ = (1 − smoothing) q + smoothing p. */
export function klDivergence(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  smoothing = SMOOTHING,
): number {
  let sum = 0;
  for (let c = 0; c < p.length; c++)
    if (p[c] > 0) sum += p[c] * Math.log(p[c] / ((1 - smoothing) * q[c] + smoothing * p[c]));
  return sum;
}
