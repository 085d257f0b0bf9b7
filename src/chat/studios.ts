/** Finds the studios that a wish names: "by Kyoto Animation", "KyoAni", 京アニ, "not from MAPPA". */
import type { Catalogue } from '../data/anime.ts';
import type { Message, Span } from './message.ts';
import { plainKey } from './plain-key.ts';

export interface SaidStudio extends Span {
  /** as in the data */
  readonly studio: string;
  /** "like Ghibli": titles like theirs, not only theirs */
  readonly isLike: boolean;
}

const ALIASES: Readonly<Record<string, string>> = {
  ...{
    kyoani: 'Kyoto Animation',
    京アニ: 'Kyoto Animation',
    京都アニメーション: 'Kyoto Animation',
  },
  ...{ ghibli: 'Studio Ghibli', ジブリ: 'Studio Ghibli', スタジオジブリ: 'Studio Ghibli' },
  ...{ マッドハウス: 'Madhouse', ボンズ: 'Bones', ユーフォーテーブル: 'ufotable', マッパ: 'MAPPA' },
  ...{
    シャフト: 'Shaft',
    トリガー: 'Trigger',
    サンライズ: 'Sunrise',
    toei: 'Toei Animation',
    東映アニメーション: 'Toei Animation',
  },
  ...{
    東映: 'Toei Animation',
    'a-1': 'A-1 Pictures',
    'a1 pictures': 'A-1 Pictures',
    ガイナックス: 'Gainax',
  },
  ...{
    'wit studios': 'Wit Studio',
    ウィットスタジオ: 'Wit Studio',
    'production ig': 'Production I.G',
    'プロダクションI.G': 'Production I.G',
  },
  ...{
    'pa works': 'P.A. Works',
    ピーエーワークス: 'P.A. Works',
    クローバーワークス: 'CloverWorks',
    'comix wave': 'CoMix Wave Films',
  },
  ...{
    動画工房: 'Doga Kobo',
    pierrot: 'Studio Pierrot',
    ぴえろ: 'Studio Pierrot',
    deen: 'Studio Deen',
    'studio 4c': 'Studio 4°C',
  },
  ...{
    日本アニメーション: 'Nippon Animation',
    スタジオ地図: 'Studio Chizu',
    'jc staff': 'J.C.Staff',
    'david pro': 'David Production',
  },
};
const WORD = /[\p{Script=Latin}\p{N}°]+(?:[.'-][\p{Script=Latin}\p{N}°]+)*\.?/gu;
const JAPANESE_RUN = /[\p{Script=Katakana}\p{Script=Han}ーぁ-ん]+(?:I\.G)?/gu;
/** words of the longest name that is looked for */
const MAX_WORDS = 4;
const MAX_LETTERS = 14;
const BY =
  /\b(?:by|from|studios?|made by|produced by|animated by|work of|works of)\s+(?:the\s+)?(?:studio\s+)?$/i;
const IS_STUDIO =
  /^(?:\s+(?:studios?|anime|films?|movies?|shows?|style|productions?)\b|制作|作品)/i;
const LIKE =
  /\b(?:like|similar to|in the style of|reminds? me of)\s+(?:(?:a|the|studio|something by|films by|movies by)\s+)*$/i;
const LIKE_AFTER =
  /^(?:[- ]?(?:like|esque|style|ish|vibes?)\b|(?:作品)?(?:みたい|っぽ|のよう|風))/i;

export class Studios {
  readonly #byKey = new Map<string, string>();

  constructor(catalogue: Catalogue) {
    const names = new Set(catalogue.flatMap(({ studios }) => studios));
    for (const name of names) {
      this.#byKey.set(plainKey(name), name);
      const short = name.replace(/^Studio /, '');
      if (short !== name) this.#byKey.set(plainKey(`${short} studio`), name);
    }
    for (const [alias, name] of Object.entries(ALIASES))
      if (names.has(name)) this.#byKey.set(plainKey(alias), name);
  }

  has(name: string): boolean {
    return this.#byKey.has(plainKey(name));
  }

  /** @param isOrdinary whether a word also says something else: "bones", "trigger" */
  find(message: Message, isOrdinary: (word: string) => boolean): SaidStudio[] {
    return [...this.#findEnglish(message, isOrdinary), ...this.#findJapanese(message)];
  }

  #findEnglish({ open }: Message, isOrdinary: (word: string) => boolean): SaidStudio[] {
    const words = [...open.matchAll(WORD)];
    const found: SaidStudio[] = [];
    for (let at = 0; at < words.length; ) {
      const said = this.#at(open, words.slice(at, at + MAX_WORDS), isOrdinary);
      if (said === null) at++;
      else {
        found.push(said);
        while (at < words.length && words[at].index < said.to) at++;
      }
    }
    return found;
  }

  #at(
    open: string,
    words: readonly RegExpExecArray[],
    isOrdinary: (word: string) => boolean,
  ): SaidStudio | null {
    const from = words[0].index;
    for (let size = words.length; size >= 1; size--) {
      const to = words[size - 1].index + words[size - 1][0].length;
      const name = open.slice(from, to);
      const studio = /[‖,;]/.test(name) ? undefined : this.#byKey.get(plainKey(name));
      if (studio === undefined) continue;
      const before = open.slice(0, from);
      const after = open.slice(to);
      const isClear = BY.test(before) || IS_STUDIO.test(after) || LIKE_AFTER.test(after);
      const isPlain = size === 1 && (isOrdinary(name) || plainKey(name).length < 4);
      // "Bones" in the middle of a sentence is written as a name; "bones" is not.
      const isNamed = /^\p{Lu}/u.test(name) && from > 0;
      if (isPlain && !isClear && !(isNamed && studio.includes(name))) continue;
      return { from, to, studio, isLike: LIKE.test(before) || LIKE_AFTER.test(after) };
    }
    return null;
  }

  #findJapanese({ open }: Message): SaidStudio[] {
    const found: SaidStudio[] = [];
    for (const run of open.matchAll(JAPANESE_RUN)) {
      for (let at = 0; at < run[0].length; at++)
        for (let size = Math.min(MAX_LETTERS, run[0].length - at); size >= 2; size--) {
          const studio = this.#byKey.get(plainKey(run[0].slice(at, at + size)));
          const from = run.index + at;
          if (studio === undefined || found.some((other) => other.to > from)) continue;
          const isLike = LIKE_AFTER.test(open.slice(from + size));
          found.push({ from, to: from + size, studio, isLike });
        }
    }
    return found;
  }
}

const studios = new WeakMap<Catalogue, Studios>();

/** Made once for each catalogue, at first use. */
export function studiosOf(catalogue: Catalogue): Studios {
  const made = studios.get(catalogue) ?? new Studios(catalogue);
  studios.set(catalogue, made);
  return made;
}
