/** Every name in a catalogue, to tell which titles a text names, and the ordinary words that are no names. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Catalogue } from '../data/anime.ts';
import { nameKey } from '../search/search-terms.ts';
import { namesOf } from './language.ts';

/** Titles read before other work gets its turn. */
const BATCH = 250;
/** A name of more words than this is found by its first ones. */
export const MOST_WORDS = 12;
/** A lower-case word in this many synopses is an ordinary one. */
const ORDINARY = 2;
/** Members of a title that a reader would take its name for. */
const WELL_KNOWN = 20_000;

export class KnownNames {
  readonly #items = new Map<string, number[]>();
  readonly #ordinary = new Map<string, number>();
  /** how many letters the longest Japanese name that is looked for has */
  static readonly longestRun = 24;

  readonly #catalogue: Catalogue;

  private constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  static async of(catalogue: Catalogue): Promise<KnownNames> {
    const names = new KnownNames(catalogue);
    for (let item = 0; item < catalogue.length; item++) {
      for (const name of namesOf(catalogue[item])) names.#note(name, item);
      names.#read(catalogue[item].synopsis ?? '');
      if (item % BATCH === BATCH - 1) await nextTurn();
    }
    return names;
  }

  /** The titles that go by this name, whatever its case, width, kana and punctuation; most listed first. */
  called(name: string): readonly number[] {
    return this.#items.get(nameKey(name)) ?? [];
  }

  /** Whether many people know a title by this name. */
  isWellKnown(name: string): boolean {
    return this.called(name).some((item) => this.#catalogue[item].members >= WELL_KNOWN);
  }

  /** Whether synopses use the word as one: what begins a sentence with a capital may still be no name. */
  isOrdinary(word: string): boolean {
    return (this.#ordinary.get(word.toLowerCase()) ?? 0) >= ORDINARY;
  }

  #note(name: string, item: number): void {
    const key = nameKey(name);
    if (key === '') return;
    const items = this.#items.get(key);
    if (!items) this.#items.set(key, [item]);
    else if (items.at(-1) !== item) items.push(item);
  }

  #read(synopsis: string): void {
    const words = new Set(synopsis.match(/(?<![\p{L}\p{N}'’-])[a-z]+(?![\p{L}\p{N}'’-])/gu));
    for (const word of words) this.#ordinary.set(word, (this.#ordinary.get(word) ?? 0) + 1);
  }
}

const known = new WeakMap<Catalogue, Promise<KnownNames>>();

/** Made once for a catalogue, when it is first needed. */
export function knownNames(catalogue: Catalogue): Promise<KnownNames> {
  const made = known.get(catalogue) ?? KnownNames.of(catalogue);
  known.set(catalogue, made);
  return made;
}
