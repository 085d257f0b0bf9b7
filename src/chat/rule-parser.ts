/** Reads a wish by fixed rules, without a language model. Each reader takes its part of the message; the rest is named. */
import type { Anime, AnimeType } from '../data/anime.ts';
import type { Airing } from '../recommend/rules.ts';
import { eventLoopTurn } from '../time-slice.ts';
import { MOST_EPISODES, readAmounts } from './amounts.ts';
import { type Audience, readAudience } from './audience.ts';
import { type Lexicon, lexiconFor, type Said, unwantedOf } from './lexicon.ts';
import { Message, type Span } from './message.ts';
import { type NamedTitles, readTitles } from './named-titles.ts';
import { isUnwanted, polarityOf } from './polarity.ts';
import { type SaidStudio, studiosOf } from './studios.ts';
import { TitleMatch, type TitleSources } from './title-match.ts';
import { unreadParts, unreadWords } from './unread.ts';
import { asksBack, consistent, EMPTY_WISH, MAX_SEEDS, type Wish } from './wish.ts';
import type { Director } from './words/directors.ts';
import {
  AIRING_NOW,
  BY_DEFAULT,
  CLASSICS_TOO,
  FINISHED,
  LITTLE_KNOWN,
  LONGER,
  NEWER,
  OLDER,
  SEQUELS,
  SHORTER,
  STANDALONE,
  TYPE_PHRASES,
  VARIED,
  WELL_KNOWN,
} from './words/phrases.ts';
import { isStopWord } from './words/stop-words.ts';
import { readYears, type Years } from './years.ts';

export interface ParserSources extends TitleSources {
  /** the genres of the data */
  readonly genres: readonly string[];
}

/** years before the latest title that "newer" and "older" mean when no title is named */
const RECENT_YEARS = 5;
const OLD_YEARS = 20;
/** episodes that "shorter" and "longer" mean when no title is named */
const SHORT = 13;
const LONG = 26;
/** titles that stand for a studio or a director */
const MOST_STANDING = 3;
const NICHE = 0.6;
/** of a misspelt name that nothing announces */
const LATE_LETTERS = 6;
/** Rated for all ages in the data now and then, and still nothing for children. */
const NOT_FOR_CHILDREN = ['Dementia', 'Ecchi', 'Horror'];
/** never for children, even where it is asked for */
const FOR_GROWN_UPS = ['Ecchi', 'Hentai', 'Yaoi', 'Yuri'];
const ALL_TYPES: readonly AnimeType[] = ['TV', 'Movie', 'OVA', 'ONA', 'Special'];

interface Sides {
  readonly in: string[];
  readonly out: string[];
}

interface Facets {
  readonly types: AnimeType[];
  readonly studios: Sides & { readonly like: SaidStudio[] };
  readonly genres: Sides;
  readonly themes: Sides;
}

/** Others are served between its readers: compiling the patterns of one may take tens of milliseconds. */
export function parseWish(text: string, sources: ParserSources): Promise<Wish> {
  return new RuleParser(text, sources).parse();
}

class RuleParser {
  readonly #message: Message;
  readonly #sources: ParserSources;
  readonly #match: TitleMatch;
  readonly #lexicon: Lexicon;
  readonly #latest: number;
  /** what cannot hold at the same time */
  readonly #conflicts: string[] = [];

  constructor(text: string, sources: ParserSources) {
    this.#message = new Message(text);
    this.#sources = sources;
    this.#match = new TitleMatch(sources);
    this.#lexicon = lexiconFor(sources.genres);
    this.#latest = sources.catalogue.reduce((last, anime) => Math.max(last, anime.year ?? 0), 0);
  }

  async parse(): Promise<Wish> {
    const message = this.#message;
    const familiar = !message.takes(CLASSICS_TOO);
    const named = readTitles(message, this.#match, (phrase) => this.#isVocabulary(phrase));
    await eventLoopTurn();
    const audience = readAudience(message);
    await eventLoopTurn();
    const years = readYears(message, this.#latest);
    await eventLoopTurn();
    message.takes(BY_DEFAULT);
    const niche = message.takes(LITTLE_KNOWN) ? NICHE : message.takes(WELL_KNOWN) ? -NICHE : 0;
    const amounts = readAmounts(message);
    await eventLoopTurn();
    const relative = this.#relative(named, years);
    await eventLoopTurn();
    const airing = this.#airing();
    const sequels = this.#sequels();
    const variety = message.takes(VARIED) ? 0.5 : 0;
    const { types, studios, genres, themes } = this.#facets(audience);
    await eventLoopTurn();
    const late = this.#lateTitles(named);
    await eventLoopTurn();
    for (const conflict of [years.conflict, amounts.conflict])
      if (conflict) this.#conflicts.push(conflict);
    const wish = consistent({
      ...EMPTY_WISH,
      seeds: [...named.wanted, ...late, ...this.#standing(studios.like, named.directors)],
      unwanted: named.unwanted,
      types,
      genresIn: [...genres.in, ...this.#worksOf(named, 'genres')],
      genresOut: genres.out,
      themesIn: [...themes.in, ...this.#worksOf(named, 'themes')],
      themesOut: themes.out,
      studiosIn: studios.in,
      studiosOut: studios.out,
      from: relative.from,
      to: relative.to,
      episodes: amounts.episodes ?? relative.episodes,
      maxDuration: amounts.maxDuration,
      minScore: amounts.minScore,
      airing,
      ageRating: audience.rating,
      sequels,
      niche,
      variety,
      familiar,
    });
    return this.#noted(wish, named, audience);
  }

  #noted(wish: Wish, named: NamedTitles, { age }: Audience): Wish {
    const isOpen = ({ from, to }: Span) => !this.#message.open.slice(from, to).includes('‖');
    const unknownTitles = named.unknown.filter(isOpen).map((span) => {
      const said = this.#message.said(span);
      this.#message.take(span);
      return said;
    });
    const notes = {
      unread: unreadParts(this.#message),
      unknownTitles,
      works: named.works.map(({ name }) => name),
      directors: named.directors.map(({ names }) => names[0]),
      conflict: this.#conflicts.length > 0 ? this.#conflicts.join('; ') : null,
      age,
    };
    return notes.conflict === null ? { ...wish, notes } : asksBack(notes);
  }

  #isVocabulary(phrase: string): boolean {
    const words = phrase.trim().split(/[\s-]+/);
    return (
      this.#lexicon.has(phrase) ||
      words.every((word) => isStopWord(word) || this.#lexicon.has(word)) ||
      studiosOf(this.#sources.catalogue).has(phrase)
    );
  }

  /** "newer", "shorter": than the first title that is named, or than most. */
  #relative({ wanted }: NamedTitles, years: Years): Years & { episodes: Wish['episodes'] } {
    const [first] = wanted;
    const count = first?.episodes ?? null;
    const shorter = this.#compares(SHORTER);
    const longer = this.#compares(LONGER);
    const episodes: Wish['episodes'] = shorter
      ? [1, count !== null && count > 1 ? count - 1 : SHORT]
      : longer
        ? [count === null ? LONG : count + 1, MOST_EPISODES]
        : null;
    if (years.from !== null || years.to !== null)
      return { from: years.from, to: years.to, episodes };
    const year = wanted.find((title) => title.year !== null)?.year ?? null;
    if (this.#compares(NEWER)) {
      const from = year === null ? this.#latest - RECENT_YEARS : Math.min(year + 1, this.#latest);
      return { from, to: null, episodes };
    }
    if (this.#compares(OLDER))
      return { from: null, to: year === null ? this.#latest - OLD_YEARS : year - 1, episodes };
    return { from: null, to: null, episodes };
  }

  /** Takes a comparison. "Newer than" something that was not understood is not understood either. */
  #compares(pattern: RegExp): boolean {
    const message = this.#message;
    let isSaid = false;
    for (const found of message.find(pattern)) {
      const next = /\S/.exec(message.open.slice(found.to))?.[0] ?? '';
      const isOpen = /than$/i.test(message.said(found)) && next !== '‖';
      if (isOpen) message.refuse(found);
      else {
        message.take(found);
        isSaid = true;
      }
    }
    return isSaid;
  }

  #airing(): Airing {
    const said = new Set<Airing>();
    for (const [pattern, meant, other] of [
      [FINISHED, 'finished', 'airing'],
      [AIRING_NOW, 'airing', 'finished'],
    ] as const)
      for (const found of this.#message.find(pattern)) {
        said.add(isUnwanted(this.#message, found) ? other : meant);
        this.#message.take(found);
      }
    if (said.size > 1) this.#conflicts.push('finished, airing');
    return said.size === 1 ? [...said][0] : 'any';
  }

  /** False where later parts are unwanted. A wish for them cannot be expressed. */
  #sequels(): boolean {
    let sequels = !this.#message.takes(STANDALONE);
    for (const found of this.#message.find(SEQUELS)) {
      if (isUnwanted(this.#message, found)) {
        sequels = false;
        this.#message.take(found);
      } else this.#message.refuse(found);
    }
    return sequels;
  }

  /** Types, studios, genres, themes and moods: all are found and taken before it is asked which of them are unwanted. */
  #facets(audience: Audience): Facets {
    const message = this.#message;
    const types = TYPE_PHRASES.flatMap(([pattern, meant]) =>
      message.find(pattern).map((found) => {
        message.take(found);
        return { ...found, meant };
      }),
    );
    const { catalogue } = this.#sources;
    const isOrdinary = (word: string) =>
      this.#match.isOrdinary(word) || isStopWord(word) || this.#lexicon.has(word);
    const studios = studiosOf(catalogue).find(message, isOrdinary);
    for (const said of studios) message.take(said);
    const words = this.#lexicon.find(message);
    for (const said of words) message.take(said);
    return {
      types: this.#types(types),
      studios: this.#studios(studios),
      ...this.#words(words, audience),
    };
  }

  #studios(said: readonly SaidStudio[]): Facets['studios'] {
    const sides = { in: [] as string[], out: [] as string[], like: [] as SaidStudio[] };
    for (const one of said) {
      if (isUnwanted(this.#message, one)) sides.out.push(one.studio);
      else if (one.isLike) sides.like.push(one);
      else sides.in.push(one.studio);
    }
    this.#noteBoth(sides);
    return sides;
  }

  /** An unwanted type leaves all others. */
  #types(said: readonly (Span & { readonly meant: readonly AnimeType[] })[]): AnimeType[] {
    const wanted: AnimeType[] = [];
    const unwanted = new Set<AnimeType>();
    for (const one of said) {
      const polarity = polarityOf(this.#message, one);
      if (polarity === 'unwanted') for (const type of one.meant) unwanted.add(type);
      else if (polarity === 'wanted') wanted.push(...one.meant);
    }
    const both = wanted.find((type) => unwanted.has(type));
    if (both) this.#conflicts.push(both);
    if (wanted.length > 0) return wanted;
    return unwanted.size > 0 ? ALL_TYPES.filter((type) => !unwanted.has(type)) : [];
  }

  #words(said: readonly Said[], audience: Audience): { genres: Sides; themes: Sides } {
    const genres = { in: [] as string[], out: [] as string[] };
    const themes = { in: [] as string[], out: [] as string[] };
    /** left out unless they are asked for */
    const soft: string[] = audience.noKids ? ['Kids'] : [];
    for (const one of said) {
      const { meaning } = one;
      const polarity = polarityOf(this.#message, one);
      if (polarity === 'unwanted') {
        const out = unwantedOf(meaning);
        genres.out.push(...out.genres);
        themes.out.push(...out.themes);
      } else if (polarity === 'wanted') {
        genres.in.push(...(meaning.genres ?? []));
        themes.in.push(...(meaning.themes ?? []));
        soft.push(...(meaning.genresOut ?? []));
      }
    }
    if (audience.children) soft.push(...NOT_FOR_CHILDREN);
    if (audience.noSex) soft.push('Ecchi');
    this.#noteBoth(genres);
    this.#noteBoth(themes);
    if (audience.children)
      for (const name of genres.in.filter((genre) => FOR_GROWN_UPS.includes(genre)))
        this.#conflicts.push(name);
    const known = soft.filter((name) => this.#sources.genres.includes(name));
    genres.out.push(...known.filter((name) => !genres.in.includes(name)));
    return { genres, themes };
  }

  #noteBoth(sides: Sides): void {
    for (const name of sides.in)
      if (sides.out.includes(name)) this.#conflicts.push(name.toLowerCase());
  }

  /** Titles that are misspelt in small letters, when nothing else explains the words. */
  #lateTitles({ unknown }: NamedTitles): Wish['seeds'] {
    const found: Anime[] = [];
    const isNew = ({ from, to }: Span) =>
      !unknown.some((other) => other.from < to && from < other.to);
    for (const span of unreadWords(this.#message).filter(isNew).slice(0, MAX_SEEDS)) {
      const name = this.#message.said(span);
      const anime = name.length >= LATE_LETTERS ? this.#match.close(name, 'letters') : null;
      if (anime === null || isUnwanted(this.#message, span)) continue;
      this.#message.take(span);
      found.push(anime);
    }
    return found;
  }

  /** The best known titles of studios and directors that a wish wants something like. */
  #standing(studios: readonly SaidStudio[], directors: readonly Director[]): Wish['seeds'] {
    const { catalogue } = this.#sources;
    const best = (studio: string) =>
      catalogue
        .filter((anime) => anime.studios.includes(studio) && !anime.adult)
        .sort((a, b) => b.members - a.members)
        .slice(0, MOST_STANDING);
    const directed = directors.flatMap(({ titles }) =>
      titles.map((title) => this.#match.exactTitle(title)).filter((anime) => anime !== null),
    );
    return [...studios.flatMap(({ studio }) => best(studio)), ...directed];
  }

  /** What named works are known for, as far as the data have it. */
  #worksOf({ works }: NamedTitles, kind: 'genres' | 'themes'): string[] {
    const names = works.flatMap(({ work }) => work[kind]);
    return kind === 'themes' ? names : names.filter((name) => this.#sources.genres.includes(name));
  }
}
