/**
 * The order of a story's titles, and the prerequisite of each.
 *
 * Titles are ordered by release; a prerequisite is always released earlier, so there are no cycles. As in recs.moe's rule,
 * title i needs title j when they are linked, j is not newer, and j is either the season directly before i or has more
 * members. Films, OVA, specials and recaps need the season before them.
 */
import type { Anime } from '../anime.ts';
import { STANDS_ALONE } from './known-franchises.ts';
import type { Entry } from './links.ts';

/** A series that returns after so many years without a season number is a remake. */
const RETELLING_YEARS = 6;
/** Films of series with this many episodes are separate stories without an order. */
const LONG_SERIES = 50;

/** Release order; unknown dates last, series before the rest of the same day. */
export function byRelease(a: Anime, b: Anime): number {
  const [first, second] = [releasedAt(a), releasedAt(b)];
  if (first !== second) return first < second ? -1 : 1;
  return TYPE_ORDER.indexOf(a.type) - TYPE_ORDER.indexOf(b.type) || a.animeId - b.animeId;
}

const TYPE_ORDER: readonly Anime['type'][] = [
  'TV',
  'ONA',
  'Movie',
  'OVA',
  'Special',
  'Music',
  null,
];
const FIRST_MONTH = { winter: '01', spring: '04', summer: '07', fall: '10' } as const;

function releasedAt({ airedFrom, year, season }: Anime): string {
  if (airedFrom !== null) return airedFrom.padEnd(10, '-00');
  if (year === null) return '9999';
  return `${year}-${season === null ? '12' : FIRST_MONTH[season]}-28`;
}

/**
 * @param story the entries of one story, by release
 * @param linked whether two entries are linked directly; titles that begin alike count as linked too
 * @param anthology the stem that every series of the story shares without continuing one another
 * @returns for each entry the index of its prerequisite, always a lower one, or −1
 */
export function prerequisitesOf(
  story: readonly Entry[],
  linked: (a: Entry, b: Entry) => boolean,
  anthology: string | null,
): number[] {
  const isSeason = seasonsOf(story);
  return story.map((entry, index) => {
    if (entry.anime.type === 'Music' || STANDS_ALONE.has(entry.anime.animeId)) return -1;
    const earlier = [...story.keys()].slice(0, index).filter((other) => {
      const { anime } = story[other];
      if (anime.type === 'Music' || sharesOnly(anthology, story[other], entry)) return false;
      return linked(story[other], entry) || sharedWords(story[other], entry) > 0;
    });
    const seasons = earlier.filter((other) => isSeason[other]);
    if (isSeason[index]) return seasonBefore(story, entry, seasons);
    if (seasons.some((other) => isPartOf(story[other], entry)))
      return seasonOf(story, entry, seasons);
    const before = numberBefore(story, entry, earlier, isSeason) ?? seasonOf(story, entry, seasons);
    return extendedBy(story, entry, earlier, before);
  });
}

/** The backbone of a story: its series; without any, its long OVA and ONA; else its films; else all titles. */
function seasonsOf(story: readonly Entry[]): boolean[] {
  const series = story.filter(({ anime }) => anime.type === 'TV').map(({ anime }) => anime);
  const best = series.reduce((members, anime) => Math.max(members, anime.members), 0);
  const ranks: ((anime: Anime) => boolean)[] = [
    // shorts of a few minutes are extras, unless they are what people know the story for
    ({ type, duration, members }) => type === 'TV' && ((duration ?? 24) > 8 || 2 * members > best),
    ({ type, episodes }) =>
      (type === 'OVA' || type === 'ONA') && (episodes === null || episodes >= 2),
    ({ type }) => type === 'Movie',
    () => true,
  ];
  const rank = ranks.find((fits) => story.some(({ anime }) => fits(anime))) ?? (() => true);
  return story.map(
    ({ anime, stem }) =>
      rank(anime) || (rank === ranks[0] && (isLongOna(anime) || isNumberedFilm(anime, stem))),
  );
}

/** A film in place of a season, such as "Initial D Third Stage". */
function isNumberedFilm(
  { type }: Anime,
  { numbers, numberAt, words, counted }: Entry['stem'],
): boolean {
  return type === 'Movie' && numbers.length > 0 && counted === '' && numberAt === words.length;
}

function isLongOna({ type, episodes, duration }: Anime): boolean {
  return type === 'ONA' && (episodes ?? 0) >= 6 && (duration ?? 0) > 15;
}

/** The season directly before, else the nearest series with more members. */
function seasonBefore(story: readonly Entry[], entry: Entry, seasons: readonly number[]): number {
  const same = seasons.filter(
    (other) => sameWork(story[other], entry) && comesBefore(story[other], entry),
  );
  if (same.length > 0) {
    const last = same[same.length - 1];
    return isRemake(story[last].anime, entry) ? -1 : last;
  }
  return nearest(story, entry, seasons, ({ anime }) => anime.members > entry.anime.members);
}

/** The season that a film, OVA or special follows. */
function seasonOf(story: readonly Entry[], entry: Entry, seasons: readonly number[]): number {
  const named = seasons.filter((other) => isPartOf(story[other], entry));
  if (named.length > 0) return named[named.length - 1];
  return nearest(
    story,
    entry,
    seasons,
    (other) => continues(other, entry) || other.anime.members > entry.anime.members,
  );
}

/** The previous film or part, where they are numbered and tell one story; null = does not apply. */
function numberBefore(
  story: readonly Entry[],
  entry: Entry,
  earlier: readonly number[],
  isSeason: readonly boolean[],
): number | null {
  const { numbers, counted } = entry.stem;
  if (numbers.length === 0) return null;
  if (counted === 'movie' && isLongRunning(story, isSeason)) return null;
  const before = earlier.filter((other) => {
    const { anime, stem } = story[other];
    return (
      anime.type === entry.anime.type &&
      sameNumberedStem(story[other], entry) &&
      compareNumbers(stem.numbers, numbers) < 0
    );
  });
  if (before.length === 0) return null;
  const numbersOf = (other: number) => story[other].stem.numbers;
  const last = before.reduce((best, other) => {
    const later = compareNumbers(numbersOf(other), numbersOf(best));
    return later > 0 || (later === 0 && story[other].anime.members > story[best].anime.members)
      ? other
      : best;
  });
  // a film far better known than the one before follows the series, because those before are recaps
  return counted === 'movie' && 2 * story[last].anime.members < entry.anime.members ? null : last;
}

/** Whether the story's best-known series is long. */
function isLongRunning(story: readonly Entry[], isSeason: readonly boolean[]): boolean {
  const series = story.filter(({ anime }, other) => isSeason[other] && anime.type === 'TV');
  if (series.length === 0) return false;
  const { anime } = series.reduce((best, other) =>
    other.anime.members > best.anime.members ? other : best,
  );
  return (anime.episodes ?? LONG_SERIES) >= LONG_SERIES;
}

/** The film or OVA that this title is an extra of: its whole name, longer than the season's, begins this one's. */
function extendedBy(
  story: readonly Entry[],
  entry: Entry,
  earlier: readonly number[],
  season: number,
): number {
  const length = season < 0 ? 0 : story[season].stem.words.length;
  const extended = earlier.filter((other) => {
    const { stem, anime } = story[other];
    return (
      stem.words.length > length &&
      continues(story[other], entry) &&
      anime.members > entry.anime.members
    );
  });
  return extended.length === 0 ? season : nearest(story, entry, extended, () => true);
}

/** The qualifying title that shares the most words, then the latest. */
function nearest(
  story: readonly Entry[],
  entry: Entry,
  candidates: readonly number[],
  qualifies: (other: Entry) => boolean,
): number {
  let best = -1;
  let bestShared = -1;
  for (const other of candidates) {
    if (!qualifies(story[other])) continue;
    const shared = sharedWords(story[other], entry);
    if (shared >= bestShared) {
      best = other;
      bestShared = shared;
    }
  }
  // of several seasons with that name, the last one before this title
  for (const other of candidates)
    if (best >= 0 && other > best && sameWork(story[best], story[other])) best = other;
  return best;
}

function isRemake(last: Anime, entry: Entry): boolean {
  if (entry.stem.numbers[0] === 1) return true;
  if (entry.stem.numbers.length > 0) return false;
  const ended = Number((last.airedTo ?? last.airedFrom ?? '').slice(0, 4));
  return ended > 0 && entry.anime.year !== null && entry.anime.year - ended >= RETELLING_YEARS;
}

/** Same name, or the same numbered name: "Overlord" and "Overlord III", "JoJo … Part 4: …" and "JoJo … Part 5: …". */
function sameWork(a: Entry, b: Entry): boolean {
  return a.stem.words.join(' ') === b.stem.words.join(' ') || sameNumberedStem(a, b);
}

function sameNumberedStem({ stem: a }: Entry, { stem: b }: Entry): boolean {
  if (b.numbers.length === 0) return false;
  const name = b.words.slice(0, b.numberAt).join(' ');
  if (a.numbers.length === 0) return b.counted === '' && a.words.join(' ') === name;
  return a.counted === b.counted && a.words.slice(0, a.numberAt).join(' ') === name;
}

function comesBefore(a: Entry, b: Entry): boolean {
  return (
    a.stem.numbers.length === 0 ||
    b.stem.numbers.length === 0 ||
    compareNumbers(a.stem.numbers, b.stem.numbers) < 0
  );
}

/** Whether `b` names the season `a` by its number: "Haikyuu!! 2nd Season" and "Haikyuu!! 2nd Season Specials". */
function isPartOf(a: Entry, b: Entry): boolean {
  const { numbers, counted } = b.stem;
  if (numbers.length === 0 || counted !== '' || !sameNumberedStem(a, b)) return false;
  return compareNumbers(a.stem.numbers.length > 0 ? a.stem.numbers : [1], numbers) === 0;
}

/** [3] < [3, 2] < [4]; no number counts as the first. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 1) - (b[i] ?? 1);
    if (a[i] !== b[i] && difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether `b`'s name begins with `a`'s whole name. */
function continues(a: Entry, b: Entry): boolean {
  return sharedWords(a, b) === a.stem.words.length;
}

function sharedWords({ stem: a }: Entry, { stem: b }: Entry): number {
  let shared = 0;
  while (shared < a.words.length && a.words[shared] === b.words[shared]) shared++;
  return shared;
}

/** Whether two series of an anthology share only its name, so that neither continues the other. */
function sharesOnly(anthology: string | null, a: Entry, b: Entry): boolean {
  if (anthology === null || sameWork(a, b)) return false;
  if (continues(a, b) && a.stem.words.join(' ') !== anthology) return false;
  return sharedWords(a, b) <= anthology.split(' ').length;
}
