/** How often each title has been recommended since the server started. */
import type { Catalogue } from '../data/anime.ts';

/** Titles that are told apart, more than any catalogue has; those that come later are not counted. */
const MOST_TITLES = 100_000;

export interface RecommendedTitle {
  readonly animeId: number;
  /** lists it stood in */
  readonly lists: number;
}

export class RecommendedCounts {
  #lists = 0;
  readonly #byTitle = new Map<number, number>();

  /** Lists that recommended something. */
  get lists(): number {
    return this.#lists;
  }

  /** Titles that were recommended at least once. */
  get titles(): number {
    return this.#byTitle.size;
  }

  /** @param items of the catalogue that stand in one list */
  add({ catalogue }: { readonly catalogue: Catalogue }, items: readonly number[]): void {
    if (items.length === 0) return;
    this.#lists++;
    for (const item of items) {
      const { animeId } = catalogue[item];
      const before = this.#byTitle.get(animeId);
      if (before !== undefined) this.#byTitle.set(animeId, before + 1);
      else if (this.#byTitle.size < MOST_TITLES) this.#byTitle.set(animeId, 1);
    }
  }

  /** The titles in most lists first; equal ones by id. */
  most(limit: number): RecommendedTitle[] {
    return Array.from(this.#byTitle, ([animeId, lists]) => ({ animeId, lists }))
      .sort((a, b) => b.lists - a.lists || a.animeId - b.animeId)
      .slice(0, limit);
  }
}
