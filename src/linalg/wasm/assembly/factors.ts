// Dense work on factors: rows of `width` f32 (a multiple of 8).
import { dotFour, dotOne } from './dense';

/** Rows multiplied together: 32 rows of 128 are 16 KiB and stay in the first cache. */
const BLOCK: u32 = 32;

export function factorGram(factors: usize, from: u32, to: u32, width: u32, out: usize): void {
  const bytes: usize = <usize>width << 2;
  memory.fill(out, 0, <usize>width * bytes);
  for (let row: u32 = from; row < to; row += BLOCK) {
    const block = factors + <usize>row * bytes;
    addProduct(block, block, min(BLOCK, to - row), width, out);
  }
}

export function addOuterRows(
  factors: usize,
  width: u32,
  items: usize,
  weights: usize,
  count: u32,
  out: usize,
  right: usize,
  scratch: usize,
): void {
  const bytes: usize = <usize>width << 2;
  const weighed = scratch + <usize>BLOCK * bytes;
  for (let first: u32 = 0; first < count; first += BLOCK) {
    const block = min(BLOCK, count - first);
    for (let e: u32 = 0; e < block; e++) {
      const entry: usize = <usize>(first + e) << 2;
      const v = factors + <usize>load<u32>(items + entry) * bytes;
      const c = f32x4.splat(load<f32>(weights + entry));
      const at: usize = <usize>e * bytes;
      for (let k: usize = 0; k < bytes; k += 16) {
        const each = v128.load(v + k);
        const scaled = f32x4.mul(c, each);
        v128.store(scratch + at + k, each);
        v128.store(weighed + at + k, scaled);
        v128.store(right + k, f32x4.add(v128.load(right + k), scaled));
      }
    }
    addProduct(weighed, scratch, block, width, out);
  }
}

/** out[a,b] += Σ_r left[r,a] · right[r,b] for b ≤ a, in tiles of 4 × 8 that are kept in registers. */
// @ts-ignore: decorator of AssemblyScript
@inline
function addProduct(left: usize, right: usize, rows: u32, width: u32, out: usize): void {
  const bytes: usize = <usize>width << 2;
  const stop: usize = <usize>rows * bytes;
  for (let a: usize = 0; a < bytes; a += 16) {
    for (let b: usize = 0; b <= a; b += 32) {
      let s00 = f32x4.splat(0), s10 = f32x4.splat(0), s20 = f32x4.splat(0), s30 = f32x4.splat(0);
      let s01 = f32x4.splat(0), s11 = f32x4.splat(0), s21 = f32x4.splat(0), s31 = f32x4.splat(0);
      for (let r: usize = 0; r < stop; r += bytes) {
        const l = left + r + a;
        const v0 = v128.load(right + r + b);
        const v1 = v128.load(right + r + b, 16);
        const l0 = v128.load32_splat(l);
        s00 = f32x4.add(s00, f32x4.mul(l0, v0));
        s01 = f32x4.add(s01, f32x4.mul(l0, v1));
        const l1 = v128.load32_splat(l, 4);
        s10 = f32x4.add(s10, f32x4.mul(l1, v0));
        s11 = f32x4.add(s11, f32x4.mul(l1, v1));
        const l2 = v128.load32_splat(l, 8);
        s20 = f32x4.add(s20, f32x4.mul(l2, v0));
        s21 = f32x4.add(s21, f32x4.mul(l2, v1));
        const l3 = v128.load32_splat(l, 12);
        s30 = f32x4.add(s30, f32x4.mul(l3, v0));
        s31 = f32x4.add(s31, f32x4.mul(l3, v1));
      }
      let o = out + (a >> 2) * bytes + b;
      addPair(o, s00, s01);
      addPair((o += bytes), s10, s11);
      addPair((o += bytes), s20, s21);
      addPair((o += bytes), s30, s31);
    }
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function addPair(at: usize, first: v128, second: v128): void {
  v128.store(at, f32x4.add(v128.load(at), first));
  v128.store(at, f32x4.add(v128.load(at, 16), second), 16);
}

export function rotateRows(factors: usize, from: u32, to: u32, width: u32, rotation: usize, scratch: usize): void {
  const bytes: usize = <usize>width << 2;
  let row: u32 = from;
  for (; row + 4 <= to; row += 4) {
    const at = factors + <usize>row * bytes;
    memory.copy(scratch, at, 4 * bytes);
    for (let column: usize = 0; column < bytes; column += 32) {
      let s00 = f32x4.splat(0), s10 = f32x4.splat(0), s20 = f32x4.splat(0), s30 = f32x4.splat(0);
      let s01 = f32x4.splat(0), s11 = f32x4.splat(0), s21 = f32x4.splat(0), s31 = f32x4.splat(0);
      let q = rotation + column;
      for (let x = scratch; x < scratch + bytes; x += 4) {
        const q0 = v128.load(q);
        const q1 = v128.load(q, 16);
        q += bytes;
        const x0 = v128.load32_splat(x);
        s00 = f32x4.add(s00, f32x4.mul(x0, q0));
        s01 = f32x4.add(s01, f32x4.mul(x0, q1));
        const x1 = v128.load32_splat(x + bytes);
        s10 = f32x4.add(s10, f32x4.mul(x1, q0));
        s11 = f32x4.add(s11, f32x4.mul(x1, q1));
        const x2 = v128.load32_splat(x + 2 * bytes);
        s20 = f32x4.add(s20, f32x4.mul(x2, q0));
        s21 = f32x4.add(s21, f32x4.mul(x2, q1));
        const x3 = v128.load32_splat(x + 3 * bytes);
        s30 = f32x4.add(s30, f32x4.mul(x3, q0));
        s31 = f32x4.add(s31, f32x4.mul(x3, q1));
      }
      storePair(at + column, s00, s01);
      storePair(at + bytes + column, s10, s11);
      storePair(at + 2 * bytes + column, s20, s21);
      storePair(at + 3 * bytes + column, s30, s31);
    }
  }
  for (; row < to; row++) {
    const at = factors + <usize>row * bytes;
    memory.copy(scratch, at, bytes);
    for (let column: usize = 0; column < bytes; column += 16) {
      let sum = f32x4.splat(0);
      let q = rotation + column;
      for (let x = scratch; x < scratch + bytes; x += 4, q += bytes) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(x), v128.load(q)));
      }
      v128.store(at + column, sum);
    }
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function storePair(at: usize, first: v128, second: v128): void {
  v128.store(at, first);
  v128.store(at, second, 16);
}

export function dotRows(factors: usize, count: u32, width: u32, vector: usize, out: usize): void {
  const bytes: usize = <usize>width << 2;
  let row = factors;
  let left = count;
  for (; left >= 4; left -= 4, row += 4 * bytes, out += 16) {
    v128.store(out, dotFour(row, row + bytes, row + 2 * bytes, row + 3 * bytes, vector, bytes));
  }
  for (; left > 0; left--, row += bytes, out += 4) store<f32>(out, dotOne(row, vector, bytes));
}
