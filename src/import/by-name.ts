/**
 * Looks up the rows of a list that have a title but no id in a catalogue. Names are compared without case, width, accents,
 * spaces and punctuation. Nothing is guessed: a name that several titles share is left to the person.
 */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Anime } from '../data/anime.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { nameKey } from '../search/search-terms.ts';
import type { ImportedEntry, ImportedList, NamedEntry, UnknownTitle } from './imported-list.ts';
import { isLikeType } from './type-words.ts';

export type NameSources = Pick<Bundle, 'catalogue' | 'search'>;
type Found = Anime | 'unknown-name' | 'ambiguous-name';
type Called = (name: string) => readonly Anime[];

/** Rows looked up between two turns of the event loop. */
const BATCH = 500;

/** The list with every row either an entry, in the order of the file, or among the unknown titles. */
export async function placeNames(list: ImportedList, sources: NameSources): Promise<ImportedList> {
  const { named = [], ...rest } = list;
  if (named.length === 0) return rest;
  const search = await sources.search();
  const called: Called = (name) => search.called(name).map((item) => sources.catalogue[item]);
  const entries: ImportedEntry[] = [];
  const unknown: UnknownTitle[] = [...list.unknown];
  let taken = 0;
  for (const [place, { after, line, ...row }] of named.entries()) {
    entries.push(...list.entries.slice(taken, after));
    taken = after;
    const found = titleOf(row, called);
    const [title] = row.names;
    if (typeof found === 'string') unknown.push({ title, animeId: null, reason: found, line });
    else entries.push(entryOf(found, row));
    if (place % BATCH === BATCH - 1) await yieldToEventLoop();
  }
  return { ...rest, entries: [...entries, ...list.entries.slice(taken)], unknown };
}

type Row = Omit<NamedEntry, 'line' | 'after'>;

function entryOf({ animeId }: Anime, { names: [title], rating, status }: Row): ImportedEntry {
  return { animeId, title, rating, status };
}

/** By the first of the row's names that exactly one title has. */
function titleOf(row: Row, called: Called): Found {
  let left: Found = 'unknown-name';
  for (const name of row.names) {
    const found = findTitle(name, row, called);
    if (typeof found !== 'string') return found;
    if (found === 'ambiguous-name') left = found;
  }
  return left;
}

function findTitle(name: string, { year, type }: Row, called: Called): Found {
  const found = decided(name, { year, type }, called(name));
  if (found !== 'unknown-name' || year !== null) return found;
  // "Akira (1988)"
  const [, bare, within] = /^(.*\S)\s*\(((?:19|20)\d\d)\)$/.exec(name) ?? [];
  return bare ? decided(bare, { year: Number(within), type }, called(bare)) : found;
}

/** Whether a title has a name, from the strictest rule to the loosest. */
const RULES: readonly ((name: string, anime: Anime) => boolean)[] = [
  (name, anime) => officialNames(anime).some((own) => spelling(own) === spelling(name)),
  (name, anime) => officialNames(anime).some((own) => nameKey(own) === nameKey(name)),
  (name, anime) => anime.synonyms.some((own) => spelling(own) === spelling(name)),
  () => true,
];

/** @param candidates titles with that name, in any spelling */
function decided(
  name: string,
  { year, type }: Pick<Row, 'year' | 'type'>,
  candidates: readonly Anime[],
): Found {
  for (const isCalled of RULES) {
    let left = candidates.filter((anime) => isCalled(name, anime));
    if (year !== null) left = fitting(left, ({ year: own }) => ofYear(own, year));
    if (type !== null) left = fitting(left, ({ type: own }) => ofType(own, type));
    if (left.length > 0) return left.length === 1 ? left[0] : 'ambiguous-name';
  }
  return 'unknown-name';
}

type Fit = 'exact' | 'possible' | 'no';

/** The titles that fit exactly, else those that possibly fit. */
function fitting(titles: readonly Anime[], how: (anime: Anime) => Fit): Anime[] {
  const exact = titles.filter((anime) => how(anime) === 'exact');
  return exact.length > 0 ? exact : titles.filter((anime) => how(anime) === 'possible');
}

/** A title that starts in winter is dated to one year by some sites and to the next by others. */
function ofYear(own: number | null, year: number): Fit {
  if (own === year) return 'exact';
  return own === null || Math.abs(own - year) === 1 ? 'possible' : 'no';
}

function ofType(own: Anime['type'], type: NonNullable<Anime['type']>): Fit {
  if (own === type) return 'exact';
  return own === null || isLikeType(own, type) ? 'possible' : 'no';
}

function officialNames({ title, titleEnglish, titleJapanese }: Anime): string[] {
  return [title, titleEnglish, titleJapanese].filter((name) => name !== null);
}

/** "K-On!" and "K-On!!" stay different. */
function spelling(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/g, ' ').trim();
}
