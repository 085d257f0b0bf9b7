// The embedding network on one batch: catching rows up, cosines, gradients with Adam. Its head is in head.ts.
import { sumLanes } from './dense';

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-7;

export function gatherRows(
  from: u32,
  to: u32,
  rows: usize,
  table: usize,
  last: usize,
  drift: usize,
  dimension: u32,
  units: usize,
  inverseNorms: usize,
): void {
  const bytes: usize = <usize>dimension << 2;
  for (let r: usize = from; r < <usize>to; r++) {
    const row: usize = load<u32>(rows + (r << 2));
    const p: usize = table + 3 * row * bytes;
    const shift = f32x4.splat(load<f32>(drift + (load<u32>(last + (row << 2)) << 2)));
    const unit: usize = units + r * bytes;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    for (let k: usize = 0; k < bytes; k += 32) {
      const a = drifted(p + k, bytes, shift);
      const b = drifted(p + k + 16, bytes, shift);
      s0 = f32x4.add(s0, f32x4.mul(a, a));
      s1 = f32x4.add(s1, f32x4.mul(b, b));
      v128.store(unit + k, a);
      v128.store(unit + k, b, 16);
    }
    const squares = sumLanes(f32x4.add(s0, s1));
    const inverse: f32 = 1 / sqrt<f32>(max<f32>(squares, 1e-12));
    store<f32>(inverseNorms + (r << 2), inverse);
    const scale = f32x4.splat(inverse);
    for (let k: usize = 0; k < bytes; k += 16) v128.store(unit + k, f32x4.mul(v128.load(unit + k), scale));
  }
}

/** Four floats of p as they are after the steps their row was not named in; its moves begin `bytes` after p. */
// @ts-ignore: decorator of AssemblyScript
@inline
function drifted(p: usize, bytes: usize, shift: v128): v128 {
  return f32x4.sub(v128.load(p), f32x4.mul(shift, v128.load(p + bytes)));
}

export function settleRows(
  from: u32,
  to: u32,
  table: usize,
  last: usize,
  drift: usize,
  momentDecay: usize,
  deviationDecay: usize,
  step: u32,
  dimension: u32,
): void {
  const bytes: usize = <usize>dimension << 2;
  const epsilon = f32x4.splat(EPSILON);
  for (let row: usize = from; row < <usize>to; row++) {
    const lastAt: usize = last + (row << 2);
    const seen: usize = load<u32>(lastAt);
    const missed: usize = <usize>step - seen;
    if (missed === 0) continue;
    const shift = f32x4.splat(load<f32>(drift + (seen << 2)));
    const decay1 = f32x4.splat(load<f32>(momentDecay + (missed << 2)));
    const decay2 = f32x4.splat(load<f32>(deviationDecay + (missed << 2)));
    const start: usize = table + 3 * row * bytes;
    for (let p = start; p < start + bytes; p += 16) {
      const move = v128.load(p + bytes);
      const deviation = v128.load(p + 2 * bytes);
      const moment = f32x4.mul(decay1, f32x4.mul(move, f32x4.add(deviation, epsilon)));
      const decayed = f32x4.mul(decay2, deviation);
      v128.store(p, drifted(p, bytes, shift));
      v128.store(p + bytes, f32x4.div(moment, f32x4.add(decayed, epsilon)));
      v128.store(p + 2 * bytes, decayed);
    }
    store<u32>(lastAt, step);
  }
}

export function pairCosines(
  from: u32,
  to: u32,
  indptr: usize,
  pairs: usize,
  others: usize,
  units: usize,
  dimension: u32,
  cosines: usize,
): void {
  const bytes: usize = <usize>dimension << 2;
  for (let r: usize = from; r < <usize>to; r++) {
    const end: usize = <usize>load<u32>(indptr + (r << 2), 4) << 2;
    for (let q: usize = <usize>load<u32>(indptr + (r << 2)) << 2; q < end; q += 4) {
      const other: usize = units + <usize>load<u32>(others + q) * bytes;
      store<f32>(cosines + (<usize>load<u32>(pairs + q) << 2), dot(units + r * bytes, other, bytes));
    }
  }
}

/** Σ a·b over `bytes` / 4 floats, in four times four sums. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 64) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a + k), v128.load(b + k)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a + k, 16), v128.load(b + k, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(a + k, 32), v128.load(b + k, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(a + k, 48), v128.load(b + k, 48)));
  }
  return sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
}

export function adamRows(
  from: u32,
  to: u32,
  rows: usize,
  indptr: usize,
  pairs: usize,
  others: usize,
  cosines: usize,
  slopes: usize,
  units: usize,
  inverseNorms: usize,
  table: usize,
  last: usize,
  drift: usize,
  momentDecay: usize,
  deviationDecay: usize,
  step: u32,
  rate: f32,
  l2: f32,
  dimension: u32,
): void {
  const bytes: usize = <usize>dimension << 2;
  const rates = f32x4.splat(rate);
  const pull = f32x4.splat(2 * l2);
  for (let r: usize = from; r < <usize>to; r++) {
    const row: usize = load<u32>(rows + (r << 2));
    const first: usize = <usize>load<u32>(indptr + (r << 2)) << 2;
    const end: usize = <usize>load<u32>(indptr + (r << 2), 4) << 2;
    let along: f32 = 0;
    for (let q = first; q < end; q += 4) {
      const pair: usize = <usize>load<u32>(pairs + q) << 2;
      along += load<f32>(slopes + pair) * load<f32>(cosines + pair);
    }
    const unit: usize = units + r * bytes;
    const start: usize = table + 3 * row * bytes;
    const lastAt: usize = last + (row << 2);
    const seen: usize = load<u32>(lastAt);
    const missed: usize = <usize>step - 1 - seen;
    const decay2 = load<f32>(deviationDecay + (missed << 2));
    const inverse = f32x4.splat(load<f32>(inverseNorms + (r << 2)));
    const back = f32x4.splat(along * load<f32>(inverseNorms + (r << 2)));
    const shift = f32x4.splat(load<f32>(drift + (seen << 2)));
    const keep1 = f32x4.splat(BETA1 * load<f32>(momentDecay + (missed << 2)));
    const keep2 = f32x4.splat(BETA2 * decay2 * decay2);
    // Sixteen columns at a time, from the gradient to the step, in registers.
    for (let k: usize = 0; k < bytes; k += 64) {
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      for (let q = first; q < end; q += 4) {
        const slope = v128.load32_splat(slopes + (<usize>load<u32>(pairs + q) << 2));
        const other: usize = units + <usize>load<u32>(others + q) * bytes + k;
        s0 = f32x4.add(s0, f32x4.mul(slope, v128.load(other)));
        s1 = f32x4.add(s1, f32x4.mul(slope, v128.load(other, 16)));
        s2 = f32x4.add(s2, f32x4.mul(slope, v128.load(other, 32)));
        s3 = f32x4.add(s3, f32x4.mul(slope, v128.load(other, 48)));
      }
      const p: usize = start + k;
      const u = unit + k;
      adam4(p, bytes, tangent(s0, v128.load(u), inverse, back), shift, keep1, keep2, rates, pull);
      adam4(p + 16, bytes, tangent(s1, v128.load(u, 16), inverse, back), shift, keep1, keep2, rates, pull);
      adam4(p + 32, bytes, tangent(s2, v128.load(u, 32), inverse, back), shift, keep1, keep2, rates, pull);
      adam4(p + 48, bytes, tangent(s3, v128.load(u, 48), inverse, back), shift, keep1, keep2, rates, pull);
    }
    store<u32>(lastAt, step);
  }
}

/** (sum − along · unit) · inverseNorm, back being along · inverseNorm. */
// @ts-ignore: decorator of AssemblyScript
@inline
function tangent(sum: v128, unit: v128, inverse: v128, back: v128): v128 {
  return f32x4.sub(f32x4.mul(inverse, sum), f32x4.mul(back, unit));
}

/** Adam on four floats with the gradient of the loss; that of l2·p² is added, pull = 2·l2. keep1 and keep2 are β₁ᵏ⁺¹ and β₂ᵏ⁺¹. */
// @ts-ignore: decorator of AssemblyScript
@inline
function adam4(p: usize, bytes: usize, loss: v128, shift: v128, keep1: v128, keep2: v128, rate: v128, pull: v128): void {
  const epsilon = f32x4.splat(EPSILON);
  const move = v128.load(p + bytes);
  const old = v128.load(p + 2 * bytes);
  const value = f32x4.sub(v128.load(p), f32x4.mul(shift, move));
  const g = f32x4.add(loss, f32x4.mul(pull, value));
  const kept = f32x4.mul(keep1, f32x4.mul(move, f32x4.add(old, epsilon)));
  const moment = f32x4.add(kept, f32x4.mul(f32x4.splat(1 - BETA1), g));
  const variance = f32x4.add(f32x4.mul(keep2, f32x4.mul(old, old)), f32x4.mul(f32x4.splat(1 - BETA2), f32x4.mul(g, g)));
  const deviation = f32x4.sqrt(variance);
  const next = f32x4.div(moment, f32x4.add(deviation, epsilon));
  v128.store(p, f32x4.sub(value, f32x4.mul(rate, next)));
  v128.store(p + bytes, next);
  v128.store(p + 2 * bytes, deviation);
}

export function carryDrift(
  from: u32,
  to: u32,
  drift: usize,
  momentDecay: usize,
  deviationDecay: usize,
  step: u32,
  rate: f32,
): void {
  for (let s = from; s < to; s++) {
    const k: usize = <usize>(step - s) << 2;
    const at = drift + (<usize>s << 2);
    store<f32>(at, load<f32>(at) + (rate * load<f32>(momentDecay + k)) / load<f32>(deviationDecay + k));
  }
}
