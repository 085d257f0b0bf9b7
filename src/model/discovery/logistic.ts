/** Logistic regression of a few coefficients, by Newton's method, with a normal prior around usual ones. */
import { Matrix, solve } from 'ml-matrix';

export interface Observations {
  /** observations × terms, row-major */
  readonly terms: Float64Array;
  /** 1 = it happened */
  readonly outcomes: Uint8Array;
  /** how many cases each stands for */
  readonly weights: Float64Array;
}

/** How many observations the usual coefficients count like, more or less: the precision of each one's prior. */
const PRIOR = 20;
const STEPS = 40;
const ENOUGH = 1e-7;

/**
 * The maximum of Σ weight · log likelihood − PRIOR/2 · |β − usual|². The objective is concave; a step that would lower it is
 * halved until it does not.
 */
export function fitLogistic(data: Observations, usual: readonly number[]): Float64Array {
  let coefficients = Float64Array.from(usual);
  let best = objective(data, coefficients, usual);
  for (let n = 0; n < STEPS; n++) {
    const step = newtonStep(data, coefficients, usual);
    let scale = 1;
    let next = coefficients;
    let reached = Number.NEGATIVE_INFINITY;
    for (; scale > 1e-6 && !(reached >= best); scale /= 2) {
      const size = scale;
      next = coefficients.map((value, k) => value + size * step[k]);
      reached = objective(data, next, usual);
    }
    if (!(reached >= best)) return coefficients;
    const gained = reached - best;
    coefficients = next;
    best = reached;
    if (gained <= ENOUGH * Math.abs(best)) return coefficients;
  }
  return coefficients;
}

function logitOf(terms: Float64Array, row: number, coefficients: Float64Array): number {
  const width = coefficients.length;
  let sum = 0;
  for (let k = 0; k < width; k++) sum += terms[row * width + k] * coefficients[k];
  return sum;
}

function objective(
  { terms, outcomes, weights }: Observations,
  coefficients: Float64Array,
  usual: readonly number[],
): number {
  let sum = 0;
  for (let row = 0; row < outcomes.length; row++) {
    const logit = logitOf(terms, row, coefficients);
    // −ln(1 + e^−x) without overflow
    const signed = outcomes[row] === 1 ? logit : -logit;
    sum += weights[row] * (Math.min(0, signed) - Math.log1p(Math.exp(-Math.abs(signed))));
  }
  for (let k = 0; k < usual.length; k++) sum -= (PRIOR / 2) * (coefficients[k] - usual[k]) ** 2;
  return sum;
}

/** H⁻¹g */
function newtonStep(
  { terms, outcomes, weights }: Observations,
  coefficients: Float64Array,
  usual: readonly number[],
): number[] {
  const width = usual.length;
  const gradient = usual.map((value, k) => PRIOR * (value - coefficients[k]));
  const curvature = Matrix.eye(width, width, PRIOR).to2DArray();
  for (let row = 0; row < outcomes.length; row++) {
    const chance = 1 / (1 + Math.exp(-logitOf(terms, row, coefficients)));
    const off = weights[row] * (outcomes[row] - chance);
    const bend = weights[row] * chance * (1 - chance);
    for (let k = 0; k < width; k++) {
      const term = terms[row * width + k];
      gradient[k] += off * term;
      for (let l = 0; l <= k; l++) curvature[k][l] += bend * term * terms[row * width + l];
    }
  }
  for (let k = 0; k < width; k++) for (let l = 0; l < k; l++) curvature[l][k] = curvature[k][l];
  return solve(new Matrix(curvature), Matrix.columnVector(gradient)).to1DArray();
}
