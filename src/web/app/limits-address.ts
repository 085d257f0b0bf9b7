/**
 * The rules about length, score, age, studios and themes as fields of an address:
 * episodes=1-13&minutes=25&score=8&airing=finished&age=PG&by=Bones&notby=MAPPA&themes=isekai&nothemes=sad
 * &show=dropped,extras,unaired,nolater. An episode range that is open ends with the hyphen: 24-.
 */
import { AGE_RATINGS, AIRING } from '../../api/constants/enums.ts';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';

type Limits = Pick<
  Rules,
  | 'episodes'
  | 'maxDuration'
  | 'minScore'
  | 'airing'
  | 'ageRating'
  | 'studiosIn'
  | 'studiosOut'
  | 'themesIn'
  | 'themesOut'
  | 'sequels'
  | 'dropped'
  | 'extras'
  | 'unaired'
>;

/** Names that an address can carry. */
const MOST_NAMES = 50;
/** From so many episodes on the end is open. */
const OPEN_END = 10_000;

export function limitFields(rules: Limits): [name: string, value: string][] {
  const { episodes, maxDuration, minScore, airing, ageRating } = rules;
  const [least, most] = episodes ?? [0, 0];
  return [
    ['episodes', episodes === null ? '' : `${least}-${most >= OPEN_END ? '' : most}`],
    ['minutes', maxDuration === null ? '' : String(maxDuration)],
    ['score', minScore === 0 ? '' : String(minScore)],
    ['airing', airing === 'any' ? '' : airing],
    ['age', ageRating === null ? '' : encodeURIComponent(ageRating)],
    ['by', list(rules.studiosIn)],
    ['notby', list(rules.studiosOut)],
    ['themes', rules.themesIn.join(',')],
    ['nothemes', rules.themesOut.join(',')],
  ];
}

/** Words of the field `show`. */
export function shownFields({ sequels, dropped, extras, unaired }: Limits): string[] {
  return [
    sequels ? '' : 'nolater',
    dropped ? 'dropped' : '',
    extras ? 'extras' : '',
    unaired ? 'unaired' : '',
  ];
}

export function readLimits(fields: URLSearchParams): Limits {
  const show = (fields.get('show') ?? '').split(',');
  const age = fields.get('age');
  const airing = fields.get('airing');
  return {
    episodes: readEpisodes(fields.get('episodes') ?? ''),
    maxDuration: readNumber(fields.get('minutes'), 1, 1000),
    minScore: readScore(fields.get('score')),
    airing: AIRING.find((one) => one === airing) ?? DEFAULT_RULES.airing,
    ageRating: AGE_RATINGS.find((one) => one === age) ?? null,
    studiosIn: readNames(fields.get('by')),
    studiosOut: readNames(fields.get('notby')),
    themesIn: readIds(fields.get('themes')),
    themesOut: readIds(fields.get('nothemes')),
    sequels: !show.includes('nolater'),
    dropped: show.includes('dropped'),
    extras: show.includes('extras'),
    unaired: show.includes('unaired'),
  };
}

function readEpisodes(value: string): readonly [number, number] | null {
  const [, least, most] = /^(\d{1,5})-(\d{0,5})$/.exec(value) ?? [];
  return least === undefined ? null : [Number(least), most ? Number(most) : OPEN_END];
}

function readNumber(value: string | null, least: number, most: number): number | null {
  const number = value !== null && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

function readScore(value: string | null): number {
  const score = value !== null && /^\d{1,2}(\.\d{1,2})?$/.test(value) ? Number(value) : 0;
  return score <= 10 ? score : 0;
}

/** Names of studios may contain commas, which are written as %2C twice over. */
function list(names: readonly string[]): string {
  return names.map((name) => encodeURIComponent(encodeURIComponent(name))).join(',');
}

function readNames(value: string | null): string[] {
  const names = (value ?? '').split(',', MOST_NAMES).filter(Boolean).map(decoded);
  return [...new Set(names.filter((name) => name.length > 0 && name.length <= 60))];
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

function readIds(value: string | null): string[] {
  const ids = (value ?? '').split(',', MOST_NAMES).filter((id) => /^[a-z][a-z-]{1,39}$/.test(id));
  return [...new Set(ids)];
}
