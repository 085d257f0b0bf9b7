/** Finds the title that a name means. A name that only resembles one is no match: the answer says so. */
import type { Anime, Catalogue } from '../data/anime.ts';
import type { KnownNames } from '../explain/known-names.ts';
import { namesOf } from '../explain/language.ts';
import { abbreviates } from '../search/abbreviation.ts';
import { nameKey, wordsOf } from '../search/search-terms.ts';
import type { TitleSearch } from '../search/title-search.ts';
import { editDistance } from './edit-distance.ts';
import { plainKey } from './plain-key.ts';
import { NICKNAMES } from './words/nicknames.ts';
import { isCommonName } from './words/stop-words.ts';

export interface TitleSources {
  readonly catalogue: Catalogue;
  readonly names: KnownNames;
  readonly search: Pick<TitleSearch, 'find'>;
}

/** people who list a title whose name may be misspelt, cut short or abbreviated */
const WELL_KNOWN = 20_000;
const ABBREVIATED = 100_000;
/** A wish has room for five titles, and 500 letters of nonsense for fifty names. */
const MAX_SEARCHES = 8;
/** names that are looked up exactly: 130 Japanese letters, at each of which any of 23 names may begin */
const MAX_LOOKUPS = 3000;
/** titles that a search gives for one name */
const CANDIDATES = 20;

export class TitleMatch {
  readonly #sources: TitleSources;
  readonly #nicknames: ReadonlyMap<string, string>;
  #searches = MAX_SEARCHES;
  #lookups = MAX_LOOKUPS;

  constructor(sources: TitleSources) {
    this.#sources = sources;
    this.#nicknames = new Map(
      Object.entries(NICKNAMES).map(([name, title]) => [plainKey(name), title]),
    );
  }

  /** The title with exactly this name, whatever its case, width and punctuation; the best known of several. */
  exact(name: string): Anime | null {
    if (this.#lookups-- <= 0) return null;
    const { catalogue, names } = this.#sources;
    const item = names.called(name).find((at) => !catalogue[at].adult);
    const title = this.#nicknames.get(plainKey(name));
    const named = item === undefined ? null : catalogue[item];
    const nicknamed = title === undefined ? null : this.exactTitle(title);
    return (nicknamed?.members ?? 0) > (named?.members ?? 0) ? nicknamed : named;
  }

  /** Whether many people know a title by exactly this name. */
  isWellKnown(name: string): boolean {
    const anime = this.exact(name);
    return anime !== null && anime.members >= WELL_KNOWN;
  }

  isOrdinary(word: string): boolean {
    return isCommonName(word) || this.#sources.names.isOrdinary(word);
  }

  /** Whether fans call a title so. */
  isNickname(name: string): boolean {
    return this.#nicknames.has(plainKey(name));
  }

  /**
   * The well-known title that is meant by a misspelt, shortened or abbreviated name.
   * @param by letters: only by a misspelt one
   */
  close(name: string, by: 'any' | 'letters' = 'any'): Anime | null {
    const key = nameKey(name);
    const words = wordsOf(name);
    const isWord = words.length === 1 && this.isOrdinary(words[0]);
    if (key.length < 3 || isWord || /^\d+$/.test(key) || this.#searches-- <= 0) return null;
    const misspelt = this.#misspelt(key);
    if (misspelt !== null || by === 'letters') return misspelt;
    // "the end" is the beginning of many names.
    if (words.every((word) => this.isOrdinary(word)) && !/^\p{Lu}/u.test(name)) return null;
    const found = this.#sources.search
      .find(name, { limit: CANDIDATES })
      .filter(({ members }) => members >= WELL_KNOWN);
    const close = [isShortened, isAbbreviated].map((isMeant) =>
      found.find((anime) => namesOf(anime).some((full) => isMeant(key, words, full, anime))),
    );
    return close.find((anime) => anime !== undefined) ?? null;
  }

  /** The nearest of all well-known names, the best known of several. */
  #misspelt(key: string): Anime | null {
    let allowed = key.length < 5 ? 0 : Math.min(3, Math.floor(key.length / 5));
    let nearest: Anime | null = null;
    const consider = (name: string, find: () => Anime | null) => {
      const distance = allowed > 0 ? editDistance(key, name, allowed) : 1;
      if (distance > allowed) return;
      nearest = find() ?? nearest;
      allowed = distance - 1;
    };
    const { whole, parts } = wellKnownNames(this.#sources);
    for (const { key: name, anime } of whole) consider(name, () => anime);
    for (const [name, title] of this.#nicknames)
      if (name.length > 6) consider(name, () => this.exactTitle(title));
    if (nearest === null) for (const { key: name, anime } of parts) consider(name, () => anime);
    return nearest;
  }

  /** By its main title. */
  exactTitle(title: string): Anime | null {
    const { catalogue, names } = this.#sources;
    const item = names.called(title).find((at) => catalogue[at].title === title);
    return item === undefined ? null : catalogue[item];
  }
}

interface WellKnownName {
  readonly key: string;
  readonly anime: Anime;
}

interface WellKnownNames {
  readonly whole: readonly WellKnownName[];
  /** "Demon Slayer" of "Demon Slayer: Kimetsu no Yaiba" */
  readonly parts: readonly WellKnownName[];
}

const wellKnown = new WeakMap<Catalogue, WellKnownNames>();

/** Of titles that many people list, most listed first; made once for each catalogue, at first use. */
function wellKnownNames({ catalogue }: TitleSources): WellKnownNames {
  const made = wellKnown.get(catalogue) ?? namesOfWellKnown(catalogue);
  wellKnown.set(catalogue, made);
  return made;
}

function namesOfWellKnown(catalogue: Catalogue): WellKnownNames {
  const titles = catalogue
    .filter(({ members, adult }) => members >= WELL_KNOWN && !adult)
    .sort((a, b) => b.members - a.members);
  const named = (split: (name: string) => readonly string[]) =>
    titles.flatMap((anime) =>
      namesOf(anime)
        .flatMap(split)
        .map((name) => ({ key: nameKey(name), anime })),
    );
  return {
    whole: named((name) => [name]),
    parts: named((name) => (/[:~]/.test(name) ? [name.split(/[:~]/)[0]] : [])),
  };
}

/** All of the words are among those of the name, and they begin it or are most of it. */
function isShortened(key: string, words: readonly string[], full: string): boolean {
  const all = wordsOf(full);
  if (words.length === 0 || key.length < 4) return false;
  if (!words.every((word) => all.includes(word))) return false;
  return all.slice(0, words.length).join(' ') === words.join(' ') || 2 * words.length >= all.length;
}

function isAbbreviated(
  key: string,
  words: readonly string[],
  full: string,
  { members }: Anime,
): boolean {
  if (words.length !== 1 || !/^[a-z0-9]{3,7}$/.test(key) || members < ABBREVIATED) return false;
  const all = wordsOf(full);
  return 2 * abbreviates(key, all) > all.length;
}
