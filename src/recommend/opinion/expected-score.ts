/**
 * The score that a person would probably give to a title, and how sure that is. Of a list that is whole:
 *
 *   r̂ = a₀ + a₁ m + a₂ b + Σ_k a₂₊ₖ Δ_k                   (score-evidence.ts)
 *   σ̂ = c₀ + c₁ · spread + c₂ · unsupported + c₃ (r̂ − 7.5)   expected size of its error
 *   interval: r̂ + q σ̂ with q = the tenth and the ninetieth percentile of (r − r̂) / σ̂
 *
 * A few scores have coefficients of their own: they are of favourites, mostly, and say little about the scale of a person.
 * Lists between get a mixture. All were fitted
 * by least squares to the held-out scores of the validation people of the real sample, each person counting alike;
 * `npm run bench -- opinion` fits them again and measures error and coverage on people that they were not fitted to.
 */
import { NEIGHBOURS, type NeighbourShift, type ScoreEvidence } from './score-evidence.ts';

/** Coefficients of one kind of lists. */
export interface ScoreCoefficients {
  /** a: of 1, m, b, and Δ in the order of NEIGHBOURS */
  readonly score: readonly number[];
  /** c: of 1, spread, unsupported, r̂ − MIDDLE */
  readonly error: readonly number[];
}

export interface ScoreModel {
  readonly whole: ScoreCoefficients;
  readonly part: ScoreCoefficients;
  /** q: the two ends of the interval, in σ̂ */
  readonly ends: readonly [number, number];
}

/** How many of the scores lie in the interval. */
export const COVERAGE = 0.8;
const MIDDLE = 7.5;
const LEAST_ERROR = 0.3;
const [LOWEST, HIGHEST] = [1, 10];

export const SCORE_MODEL: ScoreModel = {
  whole: {
    score: [0.112, 0.977, 1.003, 0.965, 0.428, 0.092],
    error: [0.062, 0.493, 0.471, -0.063],
  },
  part: {
    score: [1.437, 0.813, 0.318, 0.641, 0.257, 0.196],
    error: [0.856, 0.106, 0.29, -0.159],
  },
  ends: [-1.63, 1.533],
};

export interface ExpectedScore {
  /** 1–10 */
  readonly score: number;
  /** COVERAGE of the scores lie between low and high, both 1–10 */
  readonly low: number;
  readonly high: number;
  /** σ̂ */
  readonly error: number;
  /** what everyone's mean says: score = everyone + level + the sum of points, kept between 1 and 10 */
  readonly everyone: number;
  /** how much higher the person scores than everyone */
  readonly level: number;
  /** what each scored title adds; those that add nothing are left out */
  readonly points: readonly { readonly item: number; readonly points: number }[];
}

export function expectedScore(
  evidence: ScoreEvidence,
  { whole, part, ends }: ScoreModel = SCORE_MODEL,
): ExpectedScore {
  const { whole: share } = evidence;
  const a = mixed(whole.score, part.score, share);
  const everyone = a[0] + a[1] * evidence.everyone;
  const level = a[2] * evidence.level;
  const points = evidence.neighbours
    .map((neighbour) => ({ item: neighbour.item, points: pointsOf(neighbour, a) }))
    .filter((each) => each.points !== 0);
  const sum = points.reduce((total, each) => total + each.points, everyone + level);
  const score = clip(sum);
  const c = mixed(whole.error, part.error, share);
  const error = Math.max(LEAST_ERROR, dot(c, errorTerms(evidence, score)));
  const [low, high] = ends.map((end) => clip(score + end * error));
  return { score, low, high, error, everyone, level, points };
}

/** 1, m, b and Δ: what r̂ is a weighted sum of. */
export function scoreTerms({ everyone, level, neighbours }: ScoreEvidence): number[] {
  const shifts = NEIGHBOURS.map((_, kind) =>
    neighbours.reduce((sum, neighbour) => sum + neighbour.shifts[kind], 0),
  );
  return [1, everyone, level, ...shifts];
}

/** 1, spread, unsupported and r̂ − MIDDLE: what σ̂ is a weighted sum of. */
export function errorTerms({ spread, unsupported }: ScoreEvidence, score: number): number[] {
  return [1, spread, unsupported, score - MIDDLE];
}

function pointsOf({ shifts }: NeighbourShift, a: readonly number[]): number {
  return shifts.reduce((sum, shift, kind) => sum + a[3 + kind] * shift, 0);
}

function mixed(whole: readonly number[], part: readonly number[], share: number): number[] {
  return whole.map((value, n) => share * value + (1 - share) * part[n]);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, n) => sum + value * b[n], 0);
}

function clip(score: number): number {
  return Math.min(HIGHEST, Math.max(LOWEST, score));
}
