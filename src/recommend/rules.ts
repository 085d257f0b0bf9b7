/** What may be recommended: each rule can be switched. */
import type { AnimeType } from '../data/anime.ts';

export interface Rules {
  /** also what the profile has seen: any status but plan-to-watch */
  readonly seen: boolean;
  /** also adult titles */
  readonly adult: boolean;
  /** what to see first comes first, and nothing after something dropped */
  readonly prerequisites: boolean;
  /** at most one title of a franchise */
  readonly franchise: boolean;
  /** only these types; empty = all */
  readonly types: readonly AnimeType[];
  /** titles that have every one of these genres; a genre that no title has leaves nothing */
  readonly genresIn: readonly string[];
  /** no title that has one of these genres */
  readonly genresOut: readonly string[];
  /** first broadcast in these years, both included; null = any. Titles of unknown year only with null */
  readonly years: readonly [number, number] | null;
  /** at least this many people have it on their list */
  readonly minMembers: number;
  /** also what the profile plans to watch */
  readonly planned: boolean;
  /** animeIds of the profile that say nothing about taste and are no reasons; they stay seen */
  readonly without: readonly number[];
  /** −1 = more of the popular, 1 = more of the little known, 0 = as the model says */
  readonly niche: number;
  /** 0 = as the model says, 1 = as unlike each other as can be */
  readonly variety: number;
}

/** Years that stand for an open end of `years`: before the first anime, and beyond any. */
export const FIRST_YEAR = 1907;
export const LAST_YEAR = 2100;

/** What a fan expects without asking. */
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
  without: [],
  niche: 0,
  variety: 0,
};

/** `"none"`: the pure order of the model; only what has been seen is left out. */
export const NO_RULES: Rules = {
  ...DEFAULT_RULES,
  adult: true,
  prerequisites: false,
  franchise: false,
};

/** The rules of a request: `"none"`, or changes to the defaults. */
export function rulesFrom(asked: 'none' | Partial<Rules> | undefined): Rules {
  if (asked === 'none') return NO_RULES;
  const given = Object.entries(asked ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? DEFAULT_RULES : { ...DEFAULT_RULES, ...Object.fromEntries(given) };
}
