/** Rules on what may be recommended. */

import type { AnimeType } from '../data/anime.ts';
import type { AgeRating } from '../data/catalogue/age-ratings.ts';

export const AIRING = ['any', 'finished', 'airing'] as const;
export type Airing = (typeof AIRING)[number];

export interface Rules {
  /** include titles that the profile has seen: any status but plan-to-watch */
  readonly seen: boolean;
  /** include adult titles */
  readonly adult: boolean;
  /** no title before its prerequisite */
  readonly prerequisites: boolean;
  /** at most one title of a franchise */
  readonly franchise: boolean;
  /** only these types; empty = all */
  readonly types: readonly AnimeType[];
  /** only titles that have all of these genres */
  readonly genresIn: readonly string[];
  /** no title that has any of these genres */
  readonly genresOut: readonly string[];
  /** years of the first broadcast, both inclusive; null = any. Titles of unknown year pass only with null */
  readonly years: readonly [number, number] | null;
  /** number of episodes, both inclusive; null = any. Titles of unknown number pass only with null */
  readonly episodes: readonly [number, number] | null;
  /** minutes of an episode at most; null = any. Titles of unknown length pass only with null */
  readonly maxDuration: number | null;
  /** the least mean score of everybody, 0–10; titles without a mean score pass only with 0 */
  readonly minScore: number;
  /** as the data say: ended, or still being broadcast */
  readonly airing: Airing;
  /** only titles by one of these studios; empty = all */
  readonly studiosIn: readonly string[];
  /** no title by one of these studios */
  readonly studiosOut: readonly string[];
  /** ids of themes: only titles that have all of these */
  readonly themesIn: readonly string[];
  /** no title that has any of these themes */
  readonly themesOut: readonly string[];
  /** at most this rating; null = any. Titles of unknown rating pass only if everything else says so */
  readonly ageRating: AgeRating | null;
  /** include later parts of stories that the profile has begun */
  readonly sequels: boolean;
  /** include what follows something that the profile dropped; and, with `seen`, that title itself */
  readonly dropped: boolean;
  /** include recaps, picture dramas, promotional videos and music videos */
  readonly extras: boolean;
  /** include titles that nobody can have seen when the data were collected */
  readonly unaired: boolean;
  /** the least number of people who have the title on their list */
  readonly minMembers: number;
  /** include titles that the profile plans to watch */
  readonly planned: boolean;
  /**
   * of a list that is a part of what the person has seen: leave out what they have probably seen and not named.
   * Whole lists are not changed by it
   */
  readonly familiar: boolean;
  /** animeIds of the profile that do not count as taste or reasons, but still count as seen */
  readonly without: readonly number[];
  /** −1 = favour popular titles, 1 = favour little-known ones, 0 = order of the model */
  readonly niche: number;
  /** 0 = order of the model, 1 = as different from each other as possible */
  readonly variety: number;
}

/** Years to use for an open end of `years`: before the first anime, and after any. */
export const FIRST_YEAR = 1907;
export const LAST_YEAR = 2100;

/** What a fan expects by default. */
export const DEFAULT_RULES: Rules = {
  seen: false,
  adult: false,
  prerequisites: true,
  franchise: true,
  types: [],
  genresIn: [],
  genresOut: [],
  years: null,
  episodes: null,
  maxDuration: null,
  minScore: 0,
  airing: 'any',
  studiosIn: [],
  studiosOut: [],
  themesIn: [],
  themesOut: [],
  ageRating: null,
  sequels: true,
  dropped: false,
  extras: false,
  unaired: false,
  minMembers: 0,
  planned: true,
  familiar: true,
  without: [],
  niche: 0,
  variety: 0,
};

/** `"none"`: the order of the model, without titles that have been seen. */
export const NO_RULES: Rules = {
  ...DEFAULT_RULES,
  adult: true,
  prerequisites: false,
  franchise: false,
  familiar: false,
  dropped: true,
  extras: true,
  unaired: true,
};

/** The rules of a request: `"none"`, or changes to the defaults. */
export function rulesFrom(requested: 'none' | Partial<Rules> | undefined): Rules {
  if (requested === 'none') return NO_RULES;
  const given = Object.entries(requested ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? DEFAULT_RULES : { ...DEFAULT_RULES, ...Object.fromEntries(given) };
}
