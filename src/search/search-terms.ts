/** A title or a query → the terms it is found by. */

/** Kana, kanji, and the marks that stand inside Japanese words. */
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆]+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * One spelling for what a person means to be the same: half and full width, case, accents, ヴ and う゛, hiragana and
 * katakana. Apostrophes vanish ("K-On's" → "k-ons").
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

/** What a title is indexed by: words, all words in one ("steinsgate"), and pairs of Japanese characters. */
export function titleTerms(title: string): string[] {
  const { words, runs } = split(title);
  const terms = [...words];
  if (words.length > 1) terms.push(words.join(''));
  for (const run of runs) {
    terms.push(...pairs(run), spell(run[run.length - 1]));
  }
  return terms;
}

/** What a query asks for, each once: words and pairs; a lone Japanese character asks for what begins with it. */
export function queryTerms(query: string): string[] {
  const { words, runs } = split(query);
  return [...new Set([...words, ...runs.flatMap(pairs)])];
}

/** A name without anything but its letters and digits: "K-On!", "k on" and "KON" are one. */
export function nameKey(name: string): string {
  return fold(name).replace(/[^\p{L}\p{N}ー]/gu, '');
}

/** The words of a title's Latin part, folded. */
export function wordsOf(title: string): string[] {
  return split(title).words;
}

function split(text: string): { words: string[]; runs: string[] } {
  const folded = fold(text);
  const runs = folded.match(JAPANESE) ?? [];
  const words = folded.replace(JAPANESE, ' ').match(WORD) ?? [];
  return { words, runs };
}

/** "鋼の錬金" → 鋼の, の錬, 錬金; a single character as it is. */
function pairs(run: string): string[] {
  if (run.length === 1) return [spell(run)];
  return Array.from({ length: run.length - 1 }, (_, at) => spell(run[at]) + spell(run[at + 1]));
}

/**
 * A Japanese character in five letters of a small alphabet: the index is a tree that looks at every child of a node,
 * and thousands of kanji below its root would make it a hundred times slower. "!" marks terms that take no typos.
 */
function spell(character: string): string {
  return `!${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Whether a term stands for Japanese characters. */
export function isJapanese(term: string): boolean {
  return term.startsWith('!');
}
