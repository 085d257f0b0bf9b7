/**
 * Spells names in one way, whatever way they were romanised: Ōkami, Ookami and Okami; Mushishi and Musisi; Kamuy and
 * Kamui; アオハライド and Aoharaido; "Season 2", "2nd Season", "II" and 第2期. The spelling is no romanisation itself: both
 * sides of a comparison go through it.
 */
import { toRomaji } from 'wanakana';
import { fold } from './fold.ts';

/** in order: each rule sees what the ones before it left */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/([aeiou])h(?![aeiouy])/g, '$1'],
  [/ou|oo/g, 'o'],
  [/tch|ch|ts|ty(?=[auo])/g, 't'],
  [/sh|sy/g, 's'],
  [/dj|dz|jy|zy|j/g, 'z'],
  [/ph|f/g, 'h'],
  [/ck|c|q/g, 'k'],
  [/l/g, 'r'],
  [/v/g, 'b'],
  [/wo/g, 'o'],
  [/y/g, 'i'],
  [/([^\d])\1/g, '$1'],
  [/m(?=[bp])/g, 'n'],
];

/** Without any of these a word is spelt loosely already. */
const UNSPELT = /h|ou|oo|ts|[tsdjz]y|[jfclvyq]|wo|(.)\1|m[bp]/;

/** Words of titles repeat: most are spelt only once. Emptied when words of queries have filled it. */
const SPELT = new Map<string, string>();
const MAX_SPELT = 50_000;

/** A word of Latin letters and digits in its loose spelling; digits stay. */
export function looseWord(word: string): string {
  const known = SPELT.get(word);
  if (known !== undefined) return known;
  const loose = /^[\dx]+$/.test(word) ? word : spelt(word);
  if (SPELT.size >= MAX_SPELT) SPELT.clear();
  SPELT.set(word, loose);
  return loose;
}

function spelt(letters: string): string {
  if (!UNSPELT.test(letters)) return letters;
  let loose = letters;
  for (const [sound, letter] of SOUNDS) loose = loose.replace(sound, letter);
  return loose;
}

const DROPPED = new Set(['the', 'and', 'und']);
/** 第2期, 2ndシーズン, 弐期 */
const JAPANESE_SEASON =
  /第?\s*(\d+|[一二三四五六七八九十壱弐参])(?:st|nd|rd|th)?\s*(?:期|シリーズ|シーズン|クール)/g;

/** All of a name without spaces, loosely spelt, with numbers as digits; kanji stay. */
export function looseKey(name: string): string {
  const text = fold(signsInWords(name))
    .replace(JAPANESE_SEASON, (_, number) => ` ${numberOf(number)} `)
    .replace(/[的之]/g, 'ノ')
    .replace(/[ァ-ヺー]+/g, (kana) => ` ${toRomaji(kana)} `);
  const words = text.match(/[a-z]+|\d+|[^\P{L}a-z]+/gu) ?? [];
  return (
    withDigits(words)
      .filter((word) => !DROPPED.has(word))
      .map((word) => (/^[a-z]/.test(word) ? looseWord(word) : word))
      .join('')
      // where two words meet: "no uso" sounds as "nouso" does
      .replace(/[a-z]{2,}/g, spelt)
  );
}

/** Signs that are read as letters. */
export function signsInWords(name: string): string {
  return name
    .replace(/@/g, 'a')
    .replace(/[×✕✖]/g, 'x')
    .replace(/[Ψψ]/g, 'psi')
    .replace(/[&＆+＋]/g, ' and ');
}

const UNITS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
export const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(
  ' ',
);
const ROMAN = 'i ii iii iv v vi vii viii ix x'.split(' ');
const JAPANESE = '一二三四五六七八九十';
const FORMAL = '壱弐参';

/** The number that a word stands for, or null. "i", "v" and "x" are letters. */
export function numberOf(word: string): number | null {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word);
  if (ordinal) return Number(ordinal[1]);
  if (UNITS.includes(word)) return UNITS.indexOf(word);
  if (TENS.includes(word)) return (TENS.indexOf(word) + 2) * 10;
  if (ORDINALS.includes(word)) return ORDINALS.indexOf(word) + 1;
  if (word.length > 1 && ROMAN.includes(word)) return ROMAN.indexOf(word) + 1;
  if (word.length !== 1) return null;
  if (JAPANESE.includes(word)) return JAPANESE.indexOf(word) + 1;
  return FORMAL.includes(word) ? FORMAL.indexOf(word) + 1 : null;
}

const SEASON_WORDS = new Set(['season', 'series', 'sezon']);

/**
 * Numbers as digits. The word that says what they count is left out: "season 2", "2nd season", "s2" and "ii" all become
 * "2".
 */
function withDigits(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const [word, next] = [words[at], words[at + 1]];
    const unit = UNITS.indexOf(next);
    if (word === 's' && isDigits(next)) continue;
    if (isDigits(words[at - 1]) && /^(?:st|nd|rd|th)$/.test(word)) continue;
    if (TENS.includes(word) && unit > 0 && unit < 10) {
      result.push(String((TENS.indexOf(word) + 2) * 10 + unit));
      at++;
    } else if (word.length === 1 && !isDigits(word)) result.push(word);
    else result.push(String(numberOf(word) ?? word));
  }
  return result.filter(
    (word, at) =>
      !SEASON_WORDS.has(word) || !(isDigits(result[at - 1]) || isDigits(result[at + 1])),
  );
}

function isDigits(word: string | undefined): boolean {
  return word !== undefined && /^\d+$/.test(word);
}
