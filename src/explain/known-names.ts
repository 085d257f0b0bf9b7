/** All names of a catalogue, to find the titles in a text; and the ordinary words, which are not names. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Catalogue } from '../data/anime.ts';
import { nameKey } from '../search/search-terms.ts';
import { namesOf } from './language.ts';

/** titles read before other work runs */
const BATCH = 250;
/** words of the longest name that is looked for */
export const MAX_NAME_WORDS = 12;
/** synopses that use an ordinary word in lower case */
const MIN_SYNOPSES = 2;
/** members of a title whose name readers recognize */
const MIN_MEMBERS = 20_000;

export class KnownNames {
  readonly #items = new Map<string, number[]>();
  readonly #ordinary = new Map<string, number>();
  /** characters of the longest Japanese name that is looked for */
  static readonly maxRunLength = 24;

  readonly #catalogue: Catalogue;

  private constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  static async of(catalogue: Catalogue): Promise<KnownNames> {
    const names = new KnownNames(catalogue);
    for (let item = 0; item < catalogue.length; item++) {
      for (const name of namesOf(catalogue[item])) names.#addName(name, item);
      names.#addWords(catalogue[item].synopsis ?? '');
      if (item % BATCH === BATCH - 1) await yieldToEventLoop();
    }
    return names;
  }

  /** Items with this name in any case, width, kana and punctuation; most members first. */
  called(name: string): readonly number[] {
    return this.#items.get(nameKey(name)) ?? [];
  }

  /** Whether many people know a title by this name. */
  isWellKnown(name: string): boolean {
    return this.called(name).some((item) => this.#catalogue[item].members >= MIN_MEMBERS);
  }

  /** Whether synopses use the word in lower case. A capital at the beginning of a sentence then says nothing. */
  isOrdinary(word: string): boolean {
    return (this.#ordinary.get(word.toLowerCase()) ?? 0) >= MIN_SYNOPSES;
  }

  #addName(name: string, item: number): void {
    const key = nameKey(name);
    if (key === '') return;
    const items = this.#items.get(key);
    if (!items) this.#items.set(key, [item]);
    else if (items.at(-1) !== item) items.push(item);
  }

  #addWords(synopsis: string): void {
    const words = new Set(synopsis.match(/(?<![\p{L}\p{N}'’-])[a-z]+(?![\p{L}\p{N}'’-])/gu));
    for (const word of words) this.#ordinary.set(word, (this.#ordinary.get(word) ?? 0) + 1);
  }
}

const known = new WeakMap<Catalogue, Promise<KnownNames>>();

/** Computed once for each catalogue, at first use. */
export function knownNames(catalogue: Catalogue): Promise<KnownNames> {
  const made = known.get(catalogue) ?? KnownNames.of(catalogue);
  known.set(catalogue, made);
  return made;
}
