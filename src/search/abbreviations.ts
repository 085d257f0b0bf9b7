/** Titles by the short forms that fans use, of first letters (SAO) and of beginnings of words (KonoSuba). */
import type { Anime, Catalogue } from '../data/anime.ts';
import { abbreviates } from './abbreviation.ts';
import { allNames, popularity, spacedWords } from './all-names.ts';
import { ShortForms } from './short-forms.ts';

/** A name of two or more words. */
interface LongName {
  readonly item: number;
  /** with a space before each word */
  readonly words: string;
}

/** The share of the letters that begin words, times that of the words that are covered. */
const MIN_QUALITY = 0.3;

export class Abbreviations {
  readonly #catalogue: Catalogue;
  readonly #shortForms = new ShortForms();
  /** first letter → names */
  readonly #longNames = new Map<string, LongName[]>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** Titles have to be added in the order of the catalogue. */
  add(anime: Anime, item: number): void {
    this.#shortForms.add(anime);
    for (const name of allNames(anime)) {
      // "UBW" is the second half of "Fate/stay night: Unlimited Blade Works"
      const [, ...later] = name.split(/: | \[/);
      for (const words of new Set([name, ...later].map(spacedWords))) {
        if (!words.includes(' ', 1)) continue;
        const long = this.#longNames.get(words[1]);
        if (long) long.push({ item, words });
        else this.#longNames.set(words[1], [{ item, words }]);
      }
    }
  }

  /**
   * Items that the query may abbreviate, ranked by how much of the name it covers and by popularity.
   * @param letters nameKey() of the query
   */
  find(query: string, letters: string): number[] {
    const qualities = new Map<number, number>();
    const put = (item: number, quality: number) => {
      const ranked = quality * popularity(this.#catalogue[item]);
      qualities.set(item, Math.max(qualities.get(item) ?? 0, ranked));
    };
    for (const [item, quality] of this.#initials(query, letters)) put(item, quality);
    for (const item of this.#shortForms.find(query)) put(item, 1);
    return [...qualities].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([item]) => item);
  }

  *#initials(query: string, letters: string): Generator<[item: number, quality: number]> {
    // "s;g" has the sign of "Steins;Gate"
    const [, sign] = /^\w([;:./&])\w$/.exec(query.trim()) ?? [];
    if (!/^[a-z0-9]{3,7}$/.test(letters) && sign === undefined) return;
    for (const { item, words: joined } of this.#longNames.get(letters[0]) ?? []) {
      const words = joined.slice(1).split(' ');
      const covered = abbreviates(letters, words);
      // fma: of 3 letters 2 begin words, and both words of "Fullmetal Alchemist" are covered: 2/3 · 2/2.
      const quality =
        (Math.min(covered, letters.length) / letters.length) * (covered / words.length);
      if (quality < MIN_QUALITY) continue;
      if (sign !== undefined && !this.#catalogue[item].title.includes(sign)) continue;
      yield [item, quality];
    }
  }
}
