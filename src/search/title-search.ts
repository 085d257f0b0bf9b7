/** Titles by name: romaji, English, Japanese and synonyms; prefixes, typos, abbreviations, any width and kana. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Anime, Catalogue } from '../data/anime.ts';
import { abbreviates } from './abbreviation.ts';
import { isJapanese, nameKey, queryTerms, titleTerms, wordsOf } from './search-terms.ts';
import { type SearchedTerm, TermIndex } from './term-index.ts';

export interface SearchOptions {
  /** default 20 */
  readonly limit?: number;
  /** adult titles too; default false */
  readonly adult?: boolean;
}

/** Titles taken before other work gets its turn. */
const BATCH = 200;
/** With fewer hits than this, spelling mistakes are considered. */
const ENOUGH = 5;
/**
 * Titles that a query abbreviates come after titles with that word, unless these have so many times fewer members, and
 * before titles that it misspells, unless these have so many times more.
 */
const OBSCURE = 20;

/** A name of two words and more. */
interface LongName {
  readonly item: number;
  /** every one after a space */
  readonly words: string;
}

export class TitleSearch {
  /** name without anything but letters and digits → item, or items, most listed first */
  readonly #exact = new Map<string, number | number[]>();
  /** of each item: the words of its names, every one after a space */
  readonly #words: string[] = [];
  /** first letter → names */
  readonly #longNames = new Map<string, LongName[]>();

  private constructor(
    private readonly catalogue: Catalogue,
    private readonly index: TermIndex,
  ) {}

  /** Takes turns with other work while it reads the catalogue. */
  static async of(catalogue: Catalogue): Promise<TitleSearch> {
    const index = await TermIndex.of(
      (item) => namesOf(catalogue[item]).flatMap(titleTerms),
      Float64Array.from(catalogue, popularity),
    );
    const search = new TitleSearch(catalogue, index);
    for (const [item, anime] of catalogue.entries()) {
      if (item % BATCH === 0) await yieldToEventLoop();
      const words = namesOf(anime).map((name) => search.#note(name, item));
      search.#words.push(words.join(''));
    }
    return search;
  }

  /** The titles that the query means, most likely first; the most listed ones when it is empty. */
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

  /** Items with exactly this name but for case, width, accents, spaces and punctuation; most listed first. */
  called(name: string): readonly number[] {
    const key = nameKey(name);
    // "Mushishi" and "Mushi-Shi" are two names of one title.
    return key === '' ? [] : [...new Set(this.#exactly(key))];
  }

  /** Best first; lazily, as most callers want the first few. */
  *#candidates(query: string): Generator<number> {
    const key = nameKey(query);
    if (key === '') {
      if (query.trim() === '') yield* this.catalogue.keys();
      return;
    }
    yield* this.#exactly(key);
    if (/^[a-z0-9]{1,2}$/.test(key)) {
      yield* this.#beginning(key);
      return;
    }
    const hits = this.#hits(query);
    const abbreviated = this.#abbreviated(key);
    if (this.#isMeant(hits, abbreviated, 1 / OBSCURE)) {
      yield* hits;
      yield* abbreviated;
      if (hits.length < ENOUGH) yield* this.#close(query);
      return;
    }
    const close = hits.length < ENOUGH ? this.#close(query) : [];
    // "stiens" is no short form of a title that hardly anyone lists.
    if (this.#isMeant(close, abbreviated, OBSCURE)) yield* close;
    yield* abbreviated;
    yield* hits;
  }

  /** What the query means when it is misspelt; some of its words, when nothing has all of them. */
  #close(query: string): number[] {
    const close = this.#hits(query, true);
    return close.length > 0 || !/\s/.test(query.trim()) ? close : this.#hits(query, true, false);
  }

  #exactly(key: string): readonly number[] {
    const items = this.#exact.get(key) ?? [];
    return typeof items === 'number' ? [items] : items;
  }

  /** @param every whether a title must have all words */
  #hits(query: string, typos = false, every = true): number[] {
    const terms = queryTerms(query).map((term, at, { length }) =>
      searched(term, at === length - 1, typos),
    );
    return this.index.search(terms, every).map(({ item }) => item);
  }

  /** One or two letters: every title with a word that begins so, most listed first. */
  *#beginning(letters: string): Generator<number> {
    for (let item = 0; item < this.#words.length; item++) {
      if (this.#words[item].includes(` ${letters}`)) yield item;
    }
  }

  /** Whether these are what is meant, rather than a short form: they have as many members, or `times` as many. */
  #isMeant(items: readonly number[], abbreviated: readonly number[], times: number): boolean {
    if (abbreviated.length === 0) return true;
    if (items.length === 0) return false;
    const most = (items: readonly number[]) =>
      items.reduce((best, item) => Math.max(best, this.catalogue[item].members), 0);
    return most(items) >= times * most(abbreviated);
  }

  /** Titles that the letters abbreviate: those of few words and many members first. */
  #abbreviated(letters: string): number[] {
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

  /** @returns the name's words, every one after a space */
  #note(name: string, item: number): string {
    const key = nameKey(name);
    const others = this.#exactly(key);
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
 * A term stands also for what begins with it. A letter does where a word is being typed: many words begin with it, and
 * a query of fifty such letters would keep everybody waiting.
 */
function searched(term: string, isLast: boolean, typos: boolean): SearchedTerm {
  const prefix = term.length > 1 || isLast;
  return { term, prefix, typos: typos ? allowedTypos(term) : 0 };
}

/** Letters that may be wrong, missing or doubled; two swapped ones count as two. */
function allowedTypos(term: string): number {
  if (term.length < 4 || isJapanese(term)) return 0;
  return term.length < 6 ? 1 : 2;
}

/** 1 for an unlisted title to about 17 for the most listed. */
function popularity({ members }: Anime): number {
  return (1 + Math.log10(1 + members) / 2) ** 2;
}
