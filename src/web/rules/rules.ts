/** What may be in the list: the fan's rules, their defaults, and how the server is told. */
import type { Messages } from '../i18n/en.ts';

export interface Rules {
  /** none = every type */
  readonly types: readonly string[];
  readonly genresIn: readonly string[];
  readonly genresOut: readonly string[];
  readonly from: number | null;
  readonly to: number | null;
  /** on at least this many people's lists */
  readonly members: number;
  /** −1 = the most popular first, 1 = the least */
  readonly niche: number;
  /** 0 = best match only, 1 = as different from each other as can be */
  readonly variety: number;
  /** first seasons first */
  readonly prerequisites: boolean;
  /** one title of a story at most */
  readonly franchise: boolean;
  /** also what is planned already */
  readonly planned: boolean;
  readonly adult: boolean;
}

export const DEFAULT_RULES: Rules = {
  types: [],
  genresIn: [],
  genresOut: [],
  from: null,
  to: null,
  members: 0,
  niche: 0,
  variety: 0,
  prerequisites: true,
  franchise: true,
  planned: false,
  adult: false,
};

/** The data set's names. */
export const TYPES: readonly string[] = ['TV', 'Movie', 'OVA', 'ONA', 'Special', 'Music'];

/** The 2020 data set's; shown until the served one has named its own. */
export const GENRES: readonly string[] = [
  ...['Action', 'Adventure', 'Cars', 'Comedy', 'Dementia', 'Demons', 'Drama', 'Ecchi', 'Fantasy'],
  ...['Game', 'Harem', 'Historical', 'Horror', 'Josei', 'Kids', 'Magic', 'Martial Arts', 'Mecha'],
  ...['Military', 'Music', 'Mystery', 'Parody', 'Police', 'Psychological', 'Romance', 'Samurai'],
  ...['School', 'Sci-Fi', 'Seinen', 'Shoujo', 'Shoujo Ai', 'Shounen', 'Shounen Ai'],
  ...['Slice of Life', 'Space', 'Sports', 'Super Power', 'Supernatural', 'Thriller', 'Vampire'],
];

/** Offered as the least number of people who have a title on their list. */
export const MEMBERS: readonly number[] = [0, 1_000, 10_000, 50_000, 100_000, 500_000];

export const FIRST_YEAR = 1907;
export const LAST_YEAR = 2100;

/**
 * The `rules` of a request: only what is set, so that the server's own defaults stand.
 * @param without animeIds that are no reasons
 */
export function rulesForRequest(
  rules: Rules,
  without: readonly number[] = [],
): Record<string, unknown> {
  const { types, genresIn, genresOut, from, to, members, niche, variety } = rules;
  const years = from !== null || to !== null ? [from ?? FIRST_YEAR, to ?? LAST_YEAR] : null;
  return {
    seen: false,
    planned: rules.planned,
    adult: rules.adult,
    prerequisites: rules.prerequisites,
    franchise: rules.franchise,
    niche,
    variety,
    ...(types.length ? { types } : {}),
    ...(genresIn.length ? { genresIn } : {}),
    ...(genresOut.length ? { genresOut } : {}),
    ...(years ? { years } : {}),
    ...(members > 0 ? { minMembers: members } : {}),
    ...(without.length ? { without } : {}),
  };
}

export type RuleName = keyof Messages['rules']['names'];

/** The rules that differ from the defaults. */
export function changedRules(rules: Rules): RuleName[] {
  const changed: Record<RuleName, boolean> = {
    types: rules.types.length > 0,
    genres: rules.genresIn.length + rules.genresOut.length > 0,
    years: rules.from !== null || rules.to !== null,
    members: rules.members > 0,
    niche: rules.niche !== 0,
    variety: rules.variety !== 0,
    prerequisites: !rules.prerequisites,
    franchise: !rules.franchise,
    planned: rules.planned,
    adult: rules.adult,
  };
  return (Object.keys(changed) as RuleName[]).filter((name) => changed[name]);
}

/** Those that take titles away. */
const FILTERS: readonly RuleName[] = ['types', 'genres', 'years', 'members'];

/** "Nothing left with these filters. Loosen years?" */
export function nothingLeft({ rules: words }: Messages, rules: Rules): string {
  const filters = changedRules(rules).filter((name) => FILTERS.includes(name));
  if (filters.length === 0) return words.nothingLeft;
  return words.loosen(filters.map((name) => words.names[name]));
}

/** The next state of a genre's button: neutral → only with it → never with it → neutral. */
export function cycleGenre(rules: Rules, genre: string): Rules {
  const without = (list: readonly string[]) => list.filter((name) => name !== genre);
  if (rules.genresIn.includes(genre)) {
    return { ...rules, genresIn: without(rules.genresIn), genresOut: [...rules.genresOut, genre] };
  }
  if (rules.genresOut.includes(genre)) return { ...rules, genresOut: without(rules.genresOut) };
  return { ...rules, genresIn: [...rules.genresIn, genre] };
}
