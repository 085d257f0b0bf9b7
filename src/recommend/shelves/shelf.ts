/** What a shelf is: a part of what is recommended, with titles that no other shelf has. */

/** In the order in which shelves stand. */
export const SHELF_IDS = ['for-you', 'stories', 'people', 'gems', 'because'] as const;
export type ShelfId = (typeof SHELF_IDS)[number];

/** Titles of every shelf but the first one, which has as many as are asked for. */
export const SHELF_TITLES = 12;
/** A shelf with fewer titles is left out: it would be a heading over next to nothing. */
export const LEAST_TITLES = 3;
/** Titles that are loved, each with a shelf of what is like it. */
export const MOST_SEEDS = 2;
