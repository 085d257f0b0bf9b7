/** Splits titles and queries into the terms of the search index. */

/** Kana, kanji, and the marks that occur inside Japanese words. */
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆]+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Removes differences that do not matter in a search: half and full width, case, accents, ヴ and う゛, hiragana and
 * katakana. Apostrophes are dropped ("K-On's" → "k-ons").
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’`´]/g, '')
    .normalize('NFC')
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

/** Terms of a title: its words, all words joined ("steinsgate"), and pairs of Japanese characters. */
export function titleTerms(title: string): string[] {
  const { words, runs } = split(title);
  const terms = [...words];
  if (words.length > 1) terms.push(words.join(''));
  for (const run of runs) {
    terms.push(...pairs(run), spell(run[run.length - 1]));
  }
  return terms;
}

/** Terms of a query, without duplicates: words and pairs; a single Japanese character is the prefix of a pair. */
export function queryTerms(query: string): string[] {
  const { words, runs } = split(query);
  return [...new Set([...words, ...runs.flatMap(pairs)])];
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
  const folded = fold(text);
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
