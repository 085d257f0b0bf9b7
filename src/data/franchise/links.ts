/**
 * Finds titles of one story by their names in three languages, studio, source and genres.
 *
 * Two titles are compared when their names begin alike. Each agreement adds points; a short or common beginning ("Love",
 * "Blue") needs more support than a long one. The weights were set by hand on the real catalogue; a hand-checked list in
 * the tests guards them.
 */
import type { Anime } from '../anime.ts';
import { japaneseStem, type TitleStem, titleStem } from './title-stem.ts';

/** A title and what is compared. */
export interface Entry {
  readonly anime: Anime;
  readonly stem: TitleStem;
  /** letters[n]: how many letters the first n + 1 words have */
  readonly letters: readonly number[];
  readonly english: readonly string[];
  readonly japanese: string;
}

export function entryOf(anime: Anime): Entry {
  const stem = titleStem(anime.title);
  let letters = 0;
  return {
    anime,
    stem,
    letters: stem.words.map((word) => {
      letters += word.length;
      return letters;
    }),
    english:
      anime.titleEnglish === null
        ? []
        : titleStem(anime.titleEnglish.replace(/:(?=\S)/g, ': ')).words,
    japanese: anime.titleJapanese === null ? '' : japaneseStem(anime.titleJapanese),
  };
}

/** Points from which on two titles belong to one story. */
const THRESHOLD = 6;
/** The most points that studio, source, genres and the English title can add. */
const MOST_CIRCUMSTANCES = 4;

/** Pairs (indices into `entries`) that belong to one story. */
export function titleLinks(entries: readonly Entry[]): [number, number][] {
  const links: [number, number][] = [];
  for (const bucket of romajiBuckets(entries)) {
    const isCommon = commonBeginnings(bucket.map((index) => entries[index]));
    forPairs(bucket, (a, b) => {
      if (romajiPoints(entries[a], entries[b], isCommon) >= THRESHOLD) links.push([a, b]);
    });
  }
  for (const bucket of bucketsOf(entries, ({ japanese }) => japanese.slice(0, 3))) {
    forPairs(bucket, (a, b) => {
      if (japanesePoints(entries[a], entries[b]) >= THRESHOLD) links.push([a, b]);
    });
  }
  return links;
}

/** A first word shared by more titles says nothing; the bound keeps the number of pairs far below titles². */
const LARGEST_BUCKET = 1000;

/** Titles that begin with the same word, or with the same two words where the first is too common. */
function romajiBuckets(entries: readonly Entry[]): number[][] {
  return bucketsOf(entries, ({ stem }) => stem.words[0]).flatMap((bucket) => {
    if (bucket.length <= LARGEST_BUCKET) return [bucket];
    const members = bucket.map((index) => entries[index]);
    const finer = bucketsOf(members, ({ stem }) => stem.words.slice(0, 2).join(' '));
    return finer.map((part) => part.map((at) => bucket[at]));
  });
}

function romajiPoints(a: Entry, b: Entry, isCommon: IsCommon): number {
  const length = commonPrefix(a.stem.words, b.stem.words);
  const wholeA = length === a.stem.words.length;
  const wholeB = length === b.stem.words.length;
  const whole = wholeA || wholeB;
  const hard = a.stem.breaks[length - 1] && b.stem.breaks[length - 1];
  let points = lengthPoints(a.letters[length - 1], length);
  if (!whole && !hard && points < 3) return 0;
  if (whole) points += hard ? 2 : 1;
  if (wholeA && wholeB) points += 1;
  if (hard) points += 1;
  points += japaneseAgreement(a.japanese, b.japanese);
  if (points + MOST_CIRCUMSTANCES < THRESHOLD) return 0;
  if (!whole && isCommon(a.stem.words.slice(0, length))) points -= 2;
  if (a.stem.year !== b.stem.year) points -= 0.5;
  if (commonPrefix(a.english, b.english) > 0) points += 0.5;
  return points + circumstances(a.anime, b.anime);
}

function japanesePoints(a: Entry, b: Entry): number {
  const length = commonPrefix(a.japanese, b.japanese);
  const wholeA = length === a.japanese.length;
  const wholeB = length === b.japanese.length;
  if (!wholeA && !wholeB) return 0;
  let points = length >= 8 ? 4 : length >= 6 ? 3 : length >= 4 ? 2 : 1;
  if (wholeA && wholeB) points += 1;
  if (commonPrefix(a.stem.words, b.stem.words) > 0) points += 1;
  if (commonPrefix(a.english, b.english) > 1) points += 1;
  return points + circumstances(a.anime, b.anime);
}

/** Points for the length of a shared beginning: a long one is seldom shared by chance. */
function lengthPoints(letters: number, words: number): number {
  if (letters >= 12 && words >= 3) return 4;
  if (letters >= 9) return 3;
  return letters >= 6 ? 2 : 1;
}

function japaneseAgreement(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  const length = commonPrefix(a, b);
  const shorter = Math.min(a.length, b.length);
  if (length === shorter) return 2;
  if (length >= 4 && length >= 0.6 * shorter) return 2;
  if (a.includes(b) || b.includes(a)) return 1;
  return length === 0 ? -1 : 0;
}

/** Points for studio, source, genres, form and time: they support a link but never make one. */
function circumstances(a: Anime, b: Anime): number {
  let points = 0;
  const apart = a.year === null || b.year === null ? 0 : Math.abs(a.year - b.year);
  if (a.studios.some((studio) => b.studios.includes(studio))) points += apart <= 3 ? 2.5 : 2;
  if (a.source !== null && a.source === b.source) points += 0.5;
  if (overlap(a.genres, b.genres) >= 0.4) points += 0.5;
  if (a.adult !== b.adult) points -= 2;
  if (a.type === 'Music' || b.type === 'Music') points -= 2;
  if (apart > 15) points -= 1;
  return points;
}

/** Jaccard index. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((value) => b.includes(value)).length;
  return both === 0 ? 0 : both / (a.length + b.length - both);
}

function commonPrefix<T>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a[length] === b[length]) length++;
  return length;
}

type IsCommon = (beginning: readonly string[]) => boolean;

/** A beginning that more studios use is common: "mahou shoujo" belongs to nobody. */
const COMMON_STUDIOS = 6;

function commonBeginnings(entries: readonly Entry[]): IsCommon {
  const known = new Map<string, boolean>();
  return (beginning) => {
    const key = beginning.join(' ');
    let common = known.get(key);
    if (common === undefined) {
      const same = entries.filter(({ stem }) =>
        beginning.every((word, at) => stem.words[at] === word),
      );
      common =
        new Set(same.flatMap(({ anime }) => anime.studios.slice(0, 1))).size > COMMON_STUDIOS;
      known.set(key, common);
    }
    return common;
  };
}

function bucketsOf(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string | undefined,
): number[][] {
  const buckets = new Map<string, number[]>();
  entries.forEach((entry, index) => {
    const key = keyOf(entry);
    if (!key) return;
    const bucket = buckets.get(key);
    if (bucket) bucket.push(index);
    else buckets.set(key, [index]);
  });
  return [...buckets.values()].filter(({ length }) => length > 1);
}

function forPairs(bucket: readonly number[], visit: (a: number, b: number) => void): void {
  for (let i = 0; i < bucket.length; i++)
    for (let j = i + 1; j < bucket.length; j++) visit(bucket[i], bucket[j]);
}
