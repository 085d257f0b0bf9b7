/**
 * Genre diversity@k: how different the titles within a list are (the opposite of the intra-list similarity of Ziegler et
 * al., WWW 2005). The mean over all pairs of the first k titles of 1 − |genres in common| / |genres of either|;
 * 0 = all have the same genres, 1 = no two share one. A title without genres shares none.
 */
import type { Catalogue } from '../../data/anime.ts';

export class GenreDiversity {
  readonly #genres: readonly ReadonlySet<string>[];

  constructor(catalogue: Catalogue) {
    this.#genres = catalogue.map(({ genres }) => new Set(genres));
  }

  /** @returns undefined for a list of fewer than two titles: there is no pair */
  of(list: ArrayLike<number>, k: number): number | undefined {
    const length = Math.min(k, list.length);
    if (length < 2) return undefined;
    let sum = 0;
    for (let a = 1; a < length; a++)
      for (let b = 0; b < a; b++) sum += this.#distance(list[a], list[b]);
    return sum / ((length * (length - 1)) / 2);
  }

  #distance(a: number, b: number): number {
    const [first, second] = [this.#genres[a], this.#genres[b]];
    let common = 0;
    for (const genre of first) if (second.has(genre)) common++;
    const either = first.size + second.size - common;
    return either === 0 ? 1 : 1 - common / either;
  }
}
