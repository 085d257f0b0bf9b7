/** The parts of a wish as chips. Each part can be removed separately. */
import { THEMES } from '../../api/constants/themes.ts';
import type { Language } from '../display/settings.ts';
import type { Messages } from '../i18n/en.ts';
import type { Rules } from '../rules/rules.ts';

export interface Chip {
  readonly key: string;
  readonly label: string;
  /** the rules without it */
  readonly without: Rules;
}

/** From so many episodes on the end is open. */
const OPEN_END = 10_000;

/** The rules that a wish can set, each with the rules that remain without it. */
export function chipsOf(rules: Rules, messages: Messages, language: Language): Chip[] {
  return [...namedChips(rules, messages, language), ...limitChips(rules, messages)];
}

type NameLists = 'genresIn' | 'genresOut' | 'themesIn' | 'themesOut' | 'studiosIn' | 'studiosOut';

function namedChips(rules: Rules, messages: Messages, language: Language): Chip[] {
  const { wish, genres, facts } = messages;
  const genre = (name: string) => genres[name] ?? name;
  const theme = (id: string) => THEMES.find((one) => one.id === id)?.[language] ?? id;
  const chips = (list: NameLists, label: (name: string) => string): Chip[] =>
    rules[list].map((name) => ({
      key: `${list} ${name}`,
      label: label(name),
      without: { ...rules, [list]: rules[list].filter((other) => other !== name) },
    }));
  return [
    ...chips('genresIn', (name) => wish.withGenre(genre(name))),
    ...chips('themesIn', (id) => wish.withGenre(theme(id))),
    ...chips('genresOut', (name) => wish.withoutGenre(genre(name))),
    ...chips('themesOut', (id) => wish.withoutGenre(theme(id))),
    ...chips('studiosIn', wish.rule.studio),
    ...chips('studiosOut', wish.rule.withoutStudio),
    ...rules.types.map((type) => ({
      key: `type ${type}`,
      label: facts.types[type] ?? type,
      without: { ...rules, types: rules.types.filter((other) => other !== type) },
    })),
  ];
}

function limitChips(rules: Rules, { wish }: Messages): Chip[] {
  const { from, to, episodes, maxDuration, minScore, airing, ageRating, niche, variety } = rules;
  const chips: Chip[] = [];
  const add = (key: string, label: string, cleared: Partial<Rules>) =>
    chips.push({ key, label, without: { ...rules, ...cleared } });
  if (from !== null || to !== null) add('years', wish.years(from, to), { from: null, to: null });
  if (episodes !== null) {
    const most = episodes[1] >= OPEN_END ? null : episodes[1];
    add('episodes', wish.rule.episodes(episodes[0], most), { episodes: null });
  }
  if (maxDuration !== null) add('length', wish.rule.length(maxDuration), { maxDuration: null });
  if (minScore > 0) add('score', wish.rule.score(minScore), { minScore: 0 });
  if (airing !== 'any') add('airing', wish.rule.airing(airing), { airing: 'any' });
  if (ageRating !== null) add('age', wish.rule.age(ageRating), { ageRating: null });
  if (!rules.sequels) add('later parts', wish.rule.laterParts, { sequels: true });
  if (niche !== 0) add('niche', niche > 0 ? wish.littleKnown : wish.wellKnown, { niche: 0 });
  if (variety !== 0) add('variety', wish.varied, { variety: 0 });
  if (!rules.familiar) add('classics', wish.classics, { familiar: true });
  return chips;
}
