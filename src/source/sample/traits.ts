/**
 * What the titles of the sample have in common: each is a set of weighted traits (tags, genres, form, time, source and
 * studio), and two titles are as alike as the cosine of their traits.
 */
import type { SampleTitle } from './titles.ts';

/** Genres that say little about who likes a title: they count less than their rarity says. */
const BROAD = new Set([
  'Action',
  'Adventure',
  'Comedy',
  'Drama',
  'Fantasy',
  'Magic',
  'School',
  'Sci-Fi',
  'Shounen',
  'Supernatural',
  'Super Power',
]);
/** What a trait counts, beside its rarity. */
const SHARE = { tag: 1, genre: 0.6, broad: 0.3, form: 0.8, time: 0.8, source: 0.35, studio: 0.4 };
/** A trait counts as if at least this share of the titles had it, so that a rare one does not outweigh all others. */
const RAREST = 0.009;

type Kind = keyof typeof SHARE;

export class Traits {
  readonly count: number;
  /** of each title its traits */
  readonly of: readonly Int32Array[];
  /** of each trait its weight in the cosine */
  readonly weight: Float64Array;
  /** of each title 1 / length of its weighted traits */
  readonly norm: Float64Array;

  constructor(titles: readonly SampleTitle[]) {
    const numbers = new Map<string, number>();
    const counts: number[] = [];
    const shares: number[] = [];
    this.of = titles.map((title) =>
      Int32Array.from(traitsOf(title), ([kind, name]) => {
        const key = `${kind} ${name}`;
        const number = numbers.get(key) ?? numbers.size;
        numbers.set(key, number);
        shares[number] = SHARE[kind];
        counts[number] = (counts[number] ?? 0) + 1;
        return number;
      }),
    );
    this.count = numbers.size;
    this.weight = Float64Array.from(
      shares,
      (share, k) => share * Math.log(1 / Math.max(RAREST, counts[k] / titles.length)),
    );
    this.norm = Float64Array.from(this.of, (traits) => {
      let squares = 0;
      for (const k of traits) squares += this.weight[k] ** 2;
      return 1 / Math.sqrt(squares || 1);
    });
  }
}

function traitsOf(title: SampleTitle): (readonly [Kind, string | number])[] {
  const { tags, genres, type, year, source, studios } = title;
  return [
    ...tags.map((tag) => ['tag', tag] as const),
    ...genres.map((genre) => [BROAD.has(genre) ? 'broad' : 'genre', genre] as const),
    ['form', type],
    ['time', `decade ${Math.floor(year / 10)}`],
    ['time', `years ${Math.floor((year - 2) / 4)}`],
    ...(source === undefined ? [] : [['source', source] as const]),
    ...studios.map((studio) => ['studio', studio] as const),
  ];
}
