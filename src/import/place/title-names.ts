/** Finds the title that a row of a list means by its names. */
import type { Anime, AnimeType, Catalogue } from '../../data/anime.ts';
import { nameKey } from '../../search/search-terms.ts';
import { seasonOf } from '../../search/season-mark.ts';
import { TimeSlice } from '../../time-slice.ts';
import { isLikeType } from '../list/type-words.ts';
import { looseKeys } from './loose-key.ts';

/** What a row says of its title. */
export interface Wanted {
  readonly names: readonly string[];
  /** null = the row does not say */
  readonly year: number | null;
  readonly type: AnimeType | null;
}

export type Found =
  | Anime
  | 'unknown-name'
  /** several titles, of which nothing tells which it is */
  | readonly Anime[];

/** Items with that name, in any spelling. */
export type Called = (name: string) => readonly number[];

/** Letters of a name in its plainest form: one ﷺ becomes eighteen, and no title is so long. */
const LONGEST_NAME = 500;
const YEAR_LENGTH = '(1988)'.length;

export class TitleNames {
  readonly #wholes = new Map<string, number[]>();
  readonly #heads = new Map<string, number[]>();
  /** franchiseId → items in order */
  readonly #stories = new Map<number, number[]>();

  private constructor(
    private readonly catalogue: Catalogue,
    private readonly called: Called,
  ) {}

  /** The event loop runs meanwhile. */
  static async of(catalogue: Catalogue, called: Called): Promise<TitleNames> {
    const names = new TitleNames(catalogue, called);
    const slice = new TimeSlice();
    for (const item of catalogue.keys()) {
      names.#add(item);
      if (slice.over) await slice.next();
    }
    for (const items of names.#stories.values())
      items.sort((a, b) => positionOf(catalogue[a]) - positionOf(catalogue[b]));
    return names;
  }

  /** By the first of the row's names that exactly one title has: as it is spelt, else as people write it. */
  find(row: Wanted): Found {
    let left: Found = 'unknown-name';
    for (const how of [this.#bySpelling, this.#byKey]) {
      for (const name of row.names) {
        if (name.normalize('NFKC').length > LONGEST_NAME) continue;
        const found = how.call(this, name, row);
        if (isOne(found)) return found;
        if (found !== 'unknown-name') left = found;
      }
      if (left !== 'unknown-name') return left;
    }
    return left;
  }

  /** The titles with that name as it is spelt, whatever the year and the type. */
  spelt(name: string): readonly Anime[] {
    return this.called(name).map((item) => this.catalogue[item]);
  }

  /** Whether the title has that name, in any notation. */
  isCalled(anime: Anime, name: string): boolean {
    const key = looseKeys(name).whole;
    return key !== '' && namesOf(anime).some((own) => looseKeys(own).whole === key);
  }

  #bySpelling(name: string, { year, type }: Wanted): Found {
    const found = decided(name, { year, type }, this.spelt(name));
    if (found !== 'unknown-name' || year !== null) return found;
    // "Akira (1988)"
    const [, within] = /\(((?:19|20)\d\d)\)$/.exec(name.slice(-YEAR_LENGTH)) ?? [];
    const bare = name.slice(0, -YEAR_LENGTH).trimEnd();
    if (!within || !bare) return found;
    return decided(bare, { year: Number(within), type }, this.spelt(bare));
  }

  #byKey(name: string, row: Wanted): Found {
    const { whole, head } = looseKeys(name);
    if (whole === '') return 'unknown-name';
    const [, within] = /\(((?:19|20)\d\d)\)/.exec(name) ?? [];
    const facts = { ...row, year: row.year ?? (within ? Number(within) : null) };
    const wholes = this.#fitting(this.#wholes.get(whole), facts);
    if (wholes.length === 1) return wholes[0];
    if (wholes.length > 1) return wholes;
    const heads = this.#fitting(this.#heads.get(whole), facts);
    const first = firstOf(heads);
    if (first) return first;
    const inStory = this.#bySeason(name, facts);
    if (inStory) return inStory;
    if (heads.length > 1) return heads;
    // "Kara no Kyoukai: the Garden of Sinners": the name that others have as a whole
    const shorter = head === null ? [] : this.#fitting(this.#wholes.get(head), facts);
    return shorter.length === 1 && isAlternative(name, shorter[0]) ? shorter[0] : 'unknown-name';
  }

  /** The title of the story with that number: "Mushishi Season 2" is Zoku Shou. */
  #bySeason(name: string, row: Wanted): Anime | null {
    const { season, base, part } = seasonOf(name);
    if (season < 2 || part > 0) return null;
    const key = looseKeys(base).whole;
    const begin = [...(this.#wholes.get(key) ?? []), ...(this.#heads.get(key) ?? [])];
    const stories = new Set(begin.map((item) => this.catalogue[item].franchise?.franchiseId));
    const [story] = stories;
    if (stories.size !== 1 || story === undefined) return null;
    const series = (this.#stories.get(story) ?? [])
      .map((item) => this.catalogue[item])
      .filter((anime) => anime.type === 'TV' && beginsAlike(anime, begin, this.catalogue));
    const found = series[season - 1];
    if (!found || numbersOf(found).some((number) => number !== season)) return null;
    return this.#fits(found, row) ? found : null;
  }

  #fitting(items: readonly number[] | undefined, { year, type }: Wanted): Anime[] {
    const titles = [...new Set(items)].map((item) => this.catalogue[item]);
    const ofThatYear =
      year === null ? titles : fitting(titles, (anime) => ofYear(anime.year, year));
    return type === null ? ofThatYear : fitting(ofThatYear, (anime) => ofType(anime.type, type));
  }

  #fits(anime: Anime, { year, type }: Wanted): boolean {
    if (year !== null && ofYear(anime.year, year) === 'no') return false;
    return type === null || ofType(anime.type, type) !== 'no';
  }

  #add(item: number): void {
    const anime = this.catalogue[item];
    for (const name of namesOf(anime)) {
      const { whole, head } = looseKeys(name);
      push(this.#wholes, whole, item);
      if (head !== null) push(this.#heads, head, item);
    }
    const { franchise } = anime;
    if (franchise) push(this.#stories, franchise.franchiseId, item);
  }
}

function push<Key>(map: Map<Key, number[]>, key: Key, item: number): void {
  if (key === '') return;
  const items = map.get(key);
  if (!items) map.set(key, [item]);
  else if (items[items.length - 1] !== item) items.push(item);
}

function isOne(found: Found): found is Anime {
  return typeof found === 'object' && 'animeId' in found;
}

function positionOf({ franchise }: Anime): number {
  return franchise?.position ?? 0;
}

/** Of titles of one story, the first series: "Konosuba". */
function firstOf(titles: readonly Anime[]): Anime | null {
  if (titles.length <= 1) return titles[0] ?? null;
  const stories = new Set(titles.map(({ franchise }) => franchise?.franchiseId ?? -1));
  if (stories.size !== 1 || stories.has(-1)) return null;
  const first = titles.reduce((a, b) => (positionOf(b) < positionOf(a) ? b : a));
  return first.type === 'TV' && first.franchise?.prerequisite === null ? first : null;
}

/** The numbers of seasons in the names of a title: "Overlord III" has 3. */
function numbersOf(anime: Anime): number[] {
  return officialNames(anime)
    .map(seasonOf)
    .filter(({ isMarked }) => isMarked)
    .map(({ season }) => season);
}

/** Whether a title of a story goes by the same first words as those that the season is counted from. */
function beginsAlike(anime: Anime, begin: readonly number[], catalogue: Catalogue): boolean {
  const own = officialNames(anime).map((name) => nameKey(name));
  return begin.some((item) =>
    officialNames(catalogue[item]).some((name) => {
      const key = nameKey(seasonOf(name).base.split(/:\s/)[0]);
      return key.length >= 3 && own.some((other) => other.startsWith(key));
    }),
  );
}

/** "Steins;Gate: The Animation" may be the series; "Naruto: The Last" is another title. */
function isAlternative(name: string, anime: Anime): boolean {
  const after = name
    .split(/:\s|\s[-–—~]\s?/)
    .slice(1)
    .join(' ');
  const words = [anime.title, anime.titleEnglish ?? '', anime.titleJapanese ?? ''].join(' ');
  const key = nameKey(after);
  return key.length >= 4 && nameKey(words).includes(key);
}

/** Whether a title has a name, from the strictest rule to the loosest. */
const RULES: readonly ((name: string, anime: Anime) => boolean)[] = [
  (name, anime) => officialNames(anime).some((own) => spelling(own) === spelling(name)),
  (name, anime) => officialNames(anime).some((own) => nameKey(own) === nameKey(name)),
  (name, anime) => anime.synonyms.some((own) => spelling(own) === spelling(name)),
  () => true,
];

/** @param candidates titles with that name, in any spelling */
function decided(
  name: string,
  { year, type }: Pick<Wanted, 'year' | 'type'>,
  candidates: readonly Anime[],
): Found {
  for (const isCalled of RULES) {
    let left = candidates.filter((anime) => isCalled(name, anime));
    if (year !== null) left = fitting(left, ({ year: own }) => ofYear(own, year));
    if (type !== null) left = fitting(left, ({ type: own }) => ofType(own, type));
    if (left.length > 0) return left.length === 1 ? left[0] : left;
  }
  return 'unknown-name';
}

type Fit = 'exact' | 'possible' | 'no';

/** The titles that fit exactly, else those that possibly fit. */
function fitting(titles: readonly Anime[], how: (anime: Anime) => Fit): Anime[] {
  const exact = titles.filter((anime) => how(anime) === 'exact');
  return exact.length > 0 ? exact : titles.filter((anime) => how(anime) === 'possible');
}

/** A title that starts in winter is dated to one year by some sites and to the next by others. */
function ofYear(own: number | null, year: number): Fit {
  if (own === year) return 'exact';
  return own === null || Math.abs(own - year) === 1 ? 'possible' : 'no';
}

function ofType(own: Anime['type'], type: AnimeType): Fit {
  if (own === type) return 'exact';
  return own === null || isLikeType(own, type) ? 'possible' : 'no';
}

function namesOf(anime: Anime): string[] {
  return [...officialNames(anime), ...anime.synonyms];
}

function officialNames({ title, titleEnglish, titleJapanese }: Anime): string[] {
  return [title, titleEnglish, titleJapanese].filter((name) => name !== null);
}

/** "K-On!" and "K-On!!" stay different. */
function spelling(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/g, ' ').trim();
}
