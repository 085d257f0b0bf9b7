/** Titles by their whole names: as they are spelt, by their letters alone, and in the loose spelling. */
import type { Anime } from '../data/anime.ts';
import { looseKey } from './loose-key.ts';
import { otherNames } from './other-names.ts';
import { nameKey } from './search-terms.ts';

/** How exactly a name is matched; added to the logarithm (base 10) of the members when titles are ranked. */
const SPELLING = 1.2;
const LETTERS = 0.6;
const SOUND = 0.3;
/** what a name among the synonyms or other names loses */
const SYNONYM = 0.3;

/** "zk" may be "JJK" and much else */
const SHORTEST_SOUND = 3;

type Items = number | number[];

export class NameKeys {
  readonly #spellings = new Map<string, Items>();
  readonly #letters = new Map<string, Items>();
  readonly #sounds = new Map<string, Items>();
  readonly #synonymSounds = new Map<string, Items>();
  /** of each item: its names in the loose spelling, each after a bar */
  readonly #loose: string[] = [];

  /** Titles have to be added in the order of the catalogue, most listed first. */
  add(anime: Anime, item: number): void {
    const loose: string[] = [];
    for (const name of officialNames(anime)) {
      const plain = undecorated(name);
      for (const form of plain === name ? [name] : [name, plain]) {
        const sound = looseKey(form);
        put(this.#spellings, spelling(form), item);
        put(this.#letters, nameKey(form), item);
        put(this.#sounds, sound, item);
        loose.push(sound);
      }
    }
    const others = otherNames(anime.animeId);
    for (const name of others) put(this.#spellings, spelling(name), item);
    for (const name of new Set([...anime.synonyms, ...others])) {
      const sound = looseKey(name);
      put(this.#letters, nameKey(name), item);
      put(this.#synonymSounds, sound, item);
      loose.push(sound);
    }
    this.#loose[item] = loose.map((sound) => `|${sound}`).join('');
  }

  /** How near the names of an item are to a text in the loose spelling: 1.5 = one begins with it */
  nearness(item: number, key: string): number {
    const names = this.#loose[item];
    if (names.includes(`|${key}`)) return 1.5;
    return names.includes(key) ? 1.25 : 1;
  }

  /** Items with these letters in any case, width and punctuation, in the order of the catalogue. */
  withLetters(key: string): readonly number[] {
    return listOf(this.#letters.get(key));
  }

  /**
   * Items with this name and how exactly it is theirs.
   * @returns item → exactness
   */
  called(name: string): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    const take = (items: Items | undefined, exactness: number) => {
      for (const item of listOf(items))
        if ((found.get(item) ?? -1) < exactness) found.set(item, exactness);
    };
    take(this.#spellings.get(spelling(name)), SPELLING);
    take(this.#letters.get(nameKey(name)), LETTERS);
    const sound = looseKey(name);
    if (sound.length < SHORTEST_SOUND) return found;
    take(this.#sounds.get(sound), SOUND);
    take(this.#synonymSounds.get(sound), SOUND - SYNONYM);
    return found;
  }
}

function put(map: Map<string, Items>, key: string, item: number): void {
  if (key === '') return;
  const items = map.get(key);
  if (items === undefined) map.set(key, item);
  else if (typeof items === 'number') {
    if (items !== item) map.set(key, [items, item]);
  } else if (items.at(-1) !== item) items.push(item);
}

function listOf(items: Items | undefined): readonly number[] {
  if (items === undefined) return [];
  return typeof items === 'number' ? [items] : items;
}

function officialNames({ title, titleEnglish, titleJapanese }: Anime): string[] {
  return [title, titleEnglish, titleJapanese].filter((name) => name !== null);
}

/** MyAnimeList marks titles of one name with their type or year: "Jujutsu Kaisen (TV)", "Hunter x Hunter (2011)". */
function undecorated(name: string): string {
  return name.replace(/\s*\((?:TV|ONA|OVA|Movie|Special|\d{4})\)$/i, '') || name;
}

/** "K-On!" and "K-On!!" are different spellings, "HUNTER×HUNTER" and "Hunter x Hunter" are not. */
function spelling(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’`´]/g, "'")
    .replace(/×/g, 'x')
    .replace(/:(?=\S)/g, ': ')
    .replace(/\s+/g, ' ')
    .trim();
}
