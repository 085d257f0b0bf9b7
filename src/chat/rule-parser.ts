/** Reads a wish by fixed rules, without a language model. */
import type { AnimeType } from '../data/anime.ts';
import { namedTitles, type TitleSources } from './named-titles.ts';
import {
  CLASSICS_TOO,
  genrePhrases,
  LITTLE_KNOWN,
  MOOD_PHRASES,
  NEWER,
  NOT_AFTER,
  NOT_BEFORE,
  OLDER,
  TYPE_PHRASES,
  VARIED,
  WELL_KNOWN,
} from './vocabulary.ts';
import { consistent, EMPTY_WISH, type Wish } from './wish.ts';
import { readYears } from './years.ts';

export interface ParserSources extends TitleSources {
  /** the genres of the data */
  readonly genres: readonly string[];
}

/** years before the latest title that "newer" and "older" mean when no title is named */
const RECENT_YEARS = 5;
const OLD_YEARS = 20;

export function parseWish(message: string, sources: ParserSources): Wish {
  const { titles, rest } = namedTitles(message.normalize('NFKC'), sources);
  const parser = new RuleParser(rest);
  const years = readYears(parser.text);
  parser.text = years.rest;
  const familiar = !parser.takes(CLASSICS_TOO);
  const niche = parser.takes(LITTLE_KNOWN) ? 0.6 : parser.takes(WELL_KNOWN) ? -0.6 : 0;
  const moods = parser.moods();
  const types = parser.types();
  const genres = parser.genres(sources.genres);
  const relative = years.from === null && years.to === null ? parser.age(titles, sources) : years;
  const known = (names: readonly string[]) => names.filter((name) => sources.genres.includes(name));
  const out = [
    ...genres.out,
    ...known(moods.genresOut).filter((genre) => !genres.in.includes(genre)),
  ];
  return consistent({
    ...EMPTY_WISH,
    seeds: titles,
    types,
    genresIn: [
      ...genres.in,
      ...known(moods.genresIn).filter((genre) => !genres.out.includes(genre)),
    ],
    genresOut: out,
    from: relative.from,
    to: relative.to,
    niche,
    variety: parser.takes(VARIED) ? 0.5 : 0,
    familiar,
  });
}

/** Takes wishes out of a message one after the other. */
class RuleParser {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  takes(pattern: RegExp): boolean {
    const before = this.text;
    this.text = before.replace(pattern, ' ‖ ');
    return this.text !== before;
  }

  moods(): { genresIn: string[]; genresOut: string[] } {
    const said = MOOD_PHRASES.filter(({ pattern }) => this.takes(pattern)).map(
      ({ meant }) => meant,
    );
    return {
      genresIn: said.flatMap(({ genresIn }) => genresIn),
      genresOut: said.flatMap(({ genresOut }) => genresOut),
    };
  }

  /** An unwanted type leaves all others. */
  types(): AnimeType[] {
    const wanted: AnimeType[] = [];
    const unwanted = new Set<AnimeType>();
    for (const { pattern, meant } of TYPE_PHRASES) {
      for (const no of this.#mentions(pattern)) {
        if (no) for (const type of meant) unwanted.add(type);
        else wanted.push(...meant);
      }
    }
    if (wanted.length > 0) return wanted.filter((type) => !unwanted.has(type));
    const all: readonly AnimeType[] = ['TV', 'Movie', 'OVA', 'ONA', 'Special'];
    return unwanted.size > 0 ? all.filter((type) => !unwanted.has(type)) : [];
  }

  genres(known: readonly string[]): { in: string[]; out: string[] } {
    const found = { in: [] as string[], out: [] as string[] };
    for (const { pattern, meant } of genrePhrases(known)) {
      if (meant === 'Hentai') continue;
      for (const no of this.#mentions(pattern)) found[no ? 'out' : 'in'].push(meant);
    }
    return { in: found.in.filter((genre) => !found.out.includes(genre)), out: found.out };
  }

  age(
    titles: readonly { readonly year: number | null }[],
    { catalogue }: ParserSources,
  ): { from: number | null; to: number | null } {
    const year = titles.find((title) => title.year !== null)?.year ?? null;
    const latest = catalogue.reduce((last, anime) => Math.max(last, anime.year ?? 0), 0);
    if (this.takes(NEWER))
      return { from: year === null ? latest - RECENT_YEARS : Math.min(year + 1, latest), to: null };
    if (this.takes(OLDER)) return { from: null, to: year === null ? latest - OLD_YEARS : year - 1 };
    return { from: null, to: null };
  }

  /** For each match of the pattern: true = it is unwanted. */
  #mentions(pattern: RegExp): boolean[] {
    const { text } = this;
    return [...text.matchAll(pattern)].map(({ 0: said, index }) => {
      // "no horror or gore" means neither.
      const before = text.slice(0, index);
      return (
        NOT_BEFORE.test(before) ||
        isListedAfterNo(before) ||
        NOT_AFTER.test(text.slice(index + said.length))
      );
    });
  }
}

function isListedAfterNo(before: string): boolean {
  return /\b(?:no|without|except|minus|avoid)\s+[\p{L}-]+(?:,\s*[\p{L}-]+)*,?\s+(?:or|nor|and)\s+$/iu.test(
    before,
  );
}
