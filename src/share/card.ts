/** The picture that sites show of a shared link: what is on it. */
import type { Drawn } from '../poster/drawn/drawn-poster.ts';

/** Pixels: the size that sites ask for (https://ogp.me, 1.91 : 1). */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;
/** Posters of a picture; more would be too small to recognise. */
export const MAX_CARD_TITLES = 6;

export interface Card {
  /** '' = none: the posters speak for themselves */
  readonly heading: string;
  readonly titles: readonly CardTitle[];
}

/** `name` is what the poster says: letters that the fonts lack are left out. */
export type CardTitle = Omit<Drawn, 'title' | 'titleJapanese'> & { readonly name: string };
