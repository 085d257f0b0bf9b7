/** Splits titles and queries into the terms of the search index. */
import { fold } from './fold.ts';
import { looseKey, looseWord, signsInWords } from './loose-key.ts';

/** Kana, kanji, and the marks that occur inside Japanese words. */
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆]+/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const KANJI = /\p{Script=Han}/u;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Terms of a title: its words and all of them joined ("steinsgate"), loosely spelt, pairs of Japanese characters, and the
 * reading of a name in kana.
 */
export function titleTerms(title: string): string[] {
  const { words, runs } = split(title);
  const terms = words.map(looseWord);
  if (words.length > 1) terms.push(looseWord(terms.join('')));
  for (const run of runs) {
    terms.push(...pairs(run), spell(run[run.length - 1]));
  }
  terms.push(...readingsOf(title), ...katakanaWords(title));
  return terms;
}

/** Terms of a query, without duplicates: words and pairs; a single Japanese character is the prefix of a pair. */
export function queryTerms(query: string): string[] {
  const { words, runs } = split(query);
  return [...new Set([...words.map(looseWord), ...runs.flatMap(pairs)])];
}

/**
 * A text in kana, without kanji, in its loose spelling; the particles は and へ may be read as wa and e. Empty for other
 * texts.
 */
export function readingsOf(text: string): string[] {
  if (!KANA.test(text) || KANJI.test(text)) return [];
  const asParticles = text.replaceAll('は', 'わ').replaceAll('へ', 'え');
  return [...new Set([looseKey(text), looseKey(asParticles)])];
}

/** The readings of words in katakana inside a name with kanji: ユーフォニアム of 響け！ユーフォニアム. */
function katakanaWords(name: string): string[] {
  if (!KANJI.test(name)) return [];
  return (name.normalize('NFKC').match(/[ァ-ヺー]{3,}/g) ?? []).map(looseKey);
}

/** Only the letters and digits of a name, folded: the same for "K-On!", "k on" and "KON". */
export function nameKey(name: string): string {
  return fold(name).replace(/[^\p{L}\p{N}ー]/gu, '');
}

/** The words of a title, folded, without its Japanese parts. */
export function wordsOf(title: string): string[] {
  return split(title).words;
}

function split(text: string): { words: string[]; runs: string[] } {
  const folded = fold(signsInWords(text)).replace(/\b(?:and|und|the)\b/g, ' ');
  const runs = folded.match(JAPANESE) ?? [];
  const words = folded.replace(JAPANESE, ' ').match(WORD) ?? [];
  return { words, runs };
}

/** "鋼の錬金" → 鋼の, の錬, 錬金; a single character stays alone. */
function pairs(run: string): string[] {
  if (run.length === 1) return [spell(run)];
  return Array.from({ length: run.length - 1 }, (_, at) => spell(run[at]) + spell(run[at + 1]));
}

/**
 * A Japanese character as "!" and its code in hexadecimal. The "!" marks terms that must match exactly, and the fixed
 * width makes the first character of a pair a prefix of it.
 */
function spell(character: string): string {
  return `!${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Whether a term encodes Japanese characters. */
export function isJapanese(term: string): boolean {
  return term.startsWith('!');
}
