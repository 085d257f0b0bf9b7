/**
 * A = Q·diag(λ)·Qᵀ of a small symmetric matrix in float64: Householder reduction to a tridiagonal matrix, then QL
 * iterations with implicit shifts (tred2 and tql2 of EISPACK; Bowdler, Martin, Reinsch, Wilkinson 1968). The hot loops
 * run along rows: Z holds Qᵀ.
 */
import { OsusumeError } from '../error.ts';

export interface Eigen {
  /** λ, descending */
  readonly values: Float64Array;
  /** Q, row-major: column c is the vector of values[c], of length 1 */
  readonly vectors: Float64Array;
}

/** A matrix needs about two QL iterations an eigenvalue. */
const MOST_ITERATIONS = 60;

/** @param matrix row-major size × size; only its lower triangle is read, and it is left as it is */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): Eigen {
  let largest = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) largest = Math.max(largest, Math.abs(matrix[i * size + j]));
  // With a largest entry of 1, squares that underflow are negligible.
  const unit = largest === 0 ? 1 : largest;
  const z = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) z[i * size + j] = z[j * size + i] = matrix[i * size + j] / unit;
  const { diagonal, beside } = tridiagonalize(z, size);
  diagonalize(diagonal, beside, z, size);
  for (let k = 0; k < size; k++) diagonal[k] *= unit;
  return descending(diagonal, z, size);
}

/** Largest first; rows of z become columns. */
function descending(diagonal: Float64Array, z: Float64Array, size: number): Eigen {
  const order = Array.from({ length: size }, (_, k) => k);
  order.sort((a, b) => diagonal[b] - diagonal[a] || a - b);
  const vectors = new Float64Array(size * size);
  for (let c = 0; c < size; c++)
    for (let r = 0; r < size; r++) vectors[r * size + c] = z[order[c] * size + r];
  return { values: Float64Array.from(order, (k) => diagonal[k]), vectors };
}

/**
 * T = H·A·Hᵀ by one reflection I − 2·v·vᵀ a column; `a` becomes H, the product of the reflections.
 * @returns T: its diagonal, and what stands beside it (beside[i] = T[i, i + 1])
 */
function tridiagonalize(a: Float64Array, size: number) {
  const beside = new Float64Array(size);
  const reflections: Float64Array[] = [];
  for (let k = 0; k + 2 < size; k++) {
    const v = reflector(a, size, k);
    beside[k] = v === null ? a[k * size + k + 1] : v.image;
    reflections.push(v === null ? new Float64Array(size) : v.unit);
    if (v !== null) reflectBothSides(a, size, k + 1, v.unit);
  }
  if (size > 1) beside[size - 2] = a[(size - 1) * size + size - 2];
  const diagonal = Float64Array.from({ length: size }, (_, i) => a[i * size + i]);
  a.fill(0);
  for (let i = 0; i < size; i++) a[i * size + i] = 1;
  // H = H_last ⋯ H_0, built from the right end: each reflection then meets few rows that are not unit rows.
  for (let k = size - 3; k >= 0; k--) reflectColumns(a, size, k + 1, reflections[k]);
  return { diagonal, beside };
}

/** The unit v that reflects row k right of the diagonal onto its first entry, and that entry; null when it is negligible. */
function reflector(a: Float64Array, size: number, k: number) {
  const unit = new Float64Array(size);
  unit.set(a.subarray(k * size + k + 1, (k + 1) * size), k + 1);
  const before = lengthOf(unit);
  if (before <= Number.EPSILON) return null;
  const image = unit[k + 1] > 0 ? -before : before;
  unit[k + 1] -= image;
  const length = lengthOf(unit);
  for (let j = k + 1; j < size; j++) unit[j] /= length;
  return { unit, image };
}

function lengthOf(v: Float64Array): number {
  let squares = 0;
  for (let j = 0; j < v.length; j++) squares += v[j] * v[j];
  return Math.sqrt(squares);
}

/** A ← (I − 2vvᵀ)·A·(I − 2vvᵀ) from row and column `from` on: A − 2(v·wᵀ + w·vᵀ), w = Av − (vᵀAv)·v. */
function reflectBothSides(a: Float64Array, size: number, from: number, v: Float64Array): void {
  const w = new Float64Array(size);
  let along = 0;
  for (let i = from; i < size; i++) {
    let sum = 0;
    for (let j = from, at = i * size + from; j < size; j++, at++) sum += a[at] * v[j];
    w[i] = sum;
    along += sum * v[i];
  }
  for (let i = from; i < size; i++) w[i] -= along * v[i];
  for (let i = from; i < size; i++) {
    const [vi, wi] = [2 * v[i], 2 * w[i]];
    for (let j = from, at = i * size + from; j < size; j++, at++) a[at] -= vi * w[j] + wi * v[j];
  }
}

/** A ← A·(I − 2vvᵀ) where rows and columns before `from` are those of the identity. */
function reflectColumns(a: Float64Array, size: number, from: number, v: Float64Array): void {
  for (let i = from; i < size; i++) {
    let sum = 0;
    for (let j = from, at = i * size + from; j < size; j++, at++) sum += a[at] * v[j];
    if (sum === 0) continue;
    sum *= 2;
    for (let j = from, at = i * size + from; j < size; j++, at++) a[at] -= sum * v[j];
  }
}

/** QL iterations on T until nothing is left beside the diagonal; every rotation of T turns two rows of z too. */
function diagonalize(d: Float64Array, e: Float64Array, z: Float64Array, size: number): void {
  // As small as the rounding of A itself: beside eigenvalues of no size nothing smaller can be reached.
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(d[i]) + Math.abs(e[i]));
  const negligible = Number.EPSILON * largest;
  for (let first = 0; first < size; first++) {
    for (let iteration = 0; ; iteration++) {
      const end = uncoupledFrom(e, first, size, negligible);
      if (end === first) break;
      if (iteration === MOST_ITERATIONS)
        throw new OsusumeError(
          `Factors cannot be decomposed: ${MOST_ITERATIONS} iterations left ${e[first]} beside ${d[first]}; are all weights finite?`,
        );
      sweepQl(d, e, z, size, first, end);
    }
  }
}

/** The first place from `first` on whose entry beside the diagonal is negligible. */
function uncoupledFrom(e: Float64Array, first: number, size: number, negligible: number): number {
  let end = first;
  while (end < size - 1 && !(Math.abs(e[end]) <= negligible)) end++; // NaN is never negligible
  return end;
}

/** One QL iteration on rows [first, end] with Wilkinson's shift. */
function sweepQl(
  d: Float64Array,
  e: Float64Array,
  z: Float64Array,
  size: number,
  first: number,
  end: number,
): void {
  let g = (d[first + 1] - d[first]) / (2 * e[first]);
  g = d[end] - d[first] + e[first] / (g + Math.sign(g || 1) * Math.hypot(g, 1));
  let [sine, cosine, carried] = [1, 1, 0];
  for (let i = end - 1; i >= first; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= carried;
      e[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - carried;
    const t = (d[i] - g) * sine + 2 * cosine * b;
    carried = sine * t;
    d[i + 1] = g + carried;
    g = cosine * t - b;
    turnRows(z, size, i, sine, cosine);
  }
  d[first] -= carried;
  e[first] = g;
  e[end] = 0;
}

/** Rows i and i + 1 of z, turned against each other. */
function turnRows(z: Float64Array, size: number, i: number, sine: number, cosine: number): void {
  const stop = (i + 1) * size;
  for (let at = i * size; at < stop; at++) {
    const below = z[at + size];
    z[at + size] = sine * z[at] + cosine * below;
    z[at] = cosine * z[at] - sine * below;
  }
}
