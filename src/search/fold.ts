/** Removes differences of writing that do not matter in a search. */
import { modernKanji } from './kanji.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\x00-\x7f]*$/;
/** A mark of voicing that stands by itself: か゛, ﾊﾟ in half width. */
const VOICING = /([\u3041-\u30ff])([\u309b\u309c\uff9e\uff9f])/g;

/**
 * Removes differences that do not matter in a search: half and full width, case, accents, ヴ and う゛, hiragana and
 * katakana, old, new and simplified kanji. Apostrophes are dropped ("K-On's" → "k-ons").
 */
export function fold(text: string): string {
  // most names are plain Latin, and need nothing else
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, '');
  return text
    .replace(VOICING, (_, kana, mark) => kana + (/[\u309b\uff9e]/.test(mark) ? '\u3099' : '\u309a'))
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’`´]/g, '')
    .normalize('NFC')
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/\p{Script=Han}/gu, modernKanji);
}
