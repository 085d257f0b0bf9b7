/**
 * Whether a sentence that a language model wrote keeps to the facts: it may name the titles of the facts and no other,
 * known or invented, and nothing else may look like a title. When in doubt it does not pass: the template is there.
 */
import type { Facts } from './facts.ts';
import { genreWord, genreWordJa } from './genre-words.ts';
import { KnownNames, MOST_WORDS } from './known-names.ts';
import { namesOf } from './language.ts';
import { MOST_LETTERS } from './sentences.ts';

/** Markup, addresses, code and the marks of a conversation have no place in an explanation. */
const FOREIGN = /[<>{}[\]|\\`#*_~]|https?:|www\.|\w@\w|\b(?:system|assistant|user)\s*:|\p{Cc}/iu;
const QUOTED =
  /「([^」]*)」|『([^』]*)』|“([^”]*)”|"([^"]*)"|«([^»]*)»|(?<![\p{L}\p{N}])['‘]([^'’]{2,})['’](?![\p{L}\p{N}])/gu;
const LONE_QUOTE = /[「」『』“”"«»]/u;
const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆・]/u;
const JAPANESE_RUN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆]+/gu;
const KATAKANA = /[\p{Script=Katakana}ー]{5,}/gu;
const STARTS_CAPITAL = /^\p{Lu}/u;

/** Japanese names shorter than this are also ordinary words: 日常, 学校. */
const SHORTEST_RUN = 5;

/** Capitals that are no names. */
const CAPITALS = new Set(
  'I I’m I’d I’ll I’ve TV OVA ONA MAL Japan Japanese English Tokyo Kyoto Earth January February March April May June July August September October November December Spring Summer Autumn Fall Winter'.split(
    ' ',
  ),
);
/** How sentences begin, whatever the synopses of a catalogue say. */
const BEGINNINGS = new Set(
  'you your this that these those it its if since because both with like as and but so the a an much where though while given expect fans for from in on at what when who why here there they their one two three all each every most more much just another also even no not nothing together of by to between watch watching having think add adding beyond behind beneath set now then once after before without whether plus still instead together similarly again finally whatever perhaps maybe try give enjoy think picture imagine'.split(
    ' ',
  ),
);
const KATAKANA_WORDS = new Set(
  'アニメーション ファンタジー ミステリー ストーリー キャラクター シリーズ エピソード スリラー ユーモア コメディー ヒューマンドラマ ヒューマン アクション アドベンチャー ロマンス サスペンス スポーツ ジャンル オリジナル スタジオ オススメ ミステリアス ファンタジック ノスタルジック ドラマチック シリアス リズム テンポ ハラハラ ドキドキ ワクワク ライトノベル ビジュアルノベル ビジュアル クオリティ インパクト メッセージ バランス ポイント エンディング ラストシーン'.split(
    ' ',
  ),
);

export class Naming {
  readonly #known: KnownNames;
  /** the items whose names may be said */
  readonly #allowed: ReadonlySet<string>;
  /** names and words of the facts, longest first */
  readonly #names: readonly string[];
  /** words with a capital, and katakana words, that the facts have */
  readonly #words: ReadonlySet<string>;

  constructor(known: KnownNames, facts: Facts) {
    this.#known = known;
    const titles = [facts.anime, ...facts.causes.map(({ anime }) => anime)];
    const names = titles.flatMap(namesOf);
    const others = titles.flatMap((anime) => [...anime.studios, ...anime.genres.flatMap(wordsOfGenre)]);
    this.#allowed = new Set(names.map((name) => name.toLowerCase()));
    this.#names = [...new Set([...names, ...others])].sort((a, b) => b.length - a.length);
    const text = titles.map(({ synopsis }) => synopsis ?? '').join(' ');
    this.#words = new Set([...(text.match(WORD) ?? []), ...(text.match(KATAKANA) ?? [])]);
  }

  /** @returns what is wrong with the sentence, for a log; null = it may be said */
  fault(sentence: string): string | null {
    if (sentence.length > MOST_LETTERS) return 'a sentence without end';
    if (FOREIGN.test(this.#withoutNames(sentence))) return 'markup or an address';
    for (const match of sentence.matchAll(QUOTED)) {
      const inside = match.slice(1).find((group) => group !== undefined) ?? '';
      if (!this.#allowed.has(inside.trim().replace(/[.,]$/, '').toLowerCase()))
        return `“${inside.slice(0, 60)}” in quotes`;
    }
    const rest = this.#withoutNames(sentence.replace(QUOTED, ' ‖ '));
    if (LONE_QUOTE.test(rest)) return 'a quote that does not end';
    return this.#otherTitle(rest) ?? this.#strangeCapital(rest) ?? this.#strangeKatakana(rest);
  }

  /** The names of the facts taken out; ‖ stands where they were. */
  #withoutNames(sentence: string): string {
    let rest = sentence;
    for (const name of this.#names) {
      if (name.length < 2) continue;
      const edge = JAPANESE.test(name) ? ['', ''] : ['(?<![\\p{L}\\p{N}])', '(?:[’\']s)?(?![\\p{L}\\p{N}])'];
      const wildcard = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
      rest = rest.replace(new RegExp(`${edge[0]}${wildcard}${edge[1]}`, 'giu'), ' ‖ ');
    }
    return rest;
  }

  /** A title of the catalogue that the facts do not have. */
  #otherTitle(rest: string): string | null {
    for (const part of rest.split('‖')) {
      const words = [...part.matchAll(WORD)];
      for (let from = 0; from < words.length; from++) {
        for (let to = from + 2; to <= Math.min(words.length, from + MOST_WORDS); to++) {
          const last = words[to - 1];
          const phrase = part.slice(words[from].index, last.index + last[0].length);
          if (this.#known.called(phrase).length > 0 && !this.#isPlain(phrase)) return `names ${phrase}`;
        }
      }
      const run = this.#otherRun(part);
      if (run !== null) return `names ${run}`;
    }
    return null;
  }

  /** Two ordinary words in lower case are words, even where an obscure short is called so. */
  #isPlain(phrase: string): boolean {
    const words = phrase.match(WORD) ?? [];
    return words.length === 2 && words.every((word) => word === word.toLowerCase() && this.#known.isOrdinary(word));
  }

  #otherRun(part: string): string | null {
    for (const [run] of part.matchAll(JAPANESE_RUN)) {
      for (let from = 0; from + SHORTEST_RUN <= run.length; from++) {
        const most = Math.min(run.length, from + KnownNames.longestRun);
        for (let to = from + SHORTEST_RUN; to <= most; to++) {
          const phrase = run.slice(from, to);
          if (this.#known.called(phrase).length > 0) return phrase;
        }
      }
    }
    return null;
  }

  /** A word with a capital that is neither in the facts nor ordinary. */
  #strangeCapital(rest: string): string | null {
    let begins = true;
    for (const match of rest.matchAll(/‖|[.!?:;—–]\s|[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)) {
      const [word] = match;
      if (word === '‖') begins = false;
      else if (/^[.!?:;—–]/u.test(word)) begins = true;
      else {
        if (STARTS_CAPITAL.test(word) && !this.#mayStand(word, begins)) return `names ${word}`;
        begins = false;
      }
    }
    return null;
  }

  #mayStand(word: string, begins: boolean): boolean {
    const bare = word.replace(/['’]s$/u, '');
    if (CAPITALS.has(bare)) return true;
    if (begins && BEGINNINGS.has(bare.toLowerCase().replace(/['’].*$/u, ''))) return true;
    if (this.#known.called(bare).length > 0) return false;
    if (this.#words.has(bare)) return true;
    return begins && bare.split('-').every((piece) => this.#known.isOrdinary(piece));
  }

  #strangeKatakana(rest: string): string | null {
    for (const [word] of rest.matchAll(KATAKANA)) {
      if (!KATAKANA_WORDS.has(word) && !this.#words.has(word)) return `names ${word}`;
    }
    return null;
  }
}

function wordsOfGenre(genre: string): string[] {
  return [genre, genreWord(genre), genreWordJa(genre)];
}
