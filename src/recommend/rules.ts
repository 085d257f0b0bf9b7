/** Rules on what may be recommended. */
import type { AnimeType } from '../data/anime.ts';

export interface Rules {
  /** include titles that the profile has seen: any status but plan-to-watch */
  readonly seen: boolean;
  /** include adult titles */
  readonly adult: boolean;
  /** no title before its prerequisite, and none that follows a dropped one */
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
};

/** The rules of a request: `"none"`, or changes to the defaults. */
export function rulesFrom(requested: 'none' | Partial<Rules> | undefined): Rules {
  if (requested === 'none') return NO_RULES;
  const given = Object.entries(requested ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? DEFAULT_RULES : { ...DEFAULT_RULES, ...Object.fromEntries(given) };
}
