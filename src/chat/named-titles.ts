/** Finds the titles that a wish names: in quotes, after "like", before みたいな, or by their exact names. */
import type { Anime } from '../data/anime.ts';
import { nameKey } from '../search/search-terms.ts';
import type { Message, Span } from './message.ts';
import { plainKey } from './plain-key.ts';
import { isUnwanted } from './polarity.ts';
import type { TitleMatch } from './title-match.ts';
import { DIRECTORS, type Director } from './words/directors.ts';
import { OTHER_WORKS, type OtherWork } from './words/other-works.ts';

interface Named<T> extends Span {
  readonly meant: T;
}

export interface NamedTitles {
  /** in the order of the wish */
  readonly wanted: readonly Anime[];
  readonly unwanted: readonly Anime[];
  /** named, and no anime */
  readonly works: readonly { readonly name: string; readonly work: OtherWork }[];
  readonly directors: readonly Director[];
  /** parts in the place of a title that name none that is known; nothing of them has been taken */
  readonly unknown: readonly Span[];
}

/** Words that the rest of the parser reads: a title of that name needs more than to be there. */
export type IsVocabulary = (phrase: string) => boolean;

export const MAX_NAME_WORDS = 12;
/** characters of the longest Japanese name that is looked for */
const MAX_RUN = 24;
/** titles that are read of one wish; a list starts from five */
const MAX_TITLES = 12;
/** shorter forms of a misspelt name that are tried */
const MAX_TRIES = 4;

const QUOTED = /[「『“"«]([^「」『』“”"«»]{1,100})[」』”"»]/gu;
const LIKE =
  /(?<![\p{L}\p{N}])(?:(?<!(?:would|'d|i'd|feel|feels|feeling|look|looks|seem|seems) (?:really |also |rather )?)(?:like|likes|love|loves|loved)(?! to\b)|alike|liked|similar to|such as|reminds? me of|reminiscent of|as good as|better than|in the (?:style|vein|spirit) of|fans? of|enjoyed?|enjoys|adored?|(?:just |already |have |i've )?(?:finished|completed|watched|rewatched|seen)(?: watching)?|favou?rites?(?: (?:anime|shows?|ones?))?(?: is| are|:)?|hated?|hates|dropped|newer than|older than|shorter than|longer than)(?: (?:the (?:anime|show|movie|film|series)|anime|shows|stuff|things|both|either|watching|films|movies))?:? /giu;
const WORD = /[\p{L}\p{N}]+(?:['.;:!/☆★+-]+[\p{L}\p{N}]+)*/gu;
const SEPARATOR = /^(?:,? ?(?:\band\b|\bor\b|&|\/|\+|と|や) ?|, ?)/iu;
const ARTICLE = /^(?:(?:the|an?|anime|show|movie|film|series|from|by|director) )+/i;
/** ends a name that is not known exactly */
const BOUNDARY =
  /^(?:but|only|except|without|minus|with|no|not|that|which|where|from|in|for|please|and|or|more|less|yet|though|just|vibes?|anime|shows?|movies?|films?|series|because|so|is|are|was|were|who|when|if|i|what|style)$/i;
const CAPITALS =
  /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'-]{2,}(?: (?:(?:of|the|no|in|to|wa|ga|wo) )?\p{Lu}[\p{L}\p{N}'-]+)*(?![\p{L}\p{N}])/gu;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々〆・]/u;
const KATAKANA = /[\p{Script=Katakana}ー]/u;
const LIKE_JA =
  /^(?:[!。.])?(?:みたい|のよう|っぽ|に似|が(?:大)?好き|を(?:見|観)|くらい|級|風|系統|以外|は(?:苦手|嫌))/u;
const UNKNOWN_JA =
  /([\p{Script=Katakana}\p{Script=Han}\p{Script=Latin}\p{N}ー・々]{2,30})(?=みたいな|みたいに|みたいで|みたいだけど|のような|のようで|っぽい|に似た|に似ている)/gu;

/** The "no" of romaji is inside of names. */
const endsName = (word: string): boolean => word !== 'no' && BOUNDARY.test(word);

const worksByKey = new Map(
  OTHER_WORKS.flatMap((work) => work.names.map((name) => [plainKey(name), work])),
);
const directorsByKey = new Map(
  DIRECTORS.flatMap((director) => director.names.map((name) => [plainKey(name), director])),
);
const isDirectorsName = (name: string) => directorsByKey.has(plainKey(name));

export function readTitles(
  message: Message,
  match: TitleMatch,
  isVocabulary: IsVocabulary,
): NamedTitles {
  return new TitleReader(message, match, isVocabulary).read();
}

class TitleReader {
  readonly #message: Message;
  readonly #match: TitleMatch;
  readonly #isVocabulary: IsVocabulary;
  readonly #titles: Named<Anime>[] = [];
  readonly #works: Named<OtherWork>[] = [];
  readonly #directors: Named<Director>[] = [];
  readonly #unknown: Span[] = [];

  constructor(message: Message, match: TitleMatch, isVocabulary: IsVocabulary) {
    this.#message = message;
    this.#match = match;
    this.#isVocabulary = isVocabulary;
  }

  read(): NamedTitles {
    if (!this.#readWhole()) {
      this.#readQuoted();
      this.#readJapanese();
      this.#readLikes();
      this.#readAnywhere();
      this.#readMisspelt();
      this.#readUnknownJapanese();
    }
    const isWanted = (named: Span) => !isUnwanted(this.#message, named);
    const titles = [...this.#titles].sort((a, b) => a.from - b.from);
    const works = this.#works.filter(isWanted);
    for (const work of this.#works) if (!isWanted(work)) this.#message.refuse(work);
    return {
      wanted: titles.filter(isWanted).map(({ meant }) => meant),
      unwanted: titles.filter((title) => !isWanted(title)).map(({ meant }) => meant),
      works: works.map((work) => ({ name: this.#message.said(work), work: work.meant })),
      directors: this.#directors.filter(isWanted).map(({ meant }) => meant),
      unknown: this.#unknown.filter(
        ({ from, to }) => !this.#message.open.slice(from, to).includes('‖'),
      ),
    };
  }

  /** "Another" alone is the title. */
  #readWhole(): boolean {
    const { text } = this.#message;
    const anime = this.#match.exact(text);
    const isCommon =
      this.#isVocabulary(text) && !(/^\p{Lu}/u.test(text) && this.#match.isWellKnown(text));
    if (anime === null || isCommon) return false;
    this.#take({ from: 0, to: text.length }, anime);
    return true;
  }

  #readQuoted(): void {
    for (const found of this.#message.find(QUOTED)) {
      const name = found.groups[0] ?? '';
      const anime = this.#match.exact(name) ?? this.#match.close(name);
      if (this.#takeWork(found, name)) continue;
      if (anime !== null) this.#take(found, anime);
      else if (!this.#isVocabulary(name))
        this.#unknown.push({ from: found.from + 1, to: found.to - 1 });
    }
  }

  #readLikes(): void {
    for (const { from, to } of this.#message.find(LIKE)) {
      if (this.#titles.length >= MAX_TITLES) return;
      const count = this.#titles.length;
      this.#readList(to);
      // The person has finished it: nothing is said about what is looked for.
      const isTold = /finished|completed|watched|seen/i.test(this.#message.said({ from, to }));
      if (isTold && this.#titles.length > count) this.#message.take({ from, to });
    }
  }

  /** "Mushishi, Natsume Yuujinchou and Aria" */
  #readList(from: number): void {
    for (let at = from, isFirst = true; this.#titles.length < MAX_TITLES; isFirst = false) {
      const article = ARTICLE.exec(this.#message.open.slice(at))?.[0].length ?? 0;
      // "like the Beatles" is no misspelt "Beatless".
      const end =
        this.#readAt(at, 'named') ?? (article > 0 ? this.#readAt(at + article, 'exact') : null);
      if (end === null) {
        if (isFirst) this.#noteUnknown(at + article);
        return;
      }
      const separator = SEPARATOR.exec(this.#message.open.slice(end));
      if (separator === null) return;
      at = end + separator[0].length;
    }
  }

  /** Takes the title, work or director whose name begins here. @returns where it ends */
  #readAt(at: number, how: 'named' | 'exact' | 'mentioned'): number | null {
    const isNamed = how !== 'mentioned';
    const words = this.#wordsAt(at);
    for (let size = words.length; size >= 1; size--) {
      const span = { from: words[0].from, to: words[size - 1].to };
      const name = this.#message.said(span);
      if ((isNamed || size > 1) && this.#takeWork(span, name)) return span.to;
      if (isNamed && isDirectorsName(name) && !this.#match.isWellKnown(name))
        return this.#takeDirector(span);
      const anime = this.#match.exact(name);
      if (anime === null || !this.#isName(span, size, isNamed, anime)) continue;
      // "jojos bizzare adventure" goes on where the nickname ends.
      const isShort = size === 1 && this.#match.isNickname(name);
      return (isShort ? this.#readClose(words, 2) : null) ?? this.#take(span, anime);
    }
    return how === 'named' ? this.#readClose(words) : null;
  }

  #wordsAt(at: number): Span[] {
    const words: Span[] = [];
    const text = this.#message.open.slice(at, at + 160);
    for (const found of text.matchAll(WORD)) {
      const from = at + found.index;
      const gap = this.#message.open.slice(words.at(-1)?.to ?? at, from);
      if (/[‖;()[\]{}"“”「」『』]/.test(gap) || (words.length === 0 && gap.length > 0)) break;
      if (words.push({ from, to: from + found[0].length }) === MAX_NAME_WORDS) break;
    }
    return words;
  }

  /** A misspelt or shortened name, which ends where a new thought begins. */
  #readClose(words: readonly Span[], least = 1): number | null {
    const { text } = this.#message;
    const last = words.findIndex(
      (word, at) =>
        endsName(this.#message.said(word)) ||
        (at > 0 && /[,.!?]/.test(text.slice(words[at - 1].to, word.from))),
    );
    const chunk = last < 0 ? words : words.slice(0, last);
    for (let size = chunk.length; size >= least && size > chunk.length - MAX_TRIES; size--) {
      const span = { from: chunk[0].from, to: chunk[size - 1].to };
      const name = this.#message.said(span);
      if (this.#isVocabulary(name)) continue;
      const anime = this.#match.close(name);
      if (anime !== null) return this.#take(span, anime);
    }
    return null;
  }

  #isName({ from, to }: Span, size: number, isNamed: boolean, { members }: Anime): boolean {
    const name = this.#message.said({ from, to });
    // A word in the middle of a sentence has its capital for a reason.
    const isInSentence = /\p{Ll} $/u.test(this.#message.text.slice(0, from));
    const key = nameKey(name);
    // "newer than 2010" compares with a year.
    if (/^\d+$/.test(key)) return false;
    const isCapital = /^[\p{Lu}\p{N}]/u.test(name) || JAPANESE.test(name[0]);
    const isKnown = this.#match.isWellKnown(name);
    if (this.#isVocabulary(name) && !(isNamed && isKnown && isCapital)) return false;
    const words = name.split(/\s+/);
    const isOrdinary = words.every(
      (word) => this.#match.isOrdinary(word) || this.#isVocabulary(word),
    );
    if (isNamed) return isOrdinary ? isKnown || isCapital : key.length > 1 || isCapital;
    // "a film", "the world": ordinary words that are also the names of obscure titles.
    if (isOrdinary && size === 1) return isCapital && isInSentence && members >= 100_000;
    if (isOrdinary) return isKnown && (isCapital || size > 2 || members >= 100_000);
    if (this.#match.isNickname(name)) return key.length >= 3;
    return key.length >= 4 && (size > 1 || isCapital || isKnown);
  }

  /** Exact names anywhere, the longest first; and what stands beside them in a list: "Given and Nana". */
  #readAnywhere(): void {
    this.#readPunctuated();
    const starts = [...this.#message.open.matchAll(WORD)].map(({ index }) => index);
    for (const at of starts) {
      if (this.#message.isTaken(at)) continue;
      const end = this.#readDirectorAt(at) ?? this.#readAt(at, 'mentioned');
      if (end === null) continue;
      const separator = SEPARATOR.exec(this.#message.open.slice(end));
      if (separator !== null) this.#readCapital(end + separator[0].length);
      this.#readBefore(at);
    }
  }

  /** Misspelt names in capitals: "Cowbow Bebop". */
  #readMisspelt(): void {
    for (const found of this.#message.find(CAPITALS)) {
      // It stands in the place of a title, and no title was found there.
      if (this.#unknown.some(({ from, to }) => from < found.to && found.from < to)) continue;
      const name = this.#message.said(found);
      const words = name.split(' ');
      if (words.every((word) => this.#isVocabulary(word)) || this.#isVocabulary(name)) continue;
      const anime = this.#match.close(name);
      if (anime !== null) this.#take(found, anime);
    }
  }

  /** "Free!": a common word that is written with the mark of the title. */
  #readPunctuated(): void {
    for (const found of this.#message.find(
      /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{N}-]*[!?]+)(?![\p{L}\p{N}])/gu,
    )) {
      const name = found.groups[0] ?? '';
      const anime = this.#match.exact(name);
      const bare = name.replace(/[!?]+$/, '');
      if (anime?.title === name && this.#match.isWellKnown(name) && bare.length > 2)
        this.#take(found, anime);
    }
  }

  #readDirectorAt(at: number): number | null {
    const words = this.#wordsAt(at).slice(0, 2);
    for (let size = words.length; size >= 1; size--) {
      const span = { from: words[0].from, to: words[size - 1].to };
      const name = this.#message.said(span);
      if (isDirectorsName(name) && /^[\p{Lu}]/u.test(name)) return this.#takeDirector(span);
    }
    return null;
  }

  #readCapital(at: number): void {
    if (/^\p{Lu}/u.test(this.#message.open.slice(at))) this.#readList(at);
  }

  /** "Given and" before a title that was found */
  #readBefore(at: number): void {
    const before = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{N}!'-]*)(?: and | or | & |, ?)$/u.exec(
      this.#message.open.slice(0, at),
    );
    if (before === null) return;
    const anime = this.#match.exact(before[1]);
    if (anime !== null && this.#match.isWellKnown(before[1]) && !this.#isVocabulary(before[1]))
      this.#take({ from: before.index, to: before.index + before[1].length }, anime);
  }

  /** Names in Japanese letters, the longest first at each place. */
  #readJapanese(): void {
    for (let at = 0; at < this.#message.text.length; at++) {
      if (this.#message.isTaken(at) || !JAPANESE.test(this.#message.text[at])) continue;
      at = (this.#readJapaneseAt(at) ?? at + 1) - 1;
    }
  }

  #readJapaneseAt(at: number): number | null {
    const { open } = this.#message;
    if (KATAKANA.test(open[at]) && KATAKANA.test(open[at - 1] ?? '')) return null;
    for (let size = MAX_RUN; size >= 2; size--) {
      const span = { from: at, to: at + size };
      const name = open.slice(at, at + size);
      if (name.length < size || /[‖\s、,「」『』]/.test(name) || /[^\p{L}\p{N}ー]$/u.test(name))
        continue;
      if (KATAKANA.test(name[size - 1]) && KATAKANA.test(open[at + size] ?? '')) continue;
      if (this.#takeWork(span, name)) return span.to;
      if (isDirectorsName(name)) return this.#takeDirector(span);
      const anime = this.#match.exact(name);
      if (anime !== null && this.#isJapaneseName(name, anime, open.slice(at + size)))
        return this.#take(span, anime);
    }
    return null;
  }

  #isJapaneseName(name: string, { members }: Anime, after: string): boolean {
    const isNamed = LIKE_JA.test(after);
    if (this.#isVocabulary(name) && !isNamed) return false;
    if (isNamed) return name.length > 2 || members >= 20_000;
    if (name.length === 2)
      return members >= 100_000 && /^\p{Script=Han}{2}(?!\p{Script=Han})/u.test(name + after);
    return name.length > 5 || members >= 20_000;
  }

  #readUnknownJapanese(): void {
    for (const { from, to } of this.#message.find(UNKNOWN_JA))
      if (!this.#isVocabulary(this.#message.said({ from, to }))) this.#unknown.push({ from, to });
  }

  /** What stands in the place of a title, looks like a name and is none that is known. */
  #noteUnknown(at: number): void {
    const words = this.#wordsAt(at);
    const last = words.findIndex((word, n) => {
      const gap = n > 0 ? this.#message.text.slice(words[n - 1].to, word.from) : '';
      const said = this.#message.said(word);
      return /[,.!?]/.test(gap) || (BOUNDARY.test(said) && !/^\p{Lu}/u.test(said));
    });
    const chunk = last < 0 ? words : words.slice(0, last);
    if (chunk.length === 0) return;
    const span = { from: chunk[0].from, to: chunk[chunk.length - 1].to };
    if (/^\p{Lu}/u.test(this.#message.said(span)) && !this.#isVocabulary(this.#message.said(span)))
      this.#unknown.push(span);
  }

  #takeWork(span: Span, name: string): boolean {
    const work = worksByKey.get(plainKey(name));
    const isCommon = /^[\p{Ll}]+$/u.test(name);
    if (!work || isCommon || this.#match.isWellKnown(name)) return false;
    this.#works.push({ ...span, meant: work });
    this.#message.take(span);
    return true;
  }

  #takeDirector(span: Span): number {
    const director = directorsByKey.get(plainKey(this.#message.said(span)));
    if (director) this.#directors.push({ ...span, meant: director });
    this.#message.take(span);
    return span.to;
  }

  #take({ from, to }: Span, anime: Anime): number {
    const mark =
      /^[!?。.]+(?=[^\p{L}\p{N}]|$|のよう|みたい|と)/u.exec(this.#message.text.slice(to))?.[0] ??
      '';
    const end =
      to +
      (/[!?。.]$/.test(anime.title + (anime.titleJapanese ?? '')) || mark.startsWith('!')
        ? mark.length
        : 0);
    this.#titles.push({ from, to: end, meant: anime });
    this.#message.take({ from, to: end });
    return end;
  }
}
