/** What may be in the list: the fan's rules, their defaults, and how the server is told. */

export interface Rules {
  /** none = every type */
  readonly types: readonly string[];
  readonly genresIn: readonly string[];
  readonly genresOut: readonly string[];
  readonly from: number | null;
  readonly to: number | null;
  /** −1 = the most popular first, 1 = the least */
  readonly niche: number;
  /** 0 = best match only, 1 = as different from each other as can be */
  readonly variety: number;
  /** first seasons first */
  readonly prerequisites: boolean;
  /** one title of a story at most */
  readonly franchise: boolean;
  readonly adult: boolean;
}

export const DEFAULT_RULES: Rules = {
  types: [],
  genresIn: [],
  genresOut: [],
  from: null,
  to: null,
  niche: 0,
  variety: 0,
  prerequisites: true,
  franchise: true,
  adult: false,
};

/** The data set's names, and what the page calls them. */
export const TYPES: readonly (readonly [name: string, label: string])[] = [
  ['TV', 'TV'],
  ['Movie', 'Film'],
  ['OVA', 'OVA'],
  ['ONA', 'ONA'],
  ['Special', 'Special'],
  ['Music', 'Music'],
];

/** The 2020 data set's; shown until the served one has named its own. */
export const GENRES: readonly string[] = [
  ...['Action', 'Adventure', 'Cars', 'Comedy', 'Dementia', 'Demons', 'Drama', 'Ecchi', 'Fantasy'],
  ...['Game', 'Harem', 'Historical', 'Horror', 'Josei', 'Kids', 'Magic', 'Martial Arts', 'Mecha'],
  ...['Military', 'Music', 'Mystery', 'Parody', 'Police', 'Psychological', 'Romance', 'Samurai'],
  ...[
    'School',
    'Sci-Fi',
    'Seinen',
    'Shoujo',
    'Shoujo Ai',
    'Shounen',
    'Shounen Ai',
    'Slice of Life',
  ],
  ...['Space', 'Sports', 'Super Power', 'Supernatural', 'Thriller', 'Vampire'],
];

export const FIRST_YEAR = 1907;
export const LAST_YEAR = 2100;

/** The `rules` of a request: only what is set, so that the server's own defaults stand. */
export function rulesForRequest(rules: Rules): Record<string, unknown> {
  const { types, genresIn, genresOut, from, to, niche, variety } = rules;
  const years = from !== null || to !== null ? [from ?? FIRST_YEAR, to ?? LAST_YEAR] : null;
  return {
    seen: false,
    planned: false,
    adult: rules.adult,
    prerequisites: rules.prerequisites,
    franchise: rules.franchise,
    niche,
    variety,
    ...(types.length ? { types } : {}),
    ...(genresIn.length ? { genresIn } : {}),
    ...(genresOut.length ? { genresOut } : {}),
    ...(years ? { years } : {}),
  };
}

/** Names of the rules that differ from the defaults, in words for a sentence. */
export function changedRules(rules: Rules): string[] {
  const names: string[] = [];
  if (rules.types.length) names.push('types');
  if (rules.genresIn.length || rules.genresOut.length) names.push('genres');
  if (rules.from !== null || rules.to !== null) names.push('years');
  if (rules.niche !== 0) names.push('popularity');
  if (rules.variety !== 0) names.push('variety');
  if (!rules.prerequisites) names.push('first seasons');
  if (!rules.franchise) names.push('one per story');
  if (rules.adult) names.push('18+');
  return names;
}

/** "Nothing left with these filters. Loosen years?" */
export function nothingLeft(rules: Rules): string {
  const filters = changedRules(rules).filter((name) => ['types', 'genres', 'years'].includes(name));
  if (filters.length === 0)
    return 'Nothing left to recommend from these picks. Add another title you love?';
  return `Nothing left with these filters. Loosen ${filters.join(' or ')}?`;
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
