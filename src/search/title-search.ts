/** Finds titles by name: romaji, English, Japanese and synonyms; prefixes, typos, abbreviations, any width and kana. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Anime, Catalogue } from '../data/anime.ts';
import { abbreviates } from './abbreviation.ts';
import { isJapanese, nameKey, queryTerms, titleTerms, wordsOf } from './search-terms.ts';
import { type Matched, type SearchedTerm, TermIndex } from './term-index.ts';

export interface SearchOptions {
  /** default 20 */
  readonly limit?: number;
  /** include adult titles; default false */
  readonly adult?: boolean;
}

/** Titles that are indexed before yielding to the event loop. */
const BATCH = 200;
/** Terms of a query that are searched for; only a few long names in Japanese have more. */
const MAX_TERMS = 40;
/** Terms that may be misspelt, of .3 ms each: with a dozen words of a name, the others are hardly needed. */
const MAX_MISSPELT = 12;
/** With fewer hits than this, misspellings are considered too. */
const ENOUGH = 5;
/**
 * Titles whose name the query abbreviates rank below titles that contain it, unless the latter have this many times
 * fewer members; and above titles that match with typos, unless the latter have this many times more.
 */
const OBSCURE = 20;

/** A name of two or more words. */
interface LongName {
  readonly item: number;
  /** with a space before each word */
  readonly words: string;
}

export class TitleSearch {
  /** nameKey() of each name → item, or items, most listed first */
  readonly #exact = new Map<string, number | number[]>();
  /** of each item: the words of its names, with a space before each */
  readonly #words: string[] = [];
  /** first letter → names */
  readonly #longNames = new Map<string, LongName[]>();

  private constructor(
    private readonly catalogue: Catalogue,
    private readonly index: TermIndex,
  ) {}

  /** Builds the index, and yields to the event loop meanwhile. */
  static async of(catalogue: Catalogue): Promise<TitleSearch> {
    const index = await TermIndex.of(
      (item) => namesOf(catalogue[item]).flatMap(titleTerms),
      Float64Array.from(catalogue, popularity),
    );
    const search = new TitleSearch(catalogue, index);
    for (const [item, anime] of catalogue.entries()) {
      if (item % BATCH === 0) await yieldToEventLoop();
      const words = namesOf(anime).map((name) => search.#addName(name, item));
      search.#words.push(words.join(''));
    }
    return search;
  }

  /** Best match first; an empty query gives the most listed titles. */
  find(query: string, { limit = 20, adult = false }: SearchOptions = {}): Anime[] {
    const found: Anime[] = [];
    if (limit === 0) return found;
    const seen = new Set<number>();
    for (const item of this.#candidates(query)) {
      const anime = this.catalogue[item];
      if (seen.has(item) || (anime.adult && !adult)) continue;
      seen.add(item);
      if (found.push(anime) === limit) break;
    }
    return found;
  }

  /** Items with this name, whatever its case, width, accents, spaces and punctuation; most listed first. */
  called(name: string): readonly number[] {
    const key = nameKey(name);
    // "Mushishi" and "Mushi-Shi" may be two names of one title.
    return key === '' ? [] : [...new Set(this.#exactMatches(key))];
  }

  /** Best first, possibly repeated; lazily, because most callers want only the first few. */
  *#candidates(query: string): Generator<number> {
    const key = nameKey(query);
    if (key === '') {
      if (query.trim() === '') yield* this.catalogue.keys();
      return;
    }
    yield* this.#exactMatches(key);
    if (/^[a-z0-9]{1,2}$/.test(key)) {
      yield* this.#wordPrefixMatches(key);
      return;
    }
    const hits = this.#hits(query);
    const abbreviated = this.#abbreviatedTitles(key);
    if (this.#isBetterKnown(hits, abbreviated, 1 / OBSCURE)) {
      yield* hits;
      yield* abbreviated;
      if (hits.length < ENOUGH) yield* this.#fuzzyHits(query);
      return;
    }
    const close = hits.length < ENOUGH ? this.#fuzzyHits(query) : [];
    // "stiens" is more likely a misspelt "Steins;Gate" than an abbreviation of a title that hardly anyone lists.
    if (this.#isBetterKnown(close, abbreviated, OBSCURE)) yield* close;
    yield* abbreviated;
    yield* hits;
  }

  /** Hits with typos; when no title has all of the words, titles that have some. */
  #fuzzyHits(query: string): number[] {
    const matched = this.#matched(query, true);
    const close = matched.all();
    const shown = close.length > 0 || !/\s/.test(query.trim()) ? close : matched.any();
    return shown.map(({ item }) => item);
  }

  #exactMatches(key: string): readonly number[] {
    const items = this.#exact.get(key) ?? [];
    return typeof items === 'number' ? [items] : items;
  }

  /** Titles that have all words. */
  #hits(query: string): number[] {
    return this.#matched(query, false)
      .all()
      .map(({ item }) => item);
  }

  #matched(query: string, typos: boolean): Matched {
    const terms = queryTerms(query).slice(0, MAX_TERMS);
    let misspelt = typos ? MAX_MISSPELT : 0;
    return this.index.match(
      terms.map((term, at) => {
        const allowed = misspelt > 0 ? allowedTypos(term) : 0;
        if (allowed > 0) misspelt--;
        return searched(term, at === terms.length - 1, allowed);
      }),
    );
  }

  /** For one or two letters: every title with a word that begins with them, most listed first. */
  *#wordPrefixMatches(letters: string): Generator<number> {
    for (let item = 0; item < this.#words.length; item++) {
      if (this.#words[item].includes(` ${letters}`)) yield item;
    }
  }

  /** Whether the best known of `items` has at least `times` as many members as the best known abbreviated title. */
  #isBetterKnown(items: readonly number[], abbreviated: readonly number[], times: number): boolean {
    if (abbreviated.length === 0) return true;
    if (items.length === 0) return false;
    const most = (items: readonly number[]) =>
      items.reduce((best, item) => Math.max(best, this.catalogue[item].members), 0);
    return most(items) >= times * most(abbreviated);
  }

  /** Titles that the letters may abbreviate, ranked by how much of the name they cover and by popularity. */
  #abbreviatedTitles(letters: string): number[] {
    if (!/^[a-z0-9]{3,7}$/.test(letters)) return [];
    const qualities = new Map<number, number>();
    for (const { item, words: joined } of this.#longNames.get(letters[0]) ?? []) {
      const words = joined.slice(1).split(' ');
      const covered = abbreviates(letters, words);
      // fma: of 3 letters 2 begin words, and both words of "Fullmetal Alchemist" are covered: 2/3 · 2/2.
      const quality = (covered / letters.length) * (covered / words.length);
      if (quality < 0.3) continue;
      qualities.set(
        item,
        Math.max(qualities.get(item) ?? 0, quality * popularity(this.catalogue[item])),
      );
    }
    return [...qualities].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([item]) => item);
  }

  /** @returns the words of the name, with a space before each */
  #addName(name: string, item: number): string {
    const key = nameKey(name);
    const others = this.#exactMatches(key);
    this.#exact.set(key, others.length > 0 ? [...others, item] : item);
    const words = wordsOf(name)
      .map((word) => ` ${word}`)
      .join('');
    if (!words.includes(' ', 1)) return words;
    const long = this.#longNames.get(words[1]);
    if (long) long.push({ item, words });
    else this.#longNames.set(words[1], [{ item, words }]);
    return words;
  }
}

function namesOf({ title, titleEnglish, titleJapanese, synonyms }: Anime): string[] {
  const names = [title, titleEnglish, titleJapanese, ...synonyms];
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}

/**
 * A term also matches as a prefix. A single letter does so only as the last word, which may still be being typed: it
 * matches many terms, and a query of fifty single letters would be slow.
 */
function searched(term: string, isLast: boolean, typos: number): SearchedTerm {
  return { term, prefix: term.length > 1 || isLast, typos };
}

/** The edit distance that is allowed; two swapped letters count as two edits. */
function allowedTypos(term: string): number {
  if (term.length < 4 || isJapanese(term)) return 0;
  return term.length < 6 ? 1 : 2;
}

/** From 1 for an unlisted title to about 17 for the most listed. */
function popularity({ members }: Anime): number {
  return (1 + Math.log10(1 + members) / 2) ** 2;
}
