/**
 * Short forms made of beginnings: このすば from "Kono Subarashii …", TenSura from "Tensei … Slime (スライム)", まどマギ from
 * まどか★マギカ, 君嘘 from 四月は君の嘘. A title has words in kana (of its Japanese name, and of its romanised one, read as
 * kana) and in kanji; a short form joins beginnings of two or more of them, in any order.
 */
import { toKatakana } from 'wanakana';
import type { Anime } from '../data/anime.ts';
import { fold } from './fold.ts';

/** characters of a short form, e.g. 君嘘 and キタヤマトリオ */
const [SHORTEST, LONGEST] = [2, 10];
const RUNS = /[ァ-ヺー]+|[ぁ-ゖー]+|\p{Script=Han}+/gu;
const KANJI = /^\p{Script=Han}/u;

export class ShortForms {
  /** by item: words in katakana without long vowel marks, or in kanji */
  readonly #words: (readonly string[])[] = [];
  /** the first kanji or the first two kana of a word → items */
  readonly #items = new Map<string, number[]>();

  /** Titles have to be added in the order of the catalogue. */
  add({ title, titleJapanese, synonyms }: Anime): void {
    const item = this.#words.length;
    const words = new Set([
      ...wordsInKana(title),
      ...[titleJapanese, ...synonyms].flatMap((name) => (name === null ? [] : runsOf(name))),
    ]);
    this.#words.push([...words]);
    for (const start of new Set([...words].map(startOf))) {
      const items = this.#items.get(start);
      if (items) items.push(item);
      else this.#items.set(start, [item]);
    }
  }

  /** Items whose words the short form joins, in the order of the catalogue. */
  find(query: string): number[] {
    const form = formOf(query);
    if (form === null) return [];
    const candidates = this.#items.get(startOf(form)) ?? [];
    return candidates.filter((item) => joins(form, this.#words[item], 0));
  }
}

/** The query in katakana and kanji, or null when it cannot be a short form. */
function formOf(query: string): string | null {
  const plain = query.trim();
  if (/\s/.test(plain)) return null;
  const form = inKana(plain);
  return form !== null && form.length >= SHORTEST && form.length <= LONGEST ? form : null;
}

/** Whether the form consists of beginnings of different words, at least two. */
function joins(form: string, words: readonly string[], pieces: number): boolean {
  if (form === '') return pieces >= 2;
  return words.some((word, at) => {
    const most = sharedLength(form, word);
    const others = words.filter((_, other) => other !== at);
    for (let length = most; length > 0; length--) {
      if (!isPiece(form, length)) break;
      if (joins(form.slice(length), others, pieces + 1)) return true;
    }
    return false;
  });
}

/** One kanji is enough, and one kana at the end; elsewhere a piece has two kana. */
function isPiece(form: string, length: number): boolean {
  return length >= 2 || KANJI.test(form) || form.length === length;
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

function startOf(word: string): string {
  return word.slice(0, KANJI.test(word) ? 1 : 2);
}

/** Words that can be Japanese: each consonant has its vowel. */
const SYLLABLES = /^(?:[kstnhmyrwgzjdbpfc]{0,3}[aeiou]|n)+$/;

function wordsInKana(title: string): string[] {
  const words = (fold(title).match(/[a-z]+/g) ?? []).filter((word) => SYLLABLES.test(word));
  return words.map(inKana).filter((word) => word !== null && word.length > 1) as string[];
}

function runsOf(name: string): string[] {
  const runs = (name.normalize('NFKC').match(RUNS) ?? []).map((run) =>
    fold(run).replaceAll('ー', ''),
  );
  return runs.filter((run) => run.length > 1 || KANJI.test(run));
}

/** Null when letters are left that no Japanese word has. */
function inKana(text: string): string | null {
  const kana = toKatakana(fold(text)).replaceAll('ー', '');
  return /^[ァ-ヺ\p{Script=Han}]+$/u.test(kana) ? kana : null;
}
