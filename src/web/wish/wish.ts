/** What a wish changes: titles to start from, and some of the rules. Each part can be removed separately. */

import type { RulesBody } from '../../api/client.ts';
import { FIRST_YEAR, LAST_YEAR } from '../../api/constants/enums.ts';
import type { Messages } from '../i18n/en.ts';
import type { Pick as TitlePick } from '../picks/picks.ts';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';

export type WishedRules = Partial<
  Pick<Rules, 'types' | 'genresIn' | 'genresOut' | 'from' | 'to' | 'niche' | 'variety' | 'familiar'>
>;

/** The score of titles that are named in a wish. */
const SEED_SCORE = 10;

/** The picks and the seeds of a wish; a pick takes precedence over a seed. */
export function withSeeds(
  picks: readonly TitlePick[],
  seeds: readonly number[],
): readonly TitlePick[] {
  const known = new Set(picks.map(({ animeId }) => animeId));
  const added = seeds.filter((animeId) => !known.has(animeId));
  return added.length === 0
    ? picks
    : [...picks, ...added.map((animeId) => ({ animeId, verdict: SEED_SCORE }))];
}

/** Converts the rules of an answer to those of the page. */
export function wishedRules(rules: RulesBody): WishedRules {
  const { types = [], genresIn = [], genresOut = [], years, niche = 0, variety = 0 } = rules;
  const [from, to] = years ?? [FIRST_YEAR, LAST_YEAR];
  return {
    types,
    genresIn,
    genresOut,
    from: from > FIRST_YEAR ? from : null,
    to: to < LAST_YEAR ? to : null,
    niche,
    variety,
    // Only a wish for the classics says something about them.
    ...(rules.familiar === false ? { familiar: false } : {}),
  };
}

/** A wish that names titles replaces the previous one; a wish that names none refines it. */
export function wished(
  now: { readonly seeds: readonly number[]; readonly rules: Rules },
  seeds: readonly number[],
  rules: WishedRules,
): { seeds: readonly number[]; rules: Rules } {
  if (seeds.length > 0 || now.seeds.length === 0)
    return { seeds, rules: { ...now.rules, ...CLEARED, ...rules } };
  const { types = [], genresIn = [], genresOut = [], from, to, niche, variety } = rules;
  const before = now.rules;
  const both = (a: readonly string[], b: readonly string[], not: readonly string[]) =>
    [...new Set([...a, ...b])].filter((name) => !not.includes(name));
  const dated = (from ?? null) !== null || (to ?? null) !== null;
  return {
    seeds: now.seeds,
    rules: {
      ...before,
      types: types.length > 0 ? types : before.types,
      genresIn: both(before.genresIn, genresIn, genresOut),
      genresOut: both(before.genresOut, genresOut, genresIn),
      from: dated ? (from ?? null) : before.from,
      to: dated ? (to ?? null) : before.to,
      niche: niche || before.niche,
      variety: variety || before.variety,
      familiar: rules.familiar ?? before.familiar,
    },
  };
}

const { types, genresIn, genresOut, from, to, niche, variety } = DEFAULT_RULES;
const CLEARED = { types, genresIn, genresOut, from, to, niche, variety };

export interface Chip {
  readonly key: string;
  readonly label: string;
  /** the rules without it */
  readonly without: Rules;
}

/** The rules that a wish can set, each with the rules that remain without it. */
export function chipsOf(rules: Rules, { wish: messages, facts, genres }: Messages): Chip[] {
  const genreName = (genre: string) => genres[genre] ?? genre;
  const drop = <T extends string>(list: readonly T[], name: T) =>
    list.filter((other) => other !== name);
  const chips: Chip[] = [
    ...rules.genresIn.map((genre) => ({
      key: `in ${genre}`,
      label: messages.withGenre(genreName(genre)),
      without: { ...rules, genresIn: drop(rules.genresIn, genre) },
    })),
    ...rules.genresOut.map((genre) => ({
      key: `out ${genre}`,
      label: messages.withoutGenre(genreName(genre)),
      without: { ...rules, genresOut: drop(rules.genresOut, genre) },
    })),
    ...rules.types.map((type) => ({
      key: `type ${type}`,
      label: facts.types[type] ?? type,
      without: { ...rules, types: drop(rules.types, type) },
    })),
  ];
  if (rules.from !== null || rules.to !== null)
    chips.push({
      key: 'years',
      label: messages.years(rules.from, rules.to),
      without: { ...rules, from: null, to: null },
    });
  if (rules.niche !== 0)
    chips.push({
      key: 'niche',
      label: rules.niche > 0 ? messages.littleKnown : messages.wellKnown,
      without: { ...rules, niche: 0 },
    });
  if (rules.variety !== 0)
    chips.push({ key: 'variety', label: messages.varied, without: { ...rules, variety: 0 } });
  if (!rules.familiar)
    chips.push({
      key: 'classics',
      label: messages.classics,
      without: { ...rules, familiar: true },
    });
  return chips;
}
