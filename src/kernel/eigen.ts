/**
 * Eigenvalues and vectors of a small symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, §8.5), in float64:
 * slow for large matrices, but accurate to the last digits, and the same on every machine.
 */
export interface Eigen {
  /** descending */
  readonly values: Float64Array;
  /** n × n, row-major: column c is the vector of values[c], of length 1 */
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/** @param matrix n × n, row-major, symmetric; left as it is */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  // rows of v are the vectors: a rotation then works on two contiguous rows
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const negligible = 1e-30 * sumOfSquares(a);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > negligible; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((i, j) => a[j * n + j] - a[i * n + i] || i - j);
  const vectors = new Float64Array(n * n);
  for (let c = 0; c < n; c++) for (let r = 0; r < n; r++) vectors[r * n + c] = v[order[c] * n + r];
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors };
}

/** A ← JᵀAJ, V ← JᵀV with the rotation J of p and q that makes A[p,q] zero. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  rotateRows(a, n, p, q, c, s);
  for (let k = 0; k < n; k++) {
    const akp = a[k * n + p];
    const akq = a[k * n + q];
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  rotateRows(v, n, p, q, c, s);
}

function rotateRows(m: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const mp = m[p * n + k];
    const mq = m[q * n + k];
    m[p * n + k] = c * mp - s * mq;
    m[q * n + k] = s * mp + c * mq;
  }
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += 2 * a[i * n + j] ** 2;
  return sum;
}

function sumOfSquares(a: Float64Array): number {
  return a.reduce((sum, value) => sum + value * value, 0);
}
