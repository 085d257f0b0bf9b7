/** Traffic against the baseline of its bundle: a population stability index for each dimension. */
import { OsusumeError } from '../error.ts';
import {
  type BinChange,
  type Distribution,
  populationStability,
  type Reading,
  readingOf,
  type Stability,
} from './population-stability.ts';
import { LENGTH_NAMES } from './title-bins.ts';
import type { BundleTraffic, Traffic, TrafficBaseline } from './traffic.ts';

export type Dimension = 'genre' | 'popularity' | 'list_length';
export type Population = keyof Traffic;

export interface DimensionDrift {
  readonly population: Population;
  readonly dimension: Dimension;
  /** null = nothing to compare */
  readonly psi: number | null;
  readonly reading: Reading;
  /** what chance alone makes of the PSI on average */
  readonly byChance: number | null;
  readonly bins: readonly (BinChange & { readonly name: string })[];
}

export interface Drift {
  readonly bundle: string;
  readonly since: string;
  /** lists that were counted, with the empty ones */
  readonly lists: { readonly asked: number; readonly recommended: number };
  readonly dimensions: readonly DimensionDrift[];
}

export function driftOf(traffic: BundleTraffic): Drift {
  const { bundle, since, asked, recommended, baseline } = traffic;
  return {
    bundle,
    since,
    lists: { asked: sum(asked.listLength), recommended: recommended.lists },
    dimensions: dimensionsOf(traffic, baseline),
  };
}

export function dimensionsOf(traffic: Traffic, baseline: TrafficBaseline): DimensionDrift[] {
  const { asked, recommended } = traffic;
  return [
    genreDrift('asked', baseline.asked, asked),
    popularityDrift('asked', baseline.asked, asked),
    lengthDrift(baseline.asked, asked),
    genreDrift('recommended', baseline.recommended, recommended),
    popularityDrift('recommended', baseline.recommended, recommended),
  ];
}

/**
 * The traffic of several servers as one.
 * @throws OsusumeError when they serve different bundles: their bins differ
 */
export function totalTraffic(parts: readonly BundleTraffic[]): BundleTraffic {
  const [first, ...others] = parts;
  const other = others.find(({ bundle }) => bundle !== first.bundle);
  if (other)
    throw new OsusumeError(
      `The servers have counted for different bundles (${first.bundle} and ${other.bundle}), which cannot be added: ask again when all serve the same one, or ask each by itself`,
    );
  return others.reduce(together, first);
}

function together(a: BundleTraffic, b: BundleTraffic): BundleTraffic {
  return {
    bundle: a.bundle,
    since: a.since < b.since ? a.since : b.since,
    asked: {
      ...added(a.asked, b.asked),
      listLength: addedBins(a.asked.listLength, b.asked.listLength),
    },
    recommended: added(a.recommended, b.recommended),
    baseline: a.baseline,
  };
}

type Counted = Traffic['recommended'];

function added(a: Counted, b: Counted): Counted {
  const names = [...new Set([...Object.keys(a.genre), ...Object.keys(b.genre)])];
  const genre = names.map((name) => [name, (a.genre[name] ?? 0) + (b.genre[name] ?? 0)]);
  return {
    lists: a.lists + b.lists,
    genre: Object.fromEntries(genre),
    popularity: addedBins(a.popularity, b.popularity),
  };
}

function addedBins(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, bin) => value + b[bin]);
}

function genreDrift(population: Population, expected: Counted, found: Counted): DimensionDrift {
  const names = [...new Set([...Object.keys(expected.genre), ...Object.keys(found.genre)])].sort();
  const bins = ({ lists, genre }: Counted): Distribution => ({
    bins: names.map((name) => genre[name] ?? 0),
    observations: lists,
  });
  return drifted(population, 'genre', names, bins(expected), bins(found));
}

function popularityDrift(population: Population, expected: Counted, found: Counted) {
  const names = found.popularity.map((_, decile) => String(decile + 1));
  const bins = ({ lists, popularity }: Counted) => ({ bins: popularity, observations: lists });
  return drifted(population, 'popularity', names, bins(expected), bins(found));
}

function lengthDrift(expected: Traffic['asked'], found: Traffic['asked']): DimensionDrift {
  const bins = ({ listLength }: Traffic['asked']) => ({
    bins: listLength,
    observations: sum(listLength),
  });
  return drifted('asked', 'list_length', LENGTH_NAMES, bins(expected), bins(found));
}

function drifted(
  population: Population,
  dimension: Dimension,
  names: readonly string[],
  expected: Distribution,
  found: Distribution,
): DimensionDrift {
  const stability: Stability | null = populationStability(expected, found);
  const changes = stability?.bins ?? [];
  return {
    population,
    dimension,
    psi: stability?.psi ?? null,
    reading: readingOf(stability),
    byChance: stability?.byChance ?? null,
    bins: changes.map((change, bin) => ({ name: names[bin], ...change })),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
