/** How often each title has been recommended since the server started. */
import type { Catalogue } from '../../data/anime.ts';

/** More titles than any catalogue has; further ones are not counted. */
const MAX_TITLES = 100_000;

export interface RecommendedTitle {
  readonly animeId: number;
  /** lists that had it */
  readonly lists: number;
}

export class RecommendedCounts {
  #lists = 0;
  /** counts by item of the catalogue in use that are not in #byTitle yet */
  #recent: { readonly catalogue: Catalogue; readonly lists: Uint32Array } | null = null;
  readonly #byTitle = new Map<number, number>();

  /** Lists that recommended something. */
  get lists(): number {
    return this.#lists;
  }

  /** Titles that were recommended at least once. */
  get titles(): number {
    this.#collect();
    return this.#byTitle.size;
  }

  /** @param items of one list */
  add({ catalogue }: { readonly catalogue: Catalogue }, items: readonly number[]): void {
    if (items.length === 0) return;
    this.#lists++;
    if (this.#recent?.catalogue !== catalogue) {
      this.#collect();
      this.#recent = { catalogue, lists: new Uint32Array(catalogue.length) };
    }
    const { lists } = this.#recent;
    for (const item of items) lists[item]++;
  }

  /** The titles in the most lists first, then by id. */
  most(limit: number): RecommendedTitle[] {
    this.#collect();
    return Array.from(this.#byTitle, ([animeId, lists]) => ({ animeId, lists }))
      .sort((a, b) => b.lists - a.lists || a.animeId - b.animeId)
      .slice(0, limit);
  }

  #collect(): void {
    if (this.#recent === null) return;
    const { catalogue, lists } = this.#recent;
    lists.forEach((count, item) => {
      if (count > 0) this.#count(catalogue[item].animeId, count);
    });
    lists.fill(0);
  }

  #count(animeId: number, lists: number): void {
    const before = this.#byTitle.get(animeId);
    if (before !== undefined) this.#byTitle.set(animeId, before + lists);
    else if (this.#byTitle.size < MAX_TITLES) this.#byTitle.set(animeId, lists);
  }
}
