/** Looks words up: phrases of several words before their parts, so that "found family" is not "family". */
import { GENRES_JA } from '../data/genres-ja.ts';
import { THEMES } from '../data/themes/theme-names.ts';
import type { Message, Span } from './message.ts';
import {
  GENRE_WORDS,
  type Meaning,
  MOODS,
  NO_GENRE_WORD,
  NO_THEME_WORD,
  SAME,
} from './words/vocabulary.ts';

export interface Said extends Span {
  readonly meaning: Meaning;
}

const WORD = /[\p{Script=Latin}\p{N}]+(?:'[\p{Script=Latin}]+)?/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々]/u;
const HAN = /\p{Script=Han}/u;
const KATAKANA = /[\p{Script=Katakana}ー]/u;
/** may follow a word in katakana without a space */
const COMPOUND = /^(?:アニメ|モノ|ドラマ|コメディ|バトル|アクション|ファンタジー|ミステリー)/u;
/** part of the word, and nothing by itself: ホラー系, 学園もの */
const SUFFIX_JA = /^(?:もの|モノ|系|作品)/u;
/** words of the longest phrase, and letters of the longest Japanese word */
const MAX_WORDS = 6;
const MAX_LETTERS = 12;
/** whose it is: "my sister" is no story about siblings */
const POSSESSIVE = /\b(?:my|our|his|her|their|your)(?: (?:own|little|big|older|younger|old))?\s+$/i;

export class Lexicon {
  readonly #english = new Map<string, Meaning>();
  readonly #japanese = new Map<string, Meaning>();

  /** @param genres of the data */
  constructor(genres: readonly string[]) {
    for (const { id, en, ja, words } of THEMES)
      this.#addAll(
        [id.replaceAll('-', ' '), en, ja, ...words.en, ...words.ja],
        { themes: [id] },
        NO_THEME_WORD,
      );
    for (const [words, meaning] of MOODS) {
      const known = (names: readonly string[] | undefined) =>
        names?.filter((name) => genres.includes(name));
      const { themes } = meaning;
      this.#addAll(words.split(', '), {
        themes,
        genres: known(meaning.genres),
        genresOut: known(meaning.genresOut),
        instead: known(meaning.instead),
      });
    }
    for (const genre of genres.filter((name) => name !== 'Hentai')) {
      const words = [
        genre,
        ...(GENRES_JA[genre] ? [GENRES_JA[genre]] : []),
        ...(GENRE_WORDS[genre]?.split(', ') ?? []),
      ];
      this.#addAll(words, { genres: [genre] }, NO_GENRE_WORD);
    }
    // Said with two genres, or with a mood: the longer meaning.
    for (const [words, meaning] of MOODS)
      if ((meaning.genres?.length ?? 0) > 1) this.#addAll(words.split(', '), meaning);
  }

  /** Whether this is a word or phrase with a meaning. */
  has(phrase: string): boolean {
    return this.#english.has(keyOf(phrase)) || this.#japanese.has(phrase.replace(SUFFIX_JA, ''));
  }

  /** Everything with a meaning in what is open, the longest first at each place; takes nothing. */
  find(message: Message): Said[] {
    return [...this.#findEnglish(message), ...this.#findJapanese(message)].sort(
      (a, b) => a.from - b.from,
    );
  }

  #addAll(
    phrases: readonly string[],
    meaning: Meaning,
    except: ReadonlySet<string> = new Set(),
  ): void {
    for (const phrase of phrases) {
      if (except.has(phrase.toLowerCase()) || phrase === '') continue;
      if (JAPANESE.test(phrase)) this.#japanese.set(phrase, meaning);
      else this.#english.set(keyOf(phrase), meaning);
    }
  }

  #findEnglish(message: Message): Said[] {
    const words = [...message.open.matchAll(WORD)];
    const found: Said[] = [];
    for (let at = 0; at < words.length; ) {
      const said = this.#englishAt(message, words, at);
      if (said === null) at++;
      else {
        found.push(said);
        while (at < words.length && words[at].index < said.to) at++;
      }
    }
    return found;
  }

  #englishAt({ open }: Message, words: readonly RegExpExecArray[], at: number): Said | null {
    const from = words[at].index;
    for (let size = Math.min(MAX_WORDS, words.length - at); size >= 1; size--) {
      const last = words[at + size - 1];
      const to = last.index + last[0].length;
      const phrase = open.slice(from, to);
      if (/[^\p{Script=Latin}\p{N}\s'/-]/u.test(phrase)) continue;
      const key = keyOf(phrase);
      const meaning = this.#english.get(key) ?? this.#english.get(key.replace(/s$/, ''));
      if (meaning !== undefined && !(meaning.themes && POSSESSIVE.test(open.slice(0, from))))
        return { from, to, meaning };
    }
    return null;
  }

  #findJapanese(message: Message): Said[] {
    const { open } = message;
    const found: Said[] = [];
    for (let at = 0; at < open.length; at++) {
      if (!JAPANESE.test(open[at])) continue;
      const said = this.#japaneseAt(open, at, found.at(-1)?.to === at);
      if (said === null) continue;
      found.push(said);
      at = said.to - 1;
    }
    return found;
  }

  /** @param isJoined the word before it ends here: ダーク|ファンタジー */
  #japaneseAt(open: string, from: number, isJoined: boolean): Said | null {
    for (let size = Math.min(MAX_LETTERS, open.length - from); size >= 1; size--) {
      const word = open.slice(from, from + size);
      const meaning = this.#japanese.get(word);
      if (meaning === undefined) continue;
      const before = open[from - 1] ?? '';
      const after = open.slice(from + size);
      if (!isJoined && KATAKANA.test(word[0]) && KATAKANA.test(before)) continue;
      if (KATAKANA.test(word[size - 1]) && KATAKANA.test(after[0] ?? '') && !COMPOUND.test(after))
        continue;
      if (size === 1 && (HAN.test(before) || HAN.test(after[0] ?? ''))) continue;
      const suffix = SUFFIX_JA.exec(after)?.[0].length ?? 0;
      return { from, to: from + size + suffix, meaning };
    }
    return null;
  }
}

/** The same for "Sci-Fi", "sci fi" and "SCI FI". */
function keyOf(phrase: string): string {
  return phrase
    .toLowerCase()
    .replace(/[-/\s]+/g, ' ')
    .trim();
}

/** What is left out where a word is unwanted: also what says the same. */
export function unwantedOf({ genres = [], themes = [], instead }: Meaning): {
  genres: string[];
  themes: string[];
} {
  const out = { genres: [...(instead ?? genres)], themes: [...themes] };
  for (const [genre, theme] of SAME) {
    if (genres.includes(genre)) out.themes.push(theme);
    if (themes.includes(theme)) out.genres.push(genre);
  }
  return out;
}

const lexicons = new WeakMap<readonly string[], Lexicon>();

/** Made once for each list of genres, at first use. */
export function lexiconFor(genres: readonly string[]): Lexicon {
  const lexicon = lexicons.get(genres) ?? new Lexicon(genres);
  lexicons.set(genres, lexicon);
  return lexicon;
}
