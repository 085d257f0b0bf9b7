/** One title and what is known about it. */

export const ANIME_TYPES = ['TV', 'Movie', 'OVA', 'ONA', 'Special', 'Music'] as const;
export type AnimeType = (typeof ANIME_TYPES)[number];
export type Season = 'winter' | 'spring' | 'summer' | 'fall';

/** The place of a title in its franchise. */
export interface FranchisePlace {
  /** animeId of the first title of the franchise */
  readonly franchiseId: number;
  readonly name: string;
  /** 1 = first to watch; titles of one franchise have distinct positions */
  readonly position: number;
  /** how many titles the franchise has */
  readonly size: number;
  /** animeId of the title to see first; null = this one can be watched by itself */
  readonly prerequisite: number | null;
}

/** Texts are decoded and trimmed; null = unknown. `Catalogue[item]` is the title with that dense index. */
export interface Anime {
  readonly animeId: number;
  /** romaji, as MyAnimeList's main title */
  readonly title: string;
  readonly titleEnglish: string | null;
  readonly titleJapanese: string | null;
  readonly synonyms: readonly string[];
  readonly type: AnimeType | null;
  readonly episodes: number | null;
  /** of the first broadcast */
  readonly year: number | null;
  readonly season: Season | null;
  /** ISO dates, as precise as known: 2009-04-05, 2009-04 or 2009 */
  readonly airedFrom: string | null;
  readonly airedTo: string | null;
  /** minutes of an episode */
  readonly duration: number | null;
  readonly source: string | null;
  readonly ratingClass: string | null;
  readonly adult: boolean;
  readonly genres: readonly string[];
  /** finer than genres and from many sources; absent where the source of the data has none */
  readonly tags?: readonly string[];
  readonly studios: readonly string[];
  /** ids of themes/theme-names.ts, in the order of that table; none before `prepare` has looked for them */
  readonly themes: readonly string[];
  /** people who have it on their list */
  readonly members: number;
  /** 1–10 */
  readonly meanScore: number | null;
  readonly synopsis: string | null;
  /** null before `prepare` has grouped franchises, and for a title without one */
  readonly franchise: FranchisePlace | null;
}

export type Catalogue = readonly Anime[];
