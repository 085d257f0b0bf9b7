/** How often each title has been recommended since the server started. */

/** More titles than any catalogue has; further ones are not counted. */
const MAX_TITLES = 100_000;

export interface RecommendedTitle {
  readonly animeId: number;
  /** how many lists it was in */
  readonly lists: number;
}

export class RecommendedCounts {
  #lists = 0;
  readonly #listsOf = new Map<number, number>();

  /** Lists that recommended something. */
  get lists(): number {
    return this.#lists;
  }

  /** Titles that were recommended at least once. */
  get titles(): number {
    return this.#listsOf.size;
  }

  /** Counts the titles of one list. */
  add(list: readonly { readonly anime: { readonly animeId: number } }[]): void {
    if (list.length === 0) return;
    this.#lists++;
    for (const { anime } of list) this.#count(anime.animeId);
  }

  /** The titles in most lists first; equal ones by id. */
  most(limit: number): RecommendedTitle[] {
    return Array.from(this.#listsOf, ([animeId, lists]) => ({ animeId, lists }))
      .sort((a, b) => b.lists - a.lists || a.animeId - b.animeId)
      .slice(0, limit);
  }

  #count(animeId: number): void {
    const lists = this.#listsOf.get(animeId);
    if (lists !== undefined) this.#listsOf.set(animeId, lists + 1);
    else if (this.#listsOf.size < MAX_TITLES) this.#listsOf.set(animeId, 1);
  }
}
