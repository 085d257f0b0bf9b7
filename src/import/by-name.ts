/**
 * Looks up the rows of a list that have a title but no id in a catalogue. Names are compared without case, width, accents,
 * spaces and punctuation. Nothing is guessed: a name that several titles share is left to the person.
 */
import type { Anime } from '../data/anime.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { nameKey } from '../search/search-terms.ts';
import { TimeSlice } from '../time-slice.ts';
import type { ImportedEntry, ImportedList, NamedEntry, UnknownTitle } from './imported-list.ts';
import { isLikeType } from './type-words.ts';

export type NameSources = Pick<Bundle, 'catalogue' | 'search'>;
type Found = Anime | 'unknown-name' | 'ambiguous-name';
/** Titles with that name, in any spelling. */
type Called = (name: string) => readonly Anime[];

/**
 * The list with every row either an entry, in the order of the file, or among the unknown titles. The event loop runs
 * meanwhile.
 * @throws the signal's reason when it has aborted
 */
export async function placeNames(
  list: ImportedList,
  sources: NameSources,
  signal?: AbortSignal,
): Promise<ImportedList> {
  const { named = [], ...rest } = list;
  if (named.length === 0) return rest;
  const search = await sources.search();
  const called: Called = (name) => search.called(name).map((item) => sources.catalogue[item]);
  const entries: ImportedEntry[] = [];
  const unknown: UnknownTitle[] = [...list.unknown];
  let taken = 0;
  const slice = new TimeSlice();
  for (const { after, line, ...row } of named) {
    while (taken < after) entries.push(list.entries[taken++]);
    const found = titleOf(row, called);
    const [title] = row.names;
    if (typeof found === 'string') unknown.push({ title, animeId: null, reason: found, line });
    else entries.push(entryOf(found, row));
    if (slice.over) await slice.next();
    signal?.throwIfAborted();
  }
  while (taken < list.entries.length) entries.push(list.entries[taken++]);
  return { ...rest, entries, unknown };
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

/** Letters of a name in its plainest form: one ﷺ becomes eighteen, and no title is so long. */
const LONGEST_NAME = 500;
const YEAR_LENGTH = '(1988)'.length;

function findTitle(name: string, { year, type }: Row, called: Called): Found {
  if (name.normalize('NFKC').length > LONGEST_NAME) return 'unknown-name';
  const found = decided(name, { year, type }, called(name));
  if (found !== 'unknown-name' || year !== null) return found;
  // "Akira (1988)"
  const [, within] = /\(((?:19|20)\d\d)\)$/.exec(name.slice(-YEAR_LENGTH)) ?? [];
  const bare = name.slice(0, -YEAR_LENGTH).trimEnd();
  return within && bare ? decided(bare, { year: Number(within), type }, called(bare)) : found;
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
