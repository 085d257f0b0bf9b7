/** Titles by the words of their names: whole, as they are being typed, misspelt, run together, and in kana. */
import type { Catalogue } from '../data/anime.ts';
import { allNames, popularity, spacedWords } from './all-names.ts';
import { looseKey, looseWord } from './loose-key.ts';
import type { NameKeys } from './name-keys.ts';
import {
  isJapanese,
  nameKey,
  queryTerms,
  readingsOf,
  titleTerms,
  wordsOf,
} from './search-terms.ts';
import type { Stories } from './stories.ts';
import { type Hit, type Matched, type SearchedTerm, TermIndex } from './term-index.ts';

/** Terms of a query that are searched for; only a few long names in Japanese have more. */
const MAX_TERMS = 40;
/** Terms that may be misspelt, of .3 ms each: with a dozen words of a name, the others are hardly needed. */
const MAX_MISSPELT = 12;
/** What a title must have of the terms of a query (Hit.share): with all words, with typos, and with some words. */
const MIN_SHARE = 0.45;
const MIN_FUZZY_SHARE = 0.78;
const MIN_PARTIAL_SHARE = 0.65;
/** A pair of characters has no rarity of its own: half of them are enough, 働く細胞 for はたらく細胞. */
const MIN_JAPANESE_SHARE = 0.5;
/** Letters of a name in which two may be wrong, whatever its words are. */
const SHORTEST_WHOLE = 8;
/** What it is worth when the query stands in a name letter by letter. */
const AS_TYPED = 2;
/** A title stands for its story if it matches the query this well, compared with the best title of it. */
const ALSO_MATCHES = 0.4;
/** Without some of the words only titles are guessed that have this share of the members of the most listed one. */
const KNOWN = 0.001;
/** The best titles of a query are put in order; what follows stays by relevance. */
const ORDERED = 200;

type Rank = (item: number, score: number) => number;

export class WordMatches {
  readonly #catalogue: Catalogue;
  readonly #index: TermIndex;
  readonly #names: NameKeys;
  readonly #stories: Stories;
  /** of each item: the words of its names, with a space before each */
  readonly #words: string[] = [];

  private constructor(catalogue: Catalogue, index: TermIndex, names: NameKeys, stories: Stories) {
    this.#catalogue = catalogue;
    this.#index = index;
    this.#names = names;
    this.#stories = stories;
  }

  /** Builds the index, and yields to the event loop meanwhile; words are added by add(). */
  static async of(catalogue: Catalogue, names: NameKeys, stories: Stories): Promise<WordMatches> {
    const index = await TermIndex.of(
      (item) => allNames(catalogue[item]).flatMap(titleTerms),
      Float64Array.from(catalogue, popularity),
    );
    return new WordMatches(catalogue, index, names, stories);
  }

  /** Titles have to be added in the order of the catalogue. */
  add(item: number): void {
    this.#words.push(allNames(this.#catalogue[item]).map(spacedWords).join(''));
  }

  /** Titles that have all words; the reading of a query in kana is a word, too. */
  exact(query: string): number[] {
    const all = this.#matched(query, false).all();
    const read = readingsOf(query).flatMap((reading) => this.#havingWord(reading));
    return this.#ordered(query, [...all, ...read, ...this.#joinedHits(query)].filter(isEnough));
  }

  /** Hits with typos; when no title has all of the words, titles that have most of them. */
  misspelt(query: string): number[] {
    const matched = this.#matched(query, true);
    const whole = this.#wholeNamesLike(query);
    const close = [...whole, ...matched.all()].filter(({ share }) => share >= MIN_FUZZY_SHARE);
    if (close.length > 0) return this.#ordered(query, close);
    const terms = queryTerms(query);
    if (terms.length === 1) return [];
    const least = terms.some(isJapanese) ? MIN_JAPANESE_SHARE : MIN_PARTIAL_SHARE;
    const known = KNOWN * (this.#catalogue[0]?.members ?? 0);
    const some = matched.some().filter(({ share }) => share >= least);
    return this.#ordered(
      query,
      some.filter(({ item }) => this.#catalogue[item].members >= known),
    );
  }

  /** Titles with a word that begins with these letters. */
  #havingWord(letters: string): Hit[] {
    return this.#index.match([searched(letters, true, 0)]).all();
  }

  /** "shin seka": titles that have the words of a short query in one. */
  #joinedHits(query: string): Hit[] {
    const terms = queryTerms(query);
    const isShort = terms.length > 1 && terms.length <= 3 && !terms.some(isJapanese);
    if (!isShort) return [];
    return this.#havingWord(looseWord(terms.join(''))).map((hit) => ({
      ...hit,
      // scores of several terms are added, and multiplied by their number
      score: hit.score * terms.length ** 2,
    }));
  }

  /** Titles whose names differ by few letters from a query of several words. */
  #wholeNamesLike(query: string): Hit[] {
    const terms = queryTerms(query);
    if (terms.length < 2 || terms.some(isJapanese)) return [];
    const letters = looseWord(terms.join(''));
    if (letters.length < SHORTEST_WHOLE) return [];
    return this.#index.match([{ term: letters, prefix: false, typos: 2 }]).all();
  }

  /** The best hits: those in whose names the query stands as it is rank higher, and the first of each story. */
  #ordered(query: string, hits: readonly Hit[]): number[] {
    const best = new Map<number, number>();
    for (const { item, score } of hits) best.set(item, Math.max(best.get(item) ?? 0, score));
    const score = (item: number) => best.get(item) as number;
    const items = [...best.keys()].sort((a, b) => score(b) - score(a) || a - b);
    const rank = queryTerms(query).length === 1 ? this.#byFame(query) : this.#byNearness(query);
    const ranked = items
      .slice(0, ORDERED)
      .map((item) => ({ item, score: rank(item, score(item)) }))
      .sort((a, b) => b.score - a.score || a.item - b.item);
    return [...this.#stories.firstFirst(ranked, ALSO_MATCHES), ...items.slice(ORDERED)];
  }

  /** The score, higher where the query stands in a name as it is. */
  #byNearness(query: string): Rank {
    const key = looseKey(query);
    const typed = ` ${wordsOf(query).join(' ')}`;
    return (item, score) =>
      score * this.#names.nearness(item, key) * (this.#words[item].includes(typed) ? AS_TYPED : 1);
  }

  /** How well known a title is, for the one word that is being typed; names that begin with it go first. */
  #byFame(query: string): Rank {
    const key = looseKey(query);
    const typed = nameKey(query);
    return (item) => {
      const words = `${this.#words[item]} `;
      const isWord = words.includes(` ${typed} `);
      const isThere = isWord || words.includes(` ${typed}`) || isJapaneseText(typed);
      const begins = this.#names.nearness(item, key) > 1.25;
      const fame = Math.log10(this.#catalogue[item].members + 10);
      return fame + (isThere ? 0 : -2) + (isWord ? 0.5 : 0) + (begins ? 0.5 : 0);
    };
  }

  #matched(query: string, typos: boolean): Matched {
    const terms = queryTerms(query).slice(0, MAX_TERMS);
    let misspelt = typos ? MAX_MISSPELT : 0;
    return this.#index.match(
      terms.map((term, at) => {
        const allowed = misspelt > 0 ? allowedTypos(term, terms.length) : 0;
        if (allowed > 0) misspelt--;
        return searched(term, at === terms.length - 1, allowed);
      }),
    );
  }

  /** For one or two letters: every title with a word that begins with them, most listed first. */
  *startingWith(letters: string): Generator<number> {
    for (let item = 0; item < this.#words.length; item++) {
      if (this.#words[item].includes(` ${letters}`)) yield item;
    }
  }
}

/**
 * A term also matches as a prefix. A single letter does so only as the last word, which may still be being typed: it
 * matches many terms, and a query of fifty single letters would be slow.
 */
function searched(term: string, isLast: boolean, typos: number): SearchedTerm {
  return { term, prefix: term.length > 1 || isLast, unfinished: isLast, typos };
}

function isJapaneseText(text: string): boolean {
  return /[\p{Script=Katakana}\p{Script=Han}]/u.test(text);
}

function isEnough({ share }: Hit): boolean {
  return share >= MIN_SHARE;
}

/** The edit distance that is allowed; a short word may be misspelt beside others. */
function allowedTypos(term: string, terms: number): number {
  if (isJapanese(term) || term.length < (terms > 1 ? 3 : 4)) return 0;
  return term.length < 6 ? 1 : 2;
}
