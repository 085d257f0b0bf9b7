// One half-sweep of iALS over some rows: preconditioned conjugate gradient, each row from where it stands.
import { addFour, addOne, dotFour, dotOne, sumLanes } from './dense';

/** Below this rᵀM⁻¹r a row is solved as far as f32 can tell. */
const SOLVED: f32 = 1e-30;

export function solveRows(
  indptr: usize,
  indices: usize,
  values: usize,
  ridge: usize,
  from: u32,
  to: u32,
  others: usize,
  width: u32,
  spectrum: usize,
  spread: usize,
  steps: u32,
  rows: usize,
  scratch: usize,
): void {
  const bytes: usize = <usize>width << 2;
  for (let row: u32 = from; row < to; row++) {
    const entry = indptr + (<usize>row << 2);
    const start: usize = <usize>load<u32>(entry) << 2;
    const end: usize = <usize>load<u32>(entry, 4) << 2;
    const x = rows + <usize>row * bytes;
    if (start == end) memory.fill(x, 0, bytes);
    else solveRow(indices + start, indices + end, values + start, load<f32>(ridge + (<usize>row << 2)), others, bytes, spectrum, spread, steps, x, scratch);
  }
}

function solveRow(
  index: usize,
  end: usize,
  value: usize,
  ridge: f32,
  others: usize,
  bytes: usize,
  spectrum: usize,
  spread: usize,
  steps: u32,
  x: usize,
  scratch: usize,
): void {
  const r = scratch; // residual b − Ax
  const p = r + bytes; // direction
  const q = p + bytes; // Ap
  const own = q + bytes; // diagonal of A without the entries
  const scale = own + bytes; // M⁻¹
  prepare(spectrum, spread, ridge, total(value, end - index), x, r, own, scale, bytes);
  addEntries(index, end, value, others, bytes, x, r, true);
  let rz: f32 = direct(r, scale, 0, p, bytes);
  for (let step: u32 = 1; rz > SOLVED; step++) {
    if (step >= steps) {
      // No residual is needed after the last step: pᵀAp without Ap.
      const curvature = weighed(p, own, bytes) + entriesCurvature(index, end, value, others, bytes, p);
      addOne(p, rz / curvature, x, bytes);
      return;
    }
    multiply(own, p, q, bytes);
    addEntries(index, end, value, others, bytes, p, q, false);
    const length = rz / dotOne(p, q, bytes);
    addOne(p, length, x, bytes);
    addOne(q, -length, r, bytes);
    const next = weighed(r, scale, bytes);
    direct(r, scale, next / rz, p, bytes);
    rz = next;
  }
}

/** The confidence of all entries together. */
// @ts-ignore: decorator of AssemblyScript
@inline
function total(value: usize, bytes: usize): f32 {
  let sum: f32 = 0;
  for (let k: usize = 0; k < bytes; k += 4) sum += load<f32>(value + k);
  return sum;
}

/** own = spectrum + ridge, M⁻¹ = 1 / (own + confidence · spread), r = −own · x. */
// @ts-ignore: decorator of AssemblyScript
@inline
function prepare(spectrum: usize, spread: usize, ridge: f32, confidence: f32, x: usize, r: usize, own: usize, scale: usize, bytes: usize): void {
  const ones = f32x4.splat(1), ridges = f32x4.splat(ridge), confidences = f32x4.splat(confidence);
  for (let k: usize = 0; k < bytes; k += 16) {
    const o = f32x4.add(v128.load(spectrum + k), ridges);
    v128.store(own + k, o);
    v128.store(scale + k, f32x4.div(ones, f32x4.add(o, f32x4.mul(confidences, v128.load(spread + k)))));
    v128.store(r + k, f32x4.neg(f32x4.mul(o, v128.load(x + k))));
  }
}

/** y += Σ_e s_e · v_e; s = c · (1 − v·x) for the residual, c · (v·x) for the product with A. */
// @ts-ignore: decorator of AssemblyScript
@inline
function addEntries(index: usize, end: usize, value: usize, others: usize, bytes: usize, x: usize, y: usize, residual: bool): void {
  const ones = f32x4.splat(1);
  for (const stop = index + ((end - index) & ~15); index < stop; index += 16, value += 16) {
    const a = others + <usize>load<u32>(index) * bytes;
    const b = others + <usize>load<u32>(index, 4) * bytes;
    const c = others + <usize>load<u32>(index, 8) * bytes;
    const d = others + <usize>load<u32>(index, 12) * bytes;
    const dots = dotFour(a, b, c, d, x, bytes);
    addFour(a, b, c, d, f32x4.mul(v128.load(value), residual ? f32x4.sub(ones, dots) : dots), y, bytes);
  }
  for (; index < end; index += 4, value += 4) {
    const a = others + <usize>load<u32>(index) * bytes;
    const dot = dotOne(a, x, bytes);
    addOne(a, load<f32>(value) * (residual ? 1 - dot : dot), y, bytes);
  }
}

/** Σ_e c_e · (v_e·p)². */
// @ts-ignore: decorator of AssemblyScript
@inline
function entriesCurvature(index: usize, end: usize, value: usize, others: usize, bytes: usize, p: usize): f32 {
  let sums = f32x4.splat(0);
  for (const stop = index + ((end - index) & ~15); index < stop; index += 16, value += 16) {
    const a = others + <usize>load<u32>(index) * bytes;
    const b = others + <usize>load<u32>(index, 4) * bytes;
    const c = others + <usize>load<u32>(index, 8) * bytes;
    const d = others + <usize>load<u32>(index, 12) * bytes;
    const dots = dotFour(a, b, c, d, p, bytes);
    sums = f32x4.add(sums, f32x4.mul(v128.load(value), f32x4.mul(dots, dots)));
  }
  let sum = sumLanes(sums);
  for (; index < end; index += 4, value += 4) {
    const dot = dotOne(others + <usize>load<u32>(index) * bytes, p, bytes);
    sum += load<f32>(value) * dot * dot;
  }
  return sum;
}

/** Σ_k scale[k] · r[k]²: rᵀM⁻¹r, or the part of pᵀAp that is on the diagonal. */
// @ts-ignore: decorator of AssemblyScript
@inline
function weighed(r: usize, scale: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const each = v128.load(r + k);
    sums = f32x4.add(sums, f32x4.mul(v128.load(scale + k), f32x4.mul(each, each)));
  }
  return sumLanes(sums);
}

/** q = own · p, entry by entry. */
// @ts-ignore: decorator of AssemblyScript
@inline
function multiply(own: usize, p: usize, q: usize, bytes: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) v128.store(q + k, f32x4.mul(v128.load(own + k), v128.load(p + k)));
}

/** p = M⁻¹r + β · p, or M⁻¹r when β is 0. @returns rᵀM⁻¹r */
// @ts-ignore: decorator of AssemblyScript
@inline
function direct(r: usize, scale: usize, beta: f32, p: usize, bytes: usize): f32 {
  const betas = f32x4.splat(beta);
  let sums = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const each = v128.load(r + k);
    const z = f32x4.mul(v128.load(scale + k), each);
    sums = f32x4.add(sums, f32x4.mul(z, each));
    v128.store(p + k, beta == 0 ? z : f32x4.add(z, f32x4.mul(betas, v128.load(p + k))));
  }
  return sumLanes(sums);
}
