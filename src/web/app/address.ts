/**
 * Writes a visit as fields of an address, and reads them back:
 * picks=457.9,21.seen&without=21&like=457&types=TV,Movie&in=Mystery&out=Ecchi&years=2000-2010&members=10000&niche=0.5
 * &unlike=20&episodes=1-13&age=PG&themes=isekai&show=sequels&open=457&user=11880&list=1x9k2d&top=457.10,21.9
 * The page keeps them in the fragment, which browsers do not send: servers, proxies and logs do not see what a fan picked.
 * Only shared links have them in the query. Malformed or unknown fields are ignored.
 */

import { ANIME_TYPES, FIRST_YEAR, LAST_YEAR } from '../../api/constants/enums.ts';
import { MAX_EXCLUDED } from '../../api/constants/limits.ts';
import type { ListName } from '../import/imported-list.ts';
import { isVerdict, type Pick, type Verdict } from '../picks/picks.ts';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';
import { limitFields, readLimits, shownFields } from './limits-address.ts';
import type { Visit } from './visit.ts';

/** Limits on what an address can carry, so that a hostile one cannot fill memory. */
const MOST_PICKS = 2000;
const MOST_GENRES = 50;
const MOST_SEEDS = 5;

/** @param address fields, a fragment or a query */
export function readAddress(address: string): Visit {
  const fields = addressFields(address);
  return {
    picks: readPicks(fields.get('picks') ?? ''),
    rules: readRules(fields),
    excluded: readIds(fields.get('without')),
    seeds: readIds(fields.get('like')).slice(0, MOST_SEEDS),
    unlike: readIds(fields.get('unlike')).slice(0, MOST_SEEDS),
    open: readId(fields.get('open')),
    user: readId(fields.get('user')),
    list: readListName(fields),
  };
}

export function addressFields(address: string): URLSearchParams {
  return new URLSearchParams(address.replace(/^[?#]/, ''));
}

interface AddressParts {
  readonly hash: string;
  readonly search: string;
}

/** The fragment that takes the place of a query; fields of both are kept, those of the fragment first. */
export function fragmentFor({ hash, search }: AddressParts): string {
  return `#${[hash.slice(1), search.slice(1)].filter(Boolean).join('&')}`;
}

/**
 * '' for a new visit.
 * @param others fields that are not part of the visit: "lang=ja"
 */
export function writeFragment(visit: Visit, others: readonly string[] = []): string {
  const fields = [...fieldsOf(visit), ...others];
  return fields.length ? `#${fields.join('&')}` : '';
}

/**
 * The address for a link that is shared: everything that the list depends on, but not the open title.
 * @param language of whoever shares it: what sites show of the link is written in it
 */
export function sharedAddress(visit: Visit, language = 'en'): string {
  const fields = fieldsOf({ ...visit, open: null });
  return fields.length ? `/?${fields.join('&')}${cardField(language)}` : '/';
}

/** The address of a shared watchlist: the titles in their order, and nothing else of the visit. */
export function sharedWatchlist(animeIds: readonly number[], language = 'en'): string {
  const picks = listPicks(animeIds.map((animeId) => ({ animeId, verdict: 'plan' })));
  return `/watchlist?picks=${picks}${cardField(language)}`;
}

/** English is what sites show without it. */
function cardField(language: string): string {
  return language === 'en' ? '' : `&card=${language}`;
}

function fieldsOf(visit: Visit): string[] {
  const { picks, rules } = visit;
  const show = [
    rules.prerequisites ? '' : 'sequels',
    rules.franchise ? '' : 'franchises',
    rules.familiar ? '' : 'classics',
    rules.planned ? 'planned' : '',
    rules.adult ? 'adult' : '',
    ...shownFields(rules),
  ];
  const fields: [name: string, value: string][] = [
    ['list', visit.list?.id ?? ''],
    ['top', listPicks(visit.list?.top ?? [])],
    ['picks', listPicks(picks)],
    ['without', visit.excluded.join(',')],
    ['like', visit.seeds.join(',')],
    ['unlike', visit.unlike.join(',')],
    ['types', list(rules.types)],
    ['in', list(rules.genresIn)],
    ['out', list(rules.genresOut)],
    [
      'years',
      rules.from === null && rules.to === null ? '' : `${rules.from ?? ''}-${rules.to ?? ''}`,
    ],
    ...limitFields(rules),
    ['members', rules.minMembers === 0 ? '' : String(rules.minMembers)],
    ['niche', rules.niche === 0 ? '' : String(rules.niche)],
    ['variety', rules.variety === 0 ? '' : String(rules.variety)],
    ['show', list(show.filter(Boolean))],
    ['user', visit.user === null ? '' : String(visit.user)],
    ['open', visit.open === null ? '' : String(visit.open)],
  ];
  return fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`);
}

/** Whether a visit differs from a new one, apart from the open title. */
export function isCustomised(visit: Visit): boolean {
  return fieldsOf({ ...visit, open: null }).length > 0;
}

// URLSearchParams would write commas as %2C; a shared address should be readable.
function list(names: readonly string[]): string {
  return names.map((name) => encodeURIComponent(name).replaceAll('%20', '+')).join(',');
}

function listPicks(picks: readonly Pick[]): string {
  return picks.map(({ animeId, verdict }) => `${animeId}.${verdict}`).join(',');
}

/** An imported list and its favourites, which are all that another browser knows of it. */
function readListName(fields: URLSearchParams): ListName | null {
  const id = fields.get('list') ?? '';
  const top = readPicks(fields.get('top') ?? '');
  if (!/^[0-9a-z]{1,7}$/.test(id) || top.length === 0 || fields.has('user')) return null;
  return { id, top };
}

function readPicks(value: string): Pick[] {
  const picks = new Map<number, Pick>();
  for (const part of value.split(',').slice(0, MOST_PICKS)) {
    const [id, word] = part.split('.');
    const animeId = readId(id);
    const verdict = readVerdict(word);
    if (animeId !== null && verdict !== null) picks.set(animeId, { animeId, verdict });
  }
  return [...picks.values()];
}

function readIds(value: string | null): number[] {
  const ids = (value ?? '').split(',', MAX_EXCLUDED).map(readId);
  return [...new Set(ids.filter((id) => id !== null))];
}

function readVerdict(word: string | undefined): Verdict | null {
  const verdict = word && /^\d+$/.test(word) ? Number(word) : word;
  return isVerdict(verdict) ? verdict : null;
}

function readRules(fields: URLSearchParams): Rules {
  const years = /^(\d{4})?-(\d{4})?$/.exec(fields.get('years') ?? '');
  const show = names(fields, 'show', ['sequels', 'franchises', 'classics', 'planned', 'adult']);
  const genresIn = readGenres(fields.get('in'));
  return {
    ...DEFAULT_RULES,
    ...readLimits(fields),
    types: names(fields, 'types', ANIME_TYPES),
    genresIn,
    genresOut: readGenres(fields.get('out')).filter((genre) => !genresIn.includes(genre)),
    from: readYear(years?.[1]),
    to: readYear(years?.[2]),
    minMembers: readId(fields.get('members')) ?? DEFAULT_RULES.minMembers,
    niche: readShare(fields.get('niche'), -1) ?? DEFAULT_RULES.niche,
    variety: readShare(fields.get('variety'), 0) ?? DEFAULT_RULES.variety,
    prerequisites: !show.includes('sequels'),
    franchise: !show.includes('franchises'),
    familiar: !show.includes('classics'),
    planned: show.includes('planned'),
    adult: show.includes('adult'),
  };
}

function names<T extends string>(fields: URLSearchParams, field: string, known: readonly T[]): T[] {
  const given = (fields.get(field) ?? '').split(',');
  return known.filter((name) => given.includes(name));
}

/** Genre names depend on the data set, so any short words are accepted. */
function readGenres(value: string | null): string[] {
  const given = (value ?? '')
    .split(',')
    .filter((name) => /^[\p{L}\p{N}][\p{L}\p{N} '&-]{0,39}$/u.test(name));
  return [...new Set(given)].slice(0, MOST_GENRES);
}

/** A whole number of at most nine digits; data set users count from 0. */
export function readId(value: string | null | undefined): number | null {
  return value && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function readYear(value: string | undefined): number | null {
  const year = Number(value);
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
}

function readShare(value: string | null, lowest: number): number | null {
  if (value === null || !/^-?\d(\.\d+)?$/.test(value)) return null;
  const share = Number(value);
  return share >= lowest && share <= 1 ? share : null;
}
