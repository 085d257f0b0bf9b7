/** Plain TypeScript reference of the kernels on dense factors; part of reference.ts. */
import type { Kernels } from './kernels.ts';

type FactorKernels = Pick<
  Kernels,
  'solveRows' | 'factorGram' | 'addOuterRows' | 'rotateRows' | 'dotRows'
>;

export function referenceFactorKernels(
  u32: (pointer: number, length?: number) => Uint32Array,
  f32: (pointer: number, length?: number) => Float32Array,
): FactorKernels {
  const rowOf = (factors: number, row: number, width: number) =>
    f32(factors + 4 * row * width, width);

  return {
    solveRows(
      indptr,
      indices,
      values,
      ridge,
      from,
      to,
      others,
      width,
      spectrum,
      spread,
      steps,
      rows,
      _scratch,
    ) {
      for (let row = from; row < to; row++) {
        const [start, end] = u32(indptr + 4 * row, 2);
        const x = rowOf(rows, row, width);
        if (start === end) {
          x.fill(0);
          continue;
        }
        const entries = Array.from(u32(indices + 4 * start, end - start), (other, e) => ({
          confidence: f32(values + 4 * start)[e],
          vector: rowOf(others, other, width),
        }));
        const own = Float64Array.from(f32(spectrum, width), (each) => each + f32(ridge)[row]);
        const total = entries.reduce((sum, { confidence }) => sum + confidence, 0);
        const scale = own.map((each, k) => 1 / (each + total * f32(spread)[k]));
        conjugateGradient(entries, own, scale, steps, x);
      }
    },

    factorGram(factors, from, to, width, out) {
      const sums = f32(out, width * width).fill(0);
      for (let r = from; r < to; r++) addOuter(rowOf(factors, r, width), 1, sums);
    },

    addOuterRows(factors, width, items, weights, count, out, right, _scratch) {
      const sums = f32(out, width * width);
      const sum = f32(right, width);
      for (let e = 0; e < count; e++) {
        const vector = rowOf(factors, u32(items)[e], width);
        addOuter(vector, f32(weights)[e], sums);
        for (let k = 0; k < width; k++) sum[k] += f32(weights)[e] * vector[k];
      }
    },

    rotateRows(factors, from, to, width, rotation, _scratch) {
      for (let r = from; r < to; r++) {
        const row = rowOf(factors, r, width);
        const before = row.slice();
        for (let b = 0; b < width; b++)
          row[b] = before.reduce((sum, x, a) => sum + x * f32(rotation)[a * width + b], 0);
      }
    },

    dotRows(factors, count, width, vector, out) {
      const x = f32(vector, width);
      for (let r = 0; r < count; r++) f32(out)[r] = dot(rowOf(factors, r, width), x);
    },
  };
}

interface Entry {
  readonly confidence: number;
  readonly vector: Float32Array;
}

/** Towards A·x = Σ c·v with A = diag(own) + Σ c·v·vᵀ, preconditioned by diag(scale) ≈ A⁻¹; x in place. */
function conjugateGradient(
  entries: readonly Entry[],
  own: Float64Array,
  scale: Float64Array,
  steps: number,
  x: Float32Array,
): void {
  const multiply = (y: ArrayLike<number>) => {
    const product = own.map((each, k) => each * y[k]);
    for (const { confidence, vector } of entries) {
      const along = confidence * dot(vector, y);
      for (let k = 0; k < product.length; k++) product[k] += along * vector[k];
    }
    return product;
  };
  const r = multiply(x).map((each) => -each);
  for (const { confidence, vector } of entries)
    for (let k = 0; k < r.length; k++) r[k] += confidence * vector[k];
  let p = r.map((each, k) => scale[k] * each);
  let rz = dot(r, p);
  for (let step = 0; step < steps && rz > 1e-30; step++) {
    const product = multiply(p);
    const length = rz / dot(p, product);
    for (let k = 0; k < r.length; k++) {
      x[k] += length * p[k];
      r[k] -= length * product[k];
    }
    const z = r.map((each, k) => scale[k] * each);
    const next = dot(r, z);
    p = p.map((each, k) => z[k] + (next / rz) * each);
    rz = next;
  }
}

/** sums[a,b] += scale · v[a] · v[b] for b ≤ a. */
function addOuter(v: Float32Array, scale: number, sums: Float32Array): void {
  for (let a = 0; a < v.length; a++)
    for (let b = 0; b <= a; b++) sums[a * v.length + b] += scale * v[a] * v[b];
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
