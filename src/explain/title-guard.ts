/**
 * Checks a sentence by a language model against the facts: it may name the titles of the facts and no others, known or
 * invented, and nothing else may look like a title. In doubt it is refused, because the template can take its place.
 */

import { genreJa } from '../data/genres-ja.ts';
import { firstLetters } from '../first-letters.ts';
import type { Facts } from './facts.ts';
import { genreWord } from './genre-words.ts';
import { KnownNames, MAX_NAME_WORDS } from './known-names.ts';
import { namesOf } from './language.ts';
import { MAX_SENTENCE_LENGTH } from './sentences.ts';

/** Markup, addresses, code and roles of a conversation. */
const FOREIGN =
  /[<>{}[\]|\\`#*_~]|https?:|www\.|\w@\w|\b(?:system|assistant|user)\s*:|[^\P{Cc}\s]/iu;
const QUOTED =
  /「([^」]*)」|『([^』]*)』|“([^”]*)”|"([^"]*)"|«([^»]*)»|(?<![\p{L}\p{N}])['‘]([^'’]{2,})['’](?![\p{L}\p{N}])/gu;
const LONE_QUOTE = /[「」『』“”"«»]/u;
const WORD = /[\p{Script=Latin}\p{N}]+(?:['’.-][\p{Script=Latin}\p{N}]+)*/gu;
/** letters of neither language */
const OTHER_SCRIPT =
  /[^\p{Script=Latin}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Common}\p{Script=Inherited}]/u;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆・]/u;
const JAPANESE_RUN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆]+/gu;
const KATAKANA = /[\p{Script=Katakana}ー]{5,}/gu;
const STARTS_CAPITAL = /^\p{Lu}/u;

/** replaces each character of an allowed name */
const MASK = '█';

/** characters; shorter Japanese names are also ordinary words: 日常, 学校 */
const MIN_RUN_LENGTH = 5;

/** capitalized words that are not names */
const CAPITALIZED = new Set(
  'I I’m I’d I’ll I’ve TV OVA ONA MAL Japan Japanese English Tokyo Kyoto Earth January February March April May June July August September October November December Spring Summer Autumn Fall Winter'.split(
    ' ',
  ),
);
/** words that begin sentences, whether or not the synopses of a catalogue have them */
const FIRST_WORDS = new Set(
  'you your this that these those it its if since because both with like as and but so the a an much where though while given expect fans for from in on at what when who why here there they their one two three all each every most more much just another also even no not nothing together of by to between watch watching having think add adding beyond behind beneath set now then once after before without whether plus still instead together similarly again finally whatever perhaps maybe try give enjoy think picture imagine'.split(
    ' ',
  ),
);
const KATAKANA_WORDS = new Set(
  'アニメーション ファンタジー ミステリー ストーリー キャラクター シリーズ エピソード スリラー ユーモア コメディー ヒューマンドラマ ヒューマン アクション アドベンチャー ロマンス サスペンス スポーツ ジャンル オリジナル スタジオ オススメ ミステリアス ファンタジック ノスタルジック ドラマチック シリアス リズム テンポ ハラハラ ドキドキ ワクワク ライトノベル ビジュアルノベル ビジュアル クオリティ インパクト メッセージ バランス ポイント エンディング ラストシーン スペシャル ウェブアニメ ミュージックビデオ アニメのために'.split(
    ' ',
  ),
);

export class TitleGuard {
  readonly #known: KnownNames;
  /** names of the facts, in lower case */
  readonly #allowed: ReadonlySet<string>;
  /** match the names, studios and genres of the facts, longest first */
  readonly #patterns: readonly RegExp[];
  /** words of the synopses in the facts */
  readonly #words: ReadonlySet<string>;

  constructor(known: KnownNames, facts: Facts) {
    this.#known = known;
    const titles = [facts.anime, ...facts.causes.map(({ anime }) => anime)];
    const names = titles.flatMap(namesOf);
    const others = titles.flatMap((anime) => [
      ...anime.studios,
      ...anime.genres.flatMap(wordsOfGenre),
    ]);
    this.#allowed = new Set(names.map((name) => name.toLowerCase()));
    this.#patterns = [...new Set([...names, ...others])]
      .filter((name) => name.length > 1)
      .sort((a, b) => b.length - a.length)
      .map(patternOf);
    const text = titles.map(({ synopsis }) => synopsis ?? '').join(' ');
    this.#words = new Set([...(text.match(WORD) ?? []), ...(text.match(KATAKANA) ?? [])]);
  }

  /** @returns what is wrong with the sentence, for the log; null = nothing */
  fault(sentence: string): string | null {
    if (sentence.length > MAX_SENTENCE_LENGTH) return 'a sentence is too long';
    for (const match of sentence.matchAll(QUOTED)) {
      const inside = match.slice(1).find((group) => group !== undefined) ?? '';
      if (!this.#allowed.has(inside.trim().replace(/[.,]$/, '').toLowerCase()))
        return `“${firstLetters(inside, 60)}” in quotes`;
    }
    const masked = this.#masked(sentence);
    if (FOREIGN.test(masked)) return 'markup or an address';
    if (OTHER_SCRIPT.test(masked)) return 'letters of another script';
    if (LONE_QUOTE.test(masked.replace(QUOTED, ' '))) return 'an unbalanced quotation mark';
    const title = this.#otherTitle(sentence, masked) ?? this.#otherRun(sentence, masked);
    return title ?? this.#unknownCapital(masked) ?? this.#unknownKatakana(masked);
  }

  /** The sentence with the names of the facts masked, character by character. */
  #masked(sentence: string): string {
    let rest = sentence;
    for (const pattern of this.#patterns) rest = rest.replace(pattern, maskOf);
    return rest;
  }

  /** A title of the catalogue outside the names of the facts. Parts of those are allowed: Naruto in "Naruto: Shippuuden". */
  #otherTitle(sentence: string, masked: string): string | null {
    const words = [...sentence.matchAll(WORD)];
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 2; to <= Math.min(words.length, from + MAX_NAME_WORDS); to++) {
        const last = words[to - 1];
        const [start, end] = [words[from].index, last.index + last[0].length];
        if (isMasked(masked.slice(start, end))) continue;
        const phrase = sentence.slice(start, end);
        if (this.#known.called(phrase).length > 0 && !this.#isOrdinary(phrase))
          return `names ${phrase}`;
      }
    }
    return null;
  }

  #otherRun(sentence: string, masked: string): string | null {
    for (const { 0: run, index } of sentence.matchAll(JAPANESE_RUN)) {
      for (let from = 0; from + MIN_RUN_LENGTH <= run.length; from++) {
        const most = Math.min(run.length, from + KnownNames.maxRunLength);
        for (let to = from + MIN_RUN_LENGTH; to <= most; to++) {
          if (isMasked(masked.slice(index + from, index + to))) continue;
          const phrase = run.slice(from, to);
          if (this.#known.called(phrase).length > 0 && !KATAKANA_WORDS.has(phrase))
            return `names ${phrase}`;
        }
      }
    }
    return null;
  }

  /** Two ordinary words in lower case are not a name, even if an obscure title is called so. */
  #isOrdinary(phrase: string): boolean {
    if (this.#known.isWellKnown(phrase)) return false;
    const words = phrase.match(WORD) ?? [];
    return (
      words.length === 2 &&
      words.every((word) => word === word.toLowerCase() && this.#known.isOrdinary(word))
    );
  }

  /** A capitalized word that is neither in the facts nor ordinary. */
  #unknownCapital(masked: string): string | null {
    let begins = true;
    for (const [word] of masked.matchAll(
      /█|[.!?:;—–]\s|[\p{Script=Latin}\p{N}]+(?:['’.-][\p{Script=Latin}\p{N}]+)*/gu,
    )) {
      if (word === MASK) begins = false;
      else if (/^[.!?:;—–]/u.test(word)) begins = true;
      else {
        if (STARTS_CAPITAL.test(word) && !this.#isAllowedWord(word, begins)) return `names ${word}`;
        begins = false;
      }
    }
    return null;
  }

  #isAllowedWord(word: string, begins: boolean): boolean {
    const bare = word.replace(/['’]s$/u, '');
    if (CAPITALIZED.has(bare)) return true;
    if (begins && FIRST_WORDS.has(bare.toLowerCase().replace(/['’].*$/u, ''))) return true;
    const isTitle = this.#known.called(bare).length > 0;
    if (!isTitle && this.#words.has(bare)) return true;
    if (!begins || (isTitle && this.#known.isWellKnown(bare))) return false;
    return bare.split('-').every((piece) => this.#known.isOrdinary(piece));
  }

  #unknownKatakana(masked: string): string | null {
    for (const [word] of masked.matchAll(KATAKANA)) {
      if (!KATAKANA_WORDS.has(word) && !this.#words.has(word)) return `names ${word}`;
    }
    return null;
  }
}

/** Matches whole words in Latin script, and anywhere in Japanese. */
function patternOf(name: string): RegExp {
  const [before, after] = JAPANESE.test(name)
    ? ['', '']
    : ['(?<![\\p{Script=Latin}\\p{N}])', '(?![\\p{Script=Latin}\\p{N}])'];
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`${before}${literal}${after}`, 'giu');
}

/** A stop at the end of a name stays visible, because it may end the sentence too. */
function maskOf(name: string): string {
  const stop = /(?<=.)[.!?]$/.exec(name)?.[0] ?? '';
  return MASK.repeat(name.length - stop.length) + stop;
}

function isMasked(text: string): boolean {
  return /^█+[.!?]?$/.test(text);
}

function wordsOfGenre(genre: string): string[] {
  return [genre, genreWord(genre), genreJa(genre)];
}
