/** A wish: titles to start from, and rules; and what could not be understood of it. */

import type { Anime, AnimeType } from '../data/anime.ts';
import type { AgeRating } from '../data/catalogue/age-ratings.ts';
import {
  type Airing,
  DEFAULT_RULES,
  FIRST_YEAR,
  LAST_YEAR,
  type Rules,
} from '../recommend/rules.ts';

export interface Wish {
  /** titles like these, the most important first */
  readonly seeds: readonly Anime[];
  /** titles that are named and not wanted */
  readonly unwanted: readonly Anime[];
  readonly types: readonly AnimeType[];
  readonly genresIn: readonly string[];
  readonly genresOut: readonly string[];
  /** ids */
  readonly themesIn: readonly string[];
  readonly themesOut: readonly string[];
  readonly studiosIn: readonly string[];
  readonly studiosOut: readonly string[];
  /** both included; null = open */
  readonly from: number | null;
  readonly to: number | null;
  /** both included */
  readonly episodes: readonly [number, number] | null;
  /** minutes of an episode */
  readonly maxDuration: number | null;
  /** 0 = any */
  readonly minScore: number;
  readonly airing: Airing;
  /** at most */
  readonly ageRating: AgeRating | null;
  /** false: no later parts of stories that the person has begun */
  readonly sequels: boolean;
  /** −1 = well known, 1 = little known */
  readonly niche: number;
  /** 0–1 */
  readonly variety: number;
  /** false: also what they have probably seen, such as the classics */
  readonly familiar: boolean;
  readonly notes: WishNotes;
}

/** What an answer has to say beside the rules. */
export interface WishNotes {
  /** parts that were not understood, in the words of the wish */
  readonly unread: readonly string[];
  /** in the place of a title, and no title that is known */
  readonly unknownTitles: readonly string[];
  /** named works that are no anime */
  readonly works: readonly string[];
  /** directors: the data do not say what they directed */
  readonly directors: readonly string[];
  /** what cannot hold at the same time; null = nothing. Such a wish has no list */
  readonly conflict: string | null;
  /** of the youngest who watches; null = nobody said so */
  readonly age: number | null;
}

const NO_NOTES: WishNotes = {
  unread: [],
  unknownTitles: [],
  works: [],
  directors: [],
  conflict: null,
  age: null,
};

export const EMPTY_WISH: Wish = {
  seeds: [],
  unwanted: [],
  types: [],
  genresIn: [],
  genresOut: [],
  themesIn: [],
  themesOut: [],
  studiosIn: [],
  studiosOut: [],
  from: null,
  to: null,
  episodes: DEFAULT_RULES.episodes,
  maxDuration: DEFAULT_RULES.maxDuration,
  minScore: DEFAULT_RULES.minScore,
  airing: DEFAULT_RULES.airing,
  ageRating: DEFAULT_RULES.ageRating,
  sequels: DEFAULT_RULES.sequels,
  niche: DEFAULT_RULES.niche,
  variety: DEFAULT_RULES.variety,
  familiar: DEFAULT_RULES.familiar,
  notes: NO_NOTES,
};

export const MAX_SEEDS = 5;

/** The rules that a wish and a request call by the same name. */
const SAME_NAME = [
  ...([
    'types',
    'genresIn',
    'genresOut',
    'themesIn',
    'themesOut',
    'studiosIn',
    'studiosOut',
  ] as const),
  ...(['episodes', 'maxDuration', 'minScore', 'airing', 'ageRating', 'sequels'] as const),
  ...(['niche', 'variety', 'familiar'] as const),
];

/** The rules of a wish in the shape of a request: only those that were wished. */
export function rulesOfWish(wish: Wish): Partial<Rules> {
  const { from, to } = wish;
  const changed = SAME_NAME.filter((name) => {
    const value = wish[name];
    return Array.isArray(value) ? value.length > 0 : value !== EMPTY_WISH[name];
  });
  return {
    ...Object.fromEntries(changed.map((name) => [name, wish[name]])),
    ...(from !== null || to !== null ? { years: [from ?? FIRST_YEAR, to ?? LAST_YEAR] } : {}),
  };
}

/** Whether nothing was understood that a list could be made of. */
export function isEmpty(wish: Wish): boolean {
  return (
    wish.seeds.length === 0 &&
    wish.unwanted.length === 0 &&
    Object.keys(rulesOfWish(wish)).length === 0
  );
}

/** A wish that contradicts itself is answered with a question. */
export function asksBack(notes: Partial<WishNotes>): Wish {
  return { ...EMPTY_WISH, notes: { ...NO_NOTES, ...notes } };
}

/** Removes duplicates, and keeps values within their limits. */
export function consistent(wish: Wish): Wish {
  const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
  const without = (list: readonly string[], others: readonly string[]) =>
    unique(list).filter((name) => !others.includes(name));
  const byId = (titles: readonly Anime[]) => [
    ...new Map(titles.map((anime) => [anime.animeId, anime])).values(),
  ];
  const unwanted = byId(wish.unwanted);
  const seeds = byId(wish.seeds).filter(
    ({ animeId }) => !unwanted.some((other) => other.animeId === animeId),
  );
  return {
    ...wish,
    seeds: seeds.slice(0, MAX_SEEDS),
    unwanted: unwanted.slice(0, MAX_SEEDS),
    types: unique(wish.types),
    // What is unwanted stays out, whatever else is said.
    genresIn: without(wish.genresIn, wish.genresOut),
    genresOut: unique(wish.genresOut),
    themesIn: without(wish.themesIn, wish.themesOut),
    themesOut: unique(wish.themesOut),
    studiosIn: without(wish.studiosIn, wish.studiosOut),
    studiosOut: unique(wish.studiosOut),
    niche: Math.min(1, Math.max(-1, wish.niche)),
    variety: Math.min(1, Math.max(0, wish.variety)),
  };
}
