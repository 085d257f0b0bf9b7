/** Shelves as the page shows them, and as one of them is kept for when the server is away. */
import type { Shelf } from '../../api/client.ts';
import type { Recommended } from '../list/recommended.ts';
import type { Anime } from '../title/anime.ts';

export interface ShelfView {
  readonly id: Shelf['id'];
  /** the loved title that the others are like */
  readonly seed?: Anime;
  readonly items: readonly Recommended[];
}

/** What suits the whole list; empty when nothing does. */
export function forYou(shelves: readonly ShelfView[]): readonly Recommended[] {
  return shelves.find(({ id }) => id === 'for-you')?.items ?? [];
}

/** A list as the only shelf. */
export function asShelves(items: readonly Recommended[]): readonly ShelfView[] {
  return [{ id: 'for-you', items }];
}
