// Layers of the ranking network. Matrices are in strips of 8 columns: see rank-kernels.ts.
import { powerOfTwo } from './exponential';

/** Bytes of one row of a strip. */
const LINE: usize = 32;
const LIMIT: f32 = 5;

export function standardiseRows(
  features: usize,
  count: u32,
  width: u32,
  means: usize,
  scales: usize,
  rows: u32,
  out: usize,
): void {
  const low = f32x4.splat(-LIMIT), high = f32x4.splat(LIMIT);
  const stride: usize = <usize>width << 2;
  for (let column: u32 = 0; column < width; column += 4) {
    // The second half of a strip begins in the same line as the first.
    const target = out + <usize>(column >> 3) * rows * LINE + ((<usize>column & 4) << 2);
    const at: usize = <usize>column << 2;
    if (column + 4 <= width) {
      const mean = v128.load(means + at), scale = v128.load(scales + at);
      for (let r: usize = 0; r < <usize>count; r++) {
        const value = f32x4.mul(f32x4.sub(v128.load(features + r * stride + at), mean), scale);
        v128.store(target + r * LINE, f32x4.pmax(low, f32x4.pmin(high, value)));
      }
    } else {
      for (let r: usize = 0; r < <usize>count; r++) {
        v128.store(target + r * LINE, f32x4.splat(0));
        for (let k: usize = at; k < stride; k += 4) {
          const value = (load<f32>(features + r * stride + k) - load<f32>(means + k)) * load<f32>(scales + k);
          store<f32>(target + r * LINE + k - at, max<f32>(-LIMIT, min<f32>(LIMIT, value)));
        }
      }
    }
    for (let r: usize = count; r < <usize>rows; r++) v128.store(target + r * LINE, f32x4.splat(0));
  }
  if (((width + 3) & 4) == 0) return;
  // An odd number of fours: the last strip has an empty half.
  const empty = out + <usize>((width - 1) >> 3) * rows * LINE + 16;
  for (let r: usize = 0; r < <usize>rows; r++) v128.store(empty + r * LINE, f32x4.splat(0));
}

/** A strip of the weights stays in the nearest cache while all rows pass by. */
export function multiplyLayer(
  inputs: usize,
  weights: usize,
  biases: usize,
  rows: u32,
  depth: u32,
  columns: u32,
  out: usize,
): void {
  const strip: usize = <usize>rows * LINE;
  for (let c: usize = 0; c < <usize>columns; c += 8, weights += <usize>depth * LINE, out += strip) {
    const left = biases ? v128.load(biases + (c << 2)) : f32x4.splat(0);
    const right = biases ? v128.load(biases + (c << 2), 16) : f32x4.splat(0);
    for (let at: usize = 0; at < strip; at += 4 * LINE) multiplyTile(inputs + at, strip, weights, depth, left, right, out + at);
  }
}

/** 4 × 8 sums in eight registers. */
// @ts-ignore: decorator of AssemblyScript
@inline
function multiplyTile(a: usize, strip: usize, b: usize, depth: u32, left: v128, right: v128, out: usize): void {
  let s00 = left, s01 = right, s10 = left, s11 = right;
  let s20 = left, s21 = right, s30 = left, s31 = right;
  for (let k: u32 = 0; k < depth; k += 8, a += strip) {
    for (let p = a; p < a + LINE; p += 4, b += LINE) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const a0 = v128.load32_splat(p);
      s00 = f32x4.add(s00, f32x4.mul(a0, b0));
      s01 = f32x4.add(s01, f32x4.mul(a0, b1));
      const a1 = v128.load32_splat(p, 32);
      s10 = f32x4.add(s10, f32x4.mul(a1, b0));
      s11 = f32x4.add(s11, f32x4.mul(a1, b1));
      const a2 = v128.load32_splat(p, 64);
      s20 = f32x4.add(s20, f32x4.mul(a2, b0));
      s21 = f32x4.add(s21, f32x4.mul(a2, b1));
      const a3 = v128.load32_splat(p, 96);
      s30 = f32x4.add(s30, f32x4.mul(a3, b0));
      s31 = f32x4.add(s31, f32x4.mul(a3, b1));
    }
  }
  storeTile(out, s00, s01, s10, s11, s20, s21, s30, s31);
}

export function multiplyTransposed(inputs: usize, slopes: usize, rows: u32, depth: u32, columns: u32, out: usize): void {
  const strip: usize = <usize>rows * LINE;
  for (let c: u32 = 0; c < columns; c += 8, slopes += strip)
    for (let k: u32 = 0; k < depth; k += 4, out += 4 * LINE)
      multiplyColumns(inputs + <usize>(k >> 3) * strip + ((<usize>k & 4) << 2), slopes, slopes + strip, out);
}

/** Four columns of the inputs with eight of the slopes. */
// @ts-ignore: decorator of AssemblyScript
@inline
function multiplyColumns(a: usize, b: usize, end: usize, out: usize): void {
  let s00 = v128.load(out), s01 = v128.load(out, 16), s10 = v128.load(out, 32), s11 = v128.load(out, 48);
  let s20 = v128.load(out, 64), s21 = v128.load(out, 80), s30 = v128.load(out, 96), s31 = v128.load(out, 112);
  for (; b < end; a += LINE, b += LINE) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(a0, b0));
    s01 = f32x4.add(s01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(a1, b0));
    s11 = f32x4.add(s11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(a2, b0));
    s21 = f32x4.add(s21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(a3, b0));
    s31 = f32x4.add(s31, f32x4.mul(a3, b1));
  }
  storeTile(out, s00, s01, s10, s11, s20, s21, s30, s31);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function storeTile(out: usize, s00: v128, s01: v128, s10: v128, s11: v128, s20: v128, s21: v128, s30: v128, s31: v128): void {
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out, s10, 32);
  v128.store(out, s11, 48);
  v128.store(out, s20, 64);
  v128.store(out, s21, 80);
  v128.store(out, s30, 96);
  v128.store(out, s31, 112);
}

/** 2 · √(2/π) and the cubic term of GELU's form with tanh. */
const STEEP: f32 = 1.5957691216057308;
const CUBIC: f32 = 0.044715;
const LOG2_E: f32 = 1.4426950408889634;

export function gelu(values: usize, count: u32): void {
  for (const end = values + (<usize>count << 2); values < end; values += 16) {
    const x = v128.load(values);
    v128.store(values, f32x4.mul(x, gate(x, f32x4.mul(x, x))));
  }
}

export function geluWithSlopes(values: usize, slopes: usize, count: u32, seed: u32, dropped: u32): void {
  // xorshift32 never leaves 0: the lowest bit keeps the states from it.
  let state = i32x4.mul(i32x4.add(i32x4.splat(seed), i32x4(0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c)), i32x4.splat(0x9e3779b1));
  state = next(next(v128.or(v128.xor(state, i32x4.shr_u(state, 15)), i32x4.splat(1))));
  const least = i32x4.splat(dropped ^ 0x80000000);
  const keep = f32x4.splat(<f32>(1 / (1 - <f64>dropped / 4294967296)));
  const one = f32x4.splat(1);
  for (const end = values + (<usize>count << 2); values < end; values += 16, slopes += 16) {
    const x = v128.load(values);
    const square = f32x4.mul(x, x);
    const s = gate(x, square);
    state = next(state);
    // Unsigned comparison by signed: both have their highest bit turned.
    const kept = v128.and(keep, i32x4.ge_s(v128.xor(state, i32x4.splat(0x80000000)), least));
    v128.store(values, f32x4.mul(kept, f32x4.mul(x, s)));
    const inner = f32x4.mul(f32x4.splat(STEEP), f32x4.add(one, f32x4.mul(f32x4.splat(3 * CUBIC), square)));
    const slope = f32x4.add(s, f32x4.mul(f32x4.mul(x, inner), f32x4.mul(s, f32x4.sub(one, s))));
    v128.store(slopes, f32x4.mul(kept, slope));
  }
}

/** sigmoid(STEEP · (x + CUBIC · x³)) = 1 / (1 + 2^(−log₂e · STEEP · (x + CUBIC · x³))). */
// @ts-ignore: decorator of AssemblyScript
@inline
function gate(x: v128, square: v128): v128 {
  const one = f32x4.splat(1);
  const factor = f32x4.add(f32x4.splat(-LOG2_E * STEEP), f32x4.mul(f32x4.splat(-LOG2_E * STEEP * CUBIC), square));
  return f32x4.div(one, f32x4.add(one, powerOfTwo(f32x4.mul(x, factor))));
}

/** xorshift32 (Marsaglia 2003) in four lanes. */
// @ts-ignore: decorator of AssemblyScript
@inline
function next(state: v128): v128 {
  const a = v128.xor(state, i32x4.shl(state, 13));
  const b = v128.xor(a, i32x4.shr_u(a, 17));
  return v128.xor(b, i32x4.shl(b, 5));
}

export function meanOfRows(rows: usize, count: u32, width: u32, out: usize): void {
  const stride: usize = <usize>width << 2, end = rows + <usize>count * stride;
  const share: f32 = 1 / <f32>count;
  let column: usize = 0;
  for (; column + 16 <= stride; column += 16) {
    let sums = f32x4.splat(0);
    for (let at = rows + column; at < end; at += stride) sums = f32x4.add(sums, v128.load(at));
    v128.store(out + column, f32x4.mul(sums, f32x4.splat(share)));
  }
  for (; column < stride; column += 4) {
    let sum: f32 = 0;
    for (let at = rows + column; at < end; at += stride) sum += load<f32>(at);
    store<f32>(out + column, share * sum);
  }
}
