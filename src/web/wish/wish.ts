/** What a wish changes: titles to start from, titles to keep out, and some of the rules. */

import type { ChatAnswer, RulesBody } from '../../api/client.ts';
import { FIRST_YEAR, LAST_YEAR } from '../../api/constants/enums.ts';
import type { Pick as TitlePick, Verdict } from '../picks/picks.ts';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';

/** What the list goes by beside the picks. */
export interface WishState {
  /** animeIds named in a wish; they count as loved */
  readonly seeds: readonly number[];
  /** animeIds named in a wish and not wanted; they count as dropped */
  readonly unlike: readonly number[];
  readonly rules: Rules;
}

/** The rules that a wish can set. */
const NAMES = [
  ...(['types', 'genresIn', 'genresOut', 'themesIn', 'themesOut', 'studiosIn'] as const),
  ...(['studiosOut', 'from', 'to', 'episodes', 'maxDuration', 'minScore', 'airing'] as const),
  ...(['ageRating', 'sequels', 'niche', 'variety'] as const),
];
/**
 * Their state before any wish. Only a wish for the classics says something about `familiar`, and a limit for children
 * stays until somebody takes it back.
 */
const CLEARED = Object.fromEntries(
  NAMES.filter((name) => name !== 'ageRating').map((name) => [name, DEFAULT_RULES[name]]),
);

export type WishedRules = Partial<Pick<Rules, (typeof NAMES)[number] | 'familiar'>>;

/** The score of titles that are named in a wish. */
const SEED_SCORE = 10;

/** The picks with the titles of a wish; a pick takes precedence. */
export function withSeeds(
  picks: readonly TitlePick[],
  seeds: readonly number[],
  unlike: readonly number[] = [],
): readonly TitlePick[] {
  const known = new Set(picks.map(({ animeId }) => animeId));
  const added = (ids: readonly number[], verdict: Verdict) =>
    ids.filter((animeId) => !known.has(animeId)).map((animeId) => ({ animeId, verdict }));
  const named = [...added(seeds, SEED_SCORE), ...added(unlike, 'no')];
  return named.length === 0 ? picks : [...picks, ...named];
}

/** Converts the rules of an answer to those of the page: only what was wished. An answer also has defaults. */
function wishedRules({ years, ...rules }: RulesBody): WishedRules {
  const [from, to] = years ?? [FIRST_YEAR, LAST_YEAR];
  const given = new Map(Object.entries(rules));
  const named = [...NAMES, 'familiar' as const]
    .map((name) => [name, given.get(name)] as const)
    .filter(
      ([name, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(DEFAULT_RULES[name]),
    );
  return {
    ...Object.fromEntries(named),
    ...(from > FIRST_YEAR ? { from } : {}),
    ...(to < LAST_YEAR ? { to } : {}),
  };
}

type Answer = Pick<ChatAnswer, 'seeds' | 'unwanted' | 'rules'>;

/** Whether anything was understood that a list can go by. */
export function isUnderstood({ seeds, unwanted, rules }: Answer): boolean {
  return seeds.length + unwanted.length + Object.keys(wishedRules(rules)).length > 0;
}

/**
 * What the list goes by after an answer. A wish that names titles replaces the previous one; a wish that names none
 * refines it. A wish of which nothing was understood leaves nothing of the previous one either: a list that goes by
 * something else would look like its answer.
 */
export function wished(now: WishState, answer: Answer): WishState {
  const { seeds, unwanted, rules } = answer;
  const ids = (titles: typeof seeds) => titles.map(({ animeId }) => animeId);
  const next = { seeds: ids(seeds), unlike: ids(unwanted), rules: wishedRules(rules) };
  if (!isUnderstood(answer) || next.seeds.length > 0 || now.seeds.length === 0)
    return { ...next, rules: { ...now.rules, ...CLEARED, ...next.rules } };
  return {
    seeds: now.seeds.filter((id) => !next.unlike.includes(id)),
    unlike: [...new Set([...now.unlike, ...next.unlike])],
    rules: refined(now.rules, next.rules),
  };
}

/** Lists are joined, where the later wish has the last word; everything else is replaced by what it says. */
function refined(before: Rules, next: WishedRules): Rules {
  const both = (a: readonly string[], b: readonly string[] = [], not: readonly string[] = []) =>
    [...new Set([...a, ...b])].filter((name) => !not.includes(name));
  const dated = next.from !== undefined || next.to !== undefined;
  return {
    ...before,
    ...next,
    genresIn: both(before.genresIn, next.genresIn, next.genresOut),
    genresOut: both(before.genresOut, next.genresOut, next.genresIn),
    themesIn: both(before.themesIn, next.themesIn, next.themesOut),
    themesOut: both(before.themesOut, next.themesOut, next.themesIn),
    studiosIn: next.studiosIn ?? both(before.studiosIn, [], next.studiosOut),
    studiosOut: both(before.studiosOut, next.studiosOut, next.studiosIn),
    from: dated ? (next.from ?? null) : before.from,
    to: dated ? (next.to ?? null) : before.to,
  };
}
