/**
 * Means over people, and other ratios, with their 95 % bootstrap intervals (percentile method): people are drawn with
 * replacement, 1,000 times.
 *
 *   mean         of one value a person
 *   ratio        of two sums over people, Σ sum / Σ count: each draw takes both numbers of a person
 *   difference   of the ratios of two models on the same people: each draw takes the same people for both, so what
 *                makes a person easy or hard for every model cancels out
 *
 * Draws for n people are made once: all columns of a leaderboard use the same ones.
 */
import { random } from '../data/random.ts';
import { type PersonValues, ratioOf } from './person-values.ts';

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
/** Draws of more people than that are made anew each time, to bound memory (32 MB for each number of people). */
const MOST_KEPT = 8000;
const ONES = (length: number) => new Float64Array(length).fill(1);

export class Bootstrap {
  readonly #seed: number;
  /** by number of people: RESAMPLES × people positions */
  readonly #draws = new Map<number, Uint32Array>();

  constructor(seed = 1) {
    this.#seed = seed;
  }

  /** @returns NaN throughout when there are no values */
  mean(values: ArrayLike<number>): Interval {
    return this.#interval(Float64Array.from(values), ONES(values.length));
  }

  /** People with count 0 have no part in it. NaN throughout when nobody has one. */
  ratio({ sums, counts }: PersonValues): Interval {
    const has = (_: number, i: number) => counts[i] > 0;
    return this.#interval(sums.filter(has), counts.filter(has));
  }

  /** Of several measures by name. */
  ratios<Name extends string>(
    values: Readonly<Record<Name, PersonValues>>,
  ): Record<Name, Interval> {
    const entries = Object.entries<PersonValues>(values);
    return Object.fromEntries(entries.map(([name, of]) => [name, this.ratio(of)])) as Record<
      Name,
      Interval
    >;
  }

  /** ratio(a) − ratio(b); `a` and `b` are about the same people, in the same order. */
  difference(a: PersonValues, b: PersonValues): Interval {
    // Means over the same people: the difference of the means is the mean of the differences.
    if (isMean(a) && isMean(b) && a.counts.every((count, i) => count === b.counts[i]))
      return this.ratio({ sums: a.sums.map((sum, i) => sum - b.sums[i]), counts: a.counts });
    const has = (_: number, i: number) => a.counts[i] > 0 || b.counts[i] > 0;
    return this.#interval(
      ...([a.sums.filter(has), a.counts.filter(has)] as const),
      ...([b.sums.filter(has), b.counts.filter(has)] as const),
    );
  }

  #interval(
    sums: Float64Array,
    counts: Float64Array,
    otherSums?: Float64Array,
    otherCounts?: Float64Array,
  ): Interval {
    const people = sums.length;
    const draws = this.#drawsOf(people);
    const values = ratiosOf(draws, sums, counts);
    let mean = ratioOf({ sums, counts });
    if (otherSums && otherCounts) {
      const others = ratiosOf(draws, otherSums, otherCounts);
      for (let b = 0; b < values.length; b++) values[b] -= others[b];
      mean -= ratioOf({ sums: otherSums, counts: otherCounts });
    }
    values.sort();
    return {
      mean,
      low: values[Math.floor(0.025 * RESAMPLES)],
      high: values[Math.ceil(0.975 * RESAMPLES) - 1],
    };
  }

  #drawsOf(people: number): Uint32Array {
    const kept = this.#draws.get(people);
    if (kept) return kept;
    const uniform = random(this.#seed);
    const draws = new Uint32Array(RESAMPLES * people);
    for (let d = 0; d < draws.length; d++) draws[d] = Math.floor(uniform() * people);
    if (people <= MOST_KEPT) this.#draws.set(people, draws);
    return draws;
  }
}

function ratiosOf(draws: Uint32Array, sums: Float64Array, counts: Float64Array): Float64Array {
  const people = sums.length;
  if (counts.every((count) => count === 1)) return meansOf(draws, sums);
  return Float64Array.from({ length: RESAMPLES }, (_, b) => {
    let sum = 0;
    let count = 0;
    for (let d = b * people; d < (b + 1) * people; d++) {
      sum += sums[draws[d]];
      count += counts[draws[d]];
    }
    return sum / count;
  });
}

function meansOf(draws: Uint32Array, values: Float64Array): Float64Array {
  const people = values.length;
  return Float64Array.from({ length: RESAMPLES }, (_, b) => {
    let sum = 0;
    for (let d = b * people; d < (b + 1) * people; d++) sum += values[draws[d]];
    return sum / people;
  });
}

function isMean({ counts }: PersonValues): boolean {
  return counts.every((count) => count === 0 || count === 1);
}

/** Of a mean over people. @returns NaN throughout when there are no values */
export function bootstrapInterval(values: readonly number[], seed = 1): Interval {
  return new Bootstrap(seed).mean(values);
}
