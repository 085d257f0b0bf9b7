/**
 * Population stability index: how far a distribution is from another.
 *
 *   PSI = Σ (aᵢ − eᵢ) · ln(aᵢ / eᵢ)      eᵢ, aᵢ: the share of bin i that is expected, and that is found
 *
 * It is symmetric (KL(a‖e) + KL(e‖a)) and 0 when both are the same. The usual reading, below 0.1 little, above 0.25 large,
 * is a rule of thumb of credit scoring: E. M. Lewis, An Introduction to Credit Scoring (1992); N. Siddiqi, Credit Risk
 * Scorecards (2006).
 *
 * Two samples of n and m from one distribution also differ. Over B bins, PSI / (1/n + 1/m) then follows χ² with B − 1
 * degrees of freedom, so chance alone makes (B − 1) · (1/n + 1/m) of it on average: B. Yurdakul, Statistical Properties of
 * Population Stability Index (2018), https://scholarworks.wmich.edu/dissertations/3208
 */

export const MODERATE = 0.1;
export const LARGE = 0.25;

/** Until chance explains no more than this, a value says nothing: it is half of what counts as moderate. */
const MOST_BY_CHANCE = 0.05;

/** Weights of bins, which need not add up to 1, and how many independent observations they come from. */
export interface Distribution {
  readonly bins: readonly number[];
  readonly observations: number;
}

export interface Stability {
  readonly psi: number;
  /** what chance alone makes of it on average */
  readonly byChance: number;
  /** whether there are enough observations to read it */
  readonly isEnough: boolean;
  /** by bin, in the order that was given */
  readonly bins: readonly BinChange[];
}

export interface BinChange {
  readonly expected: number;
  readonly found: number;
  /** its part of the PSI */
  readonly part: number;
}

export type Reading = 'too few' | 'stable' | 'moderate' | 'large';

/** @returns null when one of the two is empty: then there is nothing to compare */
export function populationStability(expected: Distribution, found: Distribution): Stability | null {
  if (expected.bins.length !== found.bins.length)
    throw new RangeError(
      `populationStability: ${expected.bins.length} bins are expected, and ${found.bins.length} found`,
    );
  const before = sharesOf(expected);
  const after = sharesOf(found);
  if (before === null || after === null) return null;
  const bins = before.map((share, bin) => changeOf(share, after[bin], expected, found));
  const used = bins.filter((change) => change.expected > 0 || change.found > 0).length;
  const psi = bins.reduce((sum, { part }) => sum + part, 0);
  const byChance = (used - 1) * (1 / expected.observations + 1 / found.observations);
  return { psi, byChance, isEnough: byChance <= MOST_BY_CHANCE, bins };
}

export function readingOf(stability: Stability | null): Reading {
  if (stability === null || !stability.isEnough) return 'too few';
  if (stability.psi < MODERATE) return 'stable';
  return stability.psi < LARGE ? 'moderate' : 'large';
}

/** A bin that is empty on one side counts there as half an observation: the logarithm of 0 is infinite. */
function changeOf(
  expected: number,
  found: number,
  { observations: n }: Distribution,
  { observations: m }: Distribution,
): BinChange {
  if (expected === found) return { expected, found, part: 0 };
  const before = expected === 0 ? 0.5 / n : expected;
  const after = found === 0 ? 0.5 / m : found;
  return { expected, found, part: (after - before) * Math.log(after / before) };
}

function sharesOf({ bins, observations }: Distribution): number[] | null {
  const total = bins.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0) || !(observations > 0)) return null;
  return bins.map((weight) => weight / total);
}
