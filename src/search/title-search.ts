/** Finds titles by name: romaji, English, Japanese and synonyms; prefixes, typos, abbreviations, any width and kana. */
import type { Anime, Catalogue } from '../data/anime.ts';
import { TimeSlice } from '../time-slice.ts';
import { Abbreviations } from './abbreviations.ts';
import { NameKeys } from './name-keys.ts';
import { nameKey } from './search-terms.ts';
import { seasonIn, yearIn } from './season-and-year.ts';
import { Stories } from './stories.ts';
import { WordMatches } from './word-matches.ts';

export interface SearchOptions {
  /** default 20 */
  readonly limit?: number;
  /** include adult titles; default false */
  readonly adult?: boolean;
}

/** With fewer hits than this, misspellings are considered too. */
const ENOUGH = 5;
/**
 * Titles whose name the query abbreviates rank below titles that contain it, unless the latter have this many times
 * fewer members; and above titles that match with typos, unless the latter have this many times more.
 */
const OBSCURE = 20;

/** A title of exactly that name comes after the best match, if that has so many times its members. */
const UNKNOWN = 50;
/** Titles of which those of one year are looked for. */
const DATED = 400;

export class TitleSearch {
  private constructor(
    private readonly catalogue: Catalogue,
    private readonly names: NameKeys,
    private readonly words: WordMatches,
    private readonly abbreviations: Abbreviations,
    private readonly stories: Stories,
  ) {}

  /** Builds the index, and yields to the event loop meanwhile. */
  static async of(catalogue: Catalogue): Promise<TitleSearch> {
    const names = new NameKeys();
    const stories = new Stories(catalogue);
    const abbreviations = new Abbreviations(catalogue);
    const words = await WordMatches.of(catalogue, names, stories);
    const slice = new TimeSlice();
    for (const [item, anime] of catalogue.entries()) {
      if (slice.over) await slice.next();
      names.add(anime, item);
      abbreviations.add(anime, item);
      words.add(item);
    }
    return new TitleSearch(catalogue, names, words, abbreviations, stories);
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
    return this.names.withLetters(nameKey(name));
  }

  /** Best first, possibly repeated; lazily, because most callers want only the first few. */
  *#candidates(query: string): Generator<number> {
    const key = nameKey(query);
    if (key === '') {
      if (query.trim() === '') yield* this.catalogue.keys();
      return;
    }
    const called = this.#calledBest(query);
    const isShort = /^[a-z0-9]{1,2}$/.test(key) && !/\w\W\w/.test(query.trim());
    if (isShort) {
      yield* called;
      yield* this.words.startingWith(key);
      return;
    }
    if (called.length === 0) {
      yield* this.#dated(query);
      yield* this.#ofSeason(query);
    }
    const matches = this.#matches(query, key);
    // "nanoha" is also the name of a title that hardly anybody knows
    const other = matches.find((item) => !called.includes(item));
    if (other !== undefined && called.length > 0 && this.#isBetterKnown([other], called, UNKNOWN))
      yield other;
    yield* called;
    yield* matches;
  }

  /** Titles with exactly this name, in any spelling, by exactness and members. */
  #calledBest(name: string): number[] {
    const called = this.names.called(name);
    const rank = (item: number) =>
      Math.log10(this.catalogue[item].members + 10) + (called.get(item) as number);
    return [...called.keys()].sort((a, b) => rank(b) - rank(a) || a - b);
  }

  /** "Berserk (2016)": the titles of that year, or else of the years beside it, that the rest of the query finds. */
  #dated(query: string): number[] {
    const dated = yearIn(query);
    if (dated === null) return [];
    const key = nameKey(dated.base);
    const found = [...this.#calledBest(dated.base), ...this.#matches(dated.base, key)].slice(
      0,
      DATED,
    );
    const of = (distance: number) =>
      found.filter((item) => {
        const { year } = this.catalogue[item];
        return year !== null && Math.abs(year - dated.year) === distance;
      });
    const exact = of(0);
    return exact.length > 0 ? exact : of(1);
  }

  /** "Overlord 3": the third season of the first title that the rest of the query finds. */
  #ofSeason(query: string): number[] {
    const season = seasonIn(query);
    if (season === null || season.number < 2) return [];
    const [called] = this.#calledBest(season.base);
    const [base] =
      called === undefined ? this.#matches(season.base, nameKey(season.base)) : [called];
    return base === undefined ? [] : this.stories.numbered(base, season.number);
  }

  /** Titles with the words of the query, titles that it abbreviates, and titles that it misspells. */
  #matches(query: string, key: string): number[] {
    const hits = this.words.exact(query);
    const abbreviated = this.abbreviations.find(query, key);
    const close = hits.length < ENOUGH ? this.words.misspelt(query) : [];
    if (hits.length > 0 && this.#isBetterKnown(hits.slice(0, 1), abbreviated, 1 / OBSCURE)) {
      // "parasite" is rather a misspelt "Parasyte" than the name of a title that hardly anyone lists.
      const others = close.filter((item) => !hits.includes(item));
      const isMisspelt = others.length > 0 && this.#isBetterKnown(others, hits, OBSCURE);
      return isMisspelt
        ? [...others, ...hits, ...abbreviated]
        : [...hits, ...abbreviated, ...close];
    }
    // "stiens" is more likely a misspelt "Steins;Gate" than an abbreviation of a title that hardly anyone lists.
    const order = this.#isBetterKnown(close, abbreviated, OBSCURE)
      ? [close, abbreviated, hits]
      : [abbreviated, hits, close];
    return order.flat();
  }

  /** Whether the best known of `items` has at least `times` as many members as the best known abbreviated title. */
  #isBetterKnown(items: readonly number[], abbreviated: readonly number[], times: number): boolean {
    if (abbreviated.length === 0) return true;
    if (items.length === 0) return false;
    const most = (items: readonly number[]) =>
      items.reduce((best, item) => Math.max(best, this.catalogue[item].members), 0);
    return most(items) >= times * most(abbreviated);
  }
}
