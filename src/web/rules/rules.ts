/** The visitor's rules, their defaults, and how a request carries them. */
import type { RulesBody } from '../../api/client.ts';
import {
  DEFAULT_RULES as API_RULES,
  type Rules as ApiRules,
  FIRST_YEAR,
  LAST_YEAR,
} from '../../api/constants/enums.ts';
import type { Messages } from '../i18n/en.ts';

/** The rules of the API that the page offers. The two ends of the years are set separately. */
export type Rules = Omit<ApiRules, 'seen' | 'years' | 'without'> & {
  readonly from: number | null;
  readonly to: number | null;
};

const { seen: _, years: __, without: ___, ...apiRules } = API_RULES;
export const DEFAULT_RULES: Rules = { ...apiRules, planned: false, from: null, to: null };

/** Genres of the 2020 data set; shown until those of the served data are loaded. */
export const GENRES: readonly string[] = [
  ...['Action', 'Adventure', 'Cars', 'Comedy', 'Dementia', 'Demons', 'Drama', 'Ecchi', 'Fantasy'],
  ...['Game', 'Harem', 'Historical', 'Horror', 'Josei', 'Kids', 'Magic', 'Martial Arts', 'Mecha'],
  ...['Military', 'Music', 'Mystery', 'Parody', 'Police', 'Psychological', 'Romance', 'Samurai'],
  ...['School', 'Sci-Fi', 'Seinen', 'Shoujo', 'Shoujo Ai', 'Shounen', 'Shounen Ai'],
  ...['Slice of Life', 'Space', 'Sports', 'Super Power', 'Supernatural', 'Thriller', 'Vampire'],
];

/** From so many episodes on, the end of `episodes` is open. */
export const MOST_EPISODES = 10_000;

/** The choices for the least number of people who have a title on their list. */
export const MEMBERS: readonly number[] = [0, 1_000, 10_000, 50_000, 100_000, 500_000];

/**
 * The `rules` of a request: only changed ones, so that the server's defaults apply.
 * @param excluded animeIds that do not count as reasons
 */
export function rulesForRequest(rules: Rules, excluded: readonly number[] = []): RulesBody {
  const { types, genresIn, genresOut, from, to, minMembers, niche, variety } = rules;
  const isDated = from !== null || to !== null;
  return {
    seen: false,
    planned: rules.planned,
    adult: rules.adult,
    prerequisites: rules.prerequisites,
    franchise: rules.franchise,
    familiar: rules.familiar,
    niche,
    variety,
    ...(types.length ? { types: [...types] } : {}),
    ...(genresIn.length ? { genresIn: [...genresIn] } : {}),
    ...(genresOut.length ? { genresOut: [...genresOut] } : {}),
    ...(isDated ? { years: [from ?? FIRST_YEAR, to ?? LAST_YEAR] } : {}),
    ...(minMembers > 0 ? { minMembers } : {}),
    ...newerRules(rules),
    ...(excluded.length ? { without: [...excluded] } : {}),
  };
}

/** Those of the later rules that differ from the defaults. */
function newerRules(rules: Rules): RulesBody {
  const { studiosIn, studiosOut, themesIn, themesOut, episodes } = rules;
  const { maxDuration, minScore, airing, ageRating, sequels, dropped, extras, unaired } = rules;
  return {
    ...(episodes ? { episodes: [episodes[0], episodes[1]] } : {}),
    ...(maxDuration === null ? {} : { maxDuration }),
    ...(minScore > 0 ? { minScore } : {}),
    ...(airing === 'any' ? {} : { airing }),
    ...(ageRating === null ? {} : { ageRating }),
    ...(studiosIn.length ? { studiosIn: [...studiosIn] } : {}),
    ...(studiosOut.length ? { studiosOut: [...studiosOut] } : {}),
    ...(themesIn.length ? { themesIn: [...themesIn] } : {}),
    ...(themesOut.length ? { themesOut: [...themesOut] } : {}),
    ...(sequels ? {} : { sequels }),
    ...(dropped ? { dropped } : {}),
    ...(extras ? { extras } : {}),
    ...(unaired ? { unaired } : {}),
  };
}

export type RuleName = keyof Messages['rules']['names'];

/** The rules that differ from the defaults. */
export function changedRules(rules: Rules): RuleName[] {
  const changed: Record<RuleName, boolean> = {
    types: rules.types.length > 0,
    genres: rules.genresIn.length + rules.genresOut.length > 0,
    years: rules.from !== null || rules.to !== null,
    episodes: rules.episodes !== null,
    length: rules.maxDuration !== null,
    score: rules.minScore > 0,
    airing: rules.airing !== 'any',
    studios: rules.studiosIn.length + rules.studiosOut.length > 0,
    themes: rules.themesIn.length + rules.themesOut.length > 0,
    age: rules.ageRating !== null,
    laterParts: !rules.sequels,
    dropped: rules.dropped,
    extras: rules.extras,
    unaired: rules.unaired,
    members: rules.minMembers > 0,
    niche: rules.niche !== 0,
    variety: rules.variety !== 0,
    prerequisites: !rules.prerequisites,
    franchise: !rules.franchise,
    familiar: !rules.familiar,
    planned: rules.planned,
    adult: rules.adult,
  };
  return (Object.keys(changed) as RuleName[]).filter((name) => changed[name]);
}

/** The rules that filter titles. */
const FILTERS: readonly RuleName[] = [
  ...(['types', 'genres', 'themes', 'years', 'episodes', 'length', 'score', 'airing'] as const),
  ...(['studios', 'age', 'laterParts', 'members'] as const),
];

/** "Nothing left with these filters. Loosen years?" */
export function nothingLeft({ rules: messages }: Messages, rules: Rules): string {
  const filters = changedRules(rules).filter((name) => FILTERS.includes(name));
  if (filters.length === 0) return messages.nothingLeft;
  return messages.loosen(filters.map((name) => messages.names[name]));
}

/** The next state of the button of a genre, theme or studio: neutral → only with it → never with it → neutral. */
export function cycled(rules: Rules, of: 'genres' | 'themes' | 'studios', name: string): Rules {
  const [inName, outName] = [`${of}In`, `${of}Out`] as const;
  const [wanted, unwanted] = [rules[inName], rules[outName]];
  const others = (list: readonly string[]) => list.filter((other) => other !== name);
  if (wanted.includes(name))
    return { ...rules, [inName]: others(wanted), [outName]: [...unwanted, name] };
  if (unwanted.includes(name)) return { ...rules, [outName]: others(unwanted) };
  return { ...rules, [inName]: [...wanted, name] };
}
