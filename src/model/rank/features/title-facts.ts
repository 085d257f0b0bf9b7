/** What the features of candidates need of every title, worked out once: codes to count a list by, and its own numbers. */
import type { Anime, Catalogue } from '../../../data/anime.ts';
import { type Places, placesOf } from '../../item-weights/score-multipliers.ts';
import { featurePlace } from '../feature-names.ts';
import type { TitleStatistics } from './title-statistics.ts';

/** Codes of one kind (e.g. genres) of every title: those of title j stand in indices[indptr[j], indptr[j + 1]). */
export interface Codes {
  readonly indptr: Uint32Array;
  readonly indices: Uint16Array;
  /** how many codes there are */
  readonly size: number;
  /** share of all listings that are of titles with a code, at least LEAST_SHARE */
  readonly shares: Float32Array;
}

export interface TitleFacts {
  readonly items: number;
  readonly places: Places;
  /** the title to see first, −1 = none */
  readonly prerequisites: Int32Array;
  readonly genres: Codes;
  readonly studios: Codes;
  readonly types: Codes;
  readonly sources: Codes;
  readonly classes: Codes;
  /** by year: share of all listings that are of titles within a year of it */
  readonly yearShares: Float32Array;
  readonly logListings: Float32Array;
  readonly meanScores: Float32Array;
  /** 1 = a TV series */
  readonly tv: Uint8Array;
  /** titles × width: features that are the same for everybody */
  readonly own: Float32Array;
  readonly width: number;
  /** where each of them stands among FEATURES */
  readonly ownPlaces: Uint16Array;
}

const LEAST_SHARE = 1e-4;
/** For titles whose mean score or year is not known. */
const USUAL_SCORE = 6.6;
const USUAL_YEAR = 2008;
/** Titles with few scores lean towards the mean of all, as if they had this many more. */
const SHRINKAGE = 5;

export function titleFactsOf(catalogue: Catalogue, statistics: TitleStatistics): TitleFacts {
  const { seen } = statistics;
  const places = placesOf(catalogue);
  const itemOf = new Map(catalogue.map(({ animeId }, item) => [animeId, item]));
  const codes = (of: (anime: Anime) => readonly string[]) => codesOf(catalogue, of, seen);
  const one = (value: string | null) => (value === null ? [] : [value]);
  const own = ownNumbers(catalogue, statistics, places);
  return {
    items: catalogue.length,
    places,
    prerequisites: Int32Array.from(
      catalogue,
      ({ franchise }) => itemOf.get(franchise?.prerequisite ?? -1) ?? -1,
    ),
    genres: codes(({ genres }) => genres),
    studios: codes(({ studios }) => studios),
    types: codes(({ type }) => one(type)),
    sources: codes(({ source }) => one(source)),
    classes: codes(({ ratingClass }) => one(ratingClass)),
    yearShares: yearSharesOf(places.years, seen),
    logListings: logListingsOf(statistics),
    meanScores: Float32Array.from(catalogue, ({ meanScore }) => meanScore ?? USUAL_SCORE),
    tv: Uint8Array.from(catalogue, ({ type }) => (type === 'TV' ? 1 : 0)),
    ...own,
  };
}

function codesOf(
  catalogue: Catalogue,
  of: (anime: Anime) => readonly string[],
  seen: Float32Array,
): Codes {
  const numbers = new Map<string, number>();
  const indptr = new Uint32Array(catalogue.length + 1);
  const indices: number[] = [];
  const counts: number[] = [];
  let total = 1;
  for (const [item, anime] of catalogue.entries()) {
    total += seen[item];
    for (const name of new Set(of(anime))) {
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      indices.push(number);
      counts[number] = (counts[number] ?? 0) + seen[item];
    }
    indptr[item + 1] = indices.length;
  }
  const shares = Float32Array.from(counts, (count) => Math.max(LEAST_SHARE, count / total));
  return { indptr, indices: Uint16Array.from(indices), size: numbers.size, shares };
}

function yearSharesOf(years: Uint16Array, seen: Float32Array): Float32Array {
  const counts = new Float64Array(2 + years.reduce((last, year) => Math.max(last, year), 0));
  let total = 1;
  for (let item = 0; item < years.length; item++) {
    if (years[item] === 0) continue;
    counts[years[item]] += seen[item];
    total += seen[item];
  }
  return Float32Array.from(counts, (count, year) =>
    Math.max(LEAST_SHARE, ((counts[year - 1] ?? 0) + count + (counts[year + 1] ?? 0)) / total),
  );
}

/** ln (1 + listings) as if by a thousand people, so that it means the same on folds and on everybody. */
function logListingsOf({ people, seen }: TitleStatistics): Float32Array {
  const scale = 1000 / Math.max(1, people);
  return seen.map((count) => Math.log1p(scale * count));
}

const RATING_CLASSES = ['G', 'PG', 'PG-13', 'R', 'R+', 'Rx'];
const NOVELS = new Set(['Light novel', 'Novel', 'Book']);
const GAMES = new Set(['Game', 'Card game', 'Visual novel']);

/** The numbers of each title that are the same for everybody, by name of the feature. */
function ownNumbers(catalogue: Catalogue, statistics: TitleStatistics, { years }: Places) {
  const { seen, dropped, watching, planned, scored, liked, deviation } = statistics;
  const sum = (numbers: Float32Array) => numbers.reduce((total, number) => total + number, 0);
  const rate = (part: Float32Array, whole: Float32Array) => {
    const usual = sum(part) / Math.max(1, sum(whole));
    return part.map((count, item) => (count + SHRINKAGE * usual) / (whole[item] + SHRINKAGE));
  };
  const of = (read: (anime: Anime, item: number) => number) => Float32Array.from(catalogue, read);
  const flag = (read: (anime: Anime) => boolean) => of((anime) => (read(anime) ? 1 : 0));
  const logListings = logListingsOf(statistics);
  const logMembers = of(({ members }) => Math.log1p(Math.max(0, members)));
  const columns: Readonly<Record<string, Float32Array>> = {
    'title-deviation': deviation.map((total, item) => total / (scored[item] + SHRINKAGE)),
    'liked-rate': rate(liked, scored),
    'dropped-rate': rate(dropped, seen),
    'watching-rate': rate(watching, seen),
    'planned-rate': planned.map((count, item) => Math.log((count + 1) / (seen[item] + 1))),
    'log-listings': logListings,
    'log-members': logMembers,
    'members-to-listings': logMembers.map((members, item) => members - logListings[item]),
    'mean-score': of(({ meanScore }) => meanScore ?? USUAL_SCORE),
    year: of((_, item) => years[item] || USUAL_YEAR),
    'story-size': of(({ franchise }) => Math.log1p(franchise?.size ?? 1)),
    'story-position': of(({ franchise }) => Math.log1p(franchise?.position ?? 1)),
    'has-prerequisite': flag(({ franchise }) => franchise?.prerequisite != null),
    tv: flag(({ type }) => type === 'TV'),
    movie: flag(({ type }) => type === 'Movie'),
    ova: flag(({ type }) => type === 'OVA'),
    special: flag(({ type }) => type === 'Special'),
    ona: flag(({ type }) => type === 'ONA'),
    music: flag(({ type }) => type === 'Music'),
    manga: flag(({ source }) => source?.includes('manga') || source?.includes('Manga') || false),
    novel: flag(({ source }) => NOVELS.has(source ?? '')),
    original: flag(({ source }) => source === 'Original'),
    game: flag(({ source }) => GAMES.has(source ?? '')),
    'rating-class': of(({ ratingClass }) => classNumber(ratingClass)),
    adult: flag(({ adult }) => adult),
    'log-episodes': of(({ episodes }) => Math.log1p(episodes ?? 1)),
    'log-duration': of(({ duration }) => Math.log1p(duration ?? 24)),
  };
  const names = Object.keys(columns);
  const own = new Float32Array(catalogue.length * names.length);
  names.forEach((name, n) => {
    const values = columns[name];
    for (let item = 0; item < values.length; item++) own[item * names.length + n] = values[item];
  });
  return { own, width: names.length, ownPlaces: Uint16Array.from(names, featurePlace) };
}

/** 1 = for all ages … 6; 3 where it is not known. */
function classNumber(ratingClass: string | null): number {
  const [name] = (ratingClass ?? '').split(' ');
  return 1 + RATING_CLASSES.indexOf(name) || 3;
}
