/** A wish: titles to start from, and rules. */
import type { Anime, AnimeType } from '../data/anime.ts';
import { DEFAULT_RULES, FIRST_YEAR, LAST_YEAR, type Rules } from '../recommend/rules.ts';

export interface Wish {
  /** titles like these, the most important first */
  readonly seeds: readonly Anime[];
  readonly types: readonly AnimeType[];
  readonly genresIn: readonly string[];
  readonly genresOut: readonly string[];
  /** both included; null = open */
  readonly from: number | null;
  readonly to: number | null;
  /** −1 = well known, 1 = little known */
  readonly niche: number;
  /** 0–1 */
  readonly variety: number;
  /** false: also what they have probably seen, such as the classics */
  readonly familiar: boolean;
}

export const EMPTY_WISH: Wish = {
  seeds: [],
  types: [],
  genresIn: [],
  genresOut: [],
  from: null,
  to: null,
  niche: 0,
  variety: 0,
  familiar: DEFAULT_RULES.familiar,
};

export const MAX_SEEDS = 5;

/** The rules of a wish in the shape of a request: only those that were wished. */
export function rulesOfWish(wish: Wish): Partial<Rules> {
  const { types, genresIn, genresOut, from, to, niche, variety, familiar } = wish;
  return {
    ...(types.length > 0 ? { types } : {}),
    ...(genresIn.length > 0 ? { genresIn } : {}),
    ...(genresOut.length > 0 ? { genresOut } : {}),
    ...(from !== null || to !== null ? { years: [from ?? FIRST_YEAR, to ?? LAST_YEAR] } : {}),
    ...(niche !== 0 ? { niche } : {}),
    ...(variety !== 0 ? { variety } : {}),
    ...(familiar ? {} : { familiar }),
  };
}

/** Whether anything was understood. */
export function isEmpty(wish: Wish): boolean {
  return wish.seeds.length === 0 && Object.keys(rulesOfWish(wish)).length === 0;
}

/** Removes contradictions and duplicates, and keeps values within their limits. */
export function consistent(wish: Wish): Wish {
  const genresIn = [...new Set(wish.genresIn)];
  const genresOut = [...new Set(wish.genresOut)].filter((genre) => !genresIn.includes(genre));
  const { from, to } = wish;
  const swapped = from !== null && to !== null && from > to;
  const seeds = [...new Map(wish.seeds.map((anime) => [anime.animeId, anime])).values()];
  return {
    ...wish,
    seeds: seeds.slice(0, MAX_SEEDS),
    types: [...new Set(wish.types)],
    genresIn,
    genresOut,
    from: swapped ? to : from,
    to: swapped ? from : to,
    niche: Math.min(1, Math.max(-1, wish.niche)),
    variety: Math.min(1, Math.max(0, wish.variety)),
  };
}
