/** Titles by name: romaji, English, Japanese and synonyms; prefixes, typos, abbreviations, any width and kana. */
import MiniSearch, { type SearchOptions as IndexOptions } from 'minisearch';
import type { Anime, Catalogue } from '../data/anime.ts';
import { abbreviates } from './abbreviation.ts';
import { isJapanese, nameKey, queryTerms, titleTerms, wordsOf } from './search-terms.ts';

export interface SearchOptions {
  /** default 20 */
  readonly limit?: number;
  /** adult titles too; default false */
  readonly adult?: boolean;
}

/** Between the names of a title, so that no term runs from one into the next. */
const BETWEEN = '\n';
/** Titles added before other work gets its turn. */
const BATCH = 200;
/** With fewer hits than this, spelling mistakes are considered. */
const ENOUGH = 5;
/**
 * Titles that a query abbreviates come after titles with that word, unless these have so many times fewer members, and
 * before titles that it misspells, unless these have so many times more.
 */
const OBSCURE = 20;

const TYPOS: IndexOptions = { fuzzy: allowedTypos };

export class TitleSearch {
  readonly #catalogue: Catalogue;
  readonly #index: MiniSearch<{ id: number; names: string }>;
  /** name without anything but letters and digits → items, most listed first */
  readonly #exact = new Map<string, number[]>();
  /** of each item: its words, every one after a space */
  readonly #words: string[] = [];
  /** first letter → names of two words and more */
  readonly #longNames = new Map<
    string,
    { readonly item: number; readonly words: readonly string[] }[]
  >();

  private constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#index = new MiniSearch({
      fields: ['names'],
      tokenize: (names) => names.split(BETWEEN).flatMap(titleTerms),
      processTerm: (term) => term,
      searchOptions: {
        tokenize: queryTerms,
        prefix: mayGoOn,
        weights: { fuzzy: 0.3, prefix: 0.3 },
        combineWith: 'AND',
        // A word that is in two names of a title says little more than in one; many names make no worse hit.
        bm25: { k: 0.2, b: 0.2, d: 0.5 },
        boostDocument: (item) => popularity(catalogue[item as number]),
      },
    });
  }

  /** Takes turns with other work while it reads the catalogue. */
  static async of(catalogue: Catalogue): Promise<TitleSearch> {
    const search = new TitleSearch(catalogue);
    const entries = catalogue.map((anime, id) => ({ id, names: namesOf(anime).join(BETWEEN) }));
    await search.#index.addAllAsync(entries, { chunkSize: BATCH });
    catalogue.forEach((anime, item) => {
      search.#words.push(
        namesOf(anime)
          .map((name) => search.#note(name, item))
          .join(''),
      );
    });
    return search;
  }

  /** The titles that the query means, most likely first; the most listed ones when it is empty. */
  find(query: string, { limit = 20, adult = false }: SearchOptions = {}): Anime[] {
    const found: Anime[] = [];
    if (limit === 0) return found;
    const seen = new Set<number>();
    for (const item of this.#candidates(query)) {
      const anime = this.#catalogue[item];
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
    return key === '' ? [] : [...new Set(this.#exact.get(key))];
  }

  /** Best first; lazily, as most callers want the first few. */
  *#candidates(query: string): Generator<number> {
    const key = nameKey(query);
    if (key === '') {
      if (query.trim() === '') yield* this.#catalogue.keys();
      return;
    }
    yield* this.#exact.get(key) ?? [];
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
    const close = this.#hits(query, TYPOS);
    return close.length > 0 || !/\s/.test(query.trim())
      ? close
      : this.#hits(query, { ...TYPOS, combineWith: 'OR' });
  }

  #hits(query: string, options?: IndexOptions): number[] {
    return this.#index.search(query, options).map(({ id }) => id as number);
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
      items.reduce((best, item) => Math.max(best, this.#catalogue[item].members), 0);
    return most(items) >= times * most(abbreviated);
  }

  /** Titles that the letters abbreviate: those of few words and many members first. */
  #abbreviated(letters: string): number[] {
    if (!/^[a-z0-9]{3,7}$/.test(letters)) return [];
    const qualities = new Map<number, number>();
    for (const { item, words } of this.#longNames.get(letters[0]) ?? []) {
      const covered = abbreviates(letters, words);
      // fma: of 3 letters 2 begin words, and both words of "Fullmetal Alchemist" are covered: 2/3 · 2/2.
      const quality = (covered / letters.length) * (covered / words.length);
      if (quality < 0.3) continue;
      qualities.set(
        item,
        Math.max(qualities.get(item) ?? 0, quality * popularity(this.#catalogue[item])),
      );
    }
    return [...qualities].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([item]) => item);
  }

  /** @returns the name's words, every one after a space */
  #note(name: string, item: number): string {
    append(this.#exact, nameKey(name), item);
    const words = wordsOf(name);
    if (words.length > 1) append(this.#longNames, words[0][0], { item, words });
    return words.map((word) => ` ${word}`).join('');
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function namesOf({ title, titleEnglish, titleJapanese, synonyms }: Anime): string[] {
  const names = [title, titleEnglish, titleJapanese, ...synonyms];
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}

/**
 * Whether a term stands also for what begins with it. A letter does where a word is being typed: many words
 * begin with it, and a query of fifty such letters would keep everybody waiting.
 */
function mayGoOn(term: string, at: number, terms: readonly string[]): boolean {
  return term.length > 1 || at === terms.length - 1;
}

/** Letters that may be wrong, missing or doubled; two swapped ones count as two. */
function allowedTypos(term: string): number | false {
  if (term.length < 4 || isJapanese(term)) return false;
  return term.length < 6 ? 1 : 2;
}

/** 1 for an unlisted title to about 17 for the most listed. */
function popularity({ members }: Anime): number {
  return (1 + Math.log10(1 + members) / 2) ** 2;
}
