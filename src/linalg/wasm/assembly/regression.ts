// Many small ridge regressions, each by one Cholesky factorization in which the explained variable comes last: its row
// of L is then already the right side, solved forwards, and its pivot is what the others do not explain.
import { dotFour } from './dense';

export function regressions(systems: usize, sizes: usize, count: u32): u32 {
  let system = systems;
  for (let s: u32 = 0; s < count; s++) {
    const size = load<u32>(sizes + (<usize>s << 2));
    const stride: usize = <usize>(((size + 7) & ~7) << 2);
    if (!factor(system, size, stride)) return s + 1;
    substituteBack(system, size - 1, stride);
    system += <usize>size * stride;
  }
  return 0;
}

/** L in place, with 1 / L_ii on the diagonal; of the last row the pivot itself. */
// @ts-ignore: decorator of AssemblyScript
@inline
function factor(system: usize, size: u32, stride: usize): bool {
  for (let i: u32 = 0; i < size; i++) {
    const row = system + <usize>i * stride;
    const own: u32 = i & ~7; // where the block with the diagonal begins
    for (let first: u32 = 0; first < own; first += 8) {
      subtractEarlier(system, row, first, stride);
      solveBlock(system, row, first, first + 8, stride);
    }
    subtractEarlier(system, row, own, stride);
    solveBlock(system, row, own, i, stride);
    const at = row + (<usize>i << 2);
    let pivot = load<f32>(at);
    for (let d: u32 = own; d < i; d++) {
      const value = load<f32>(row + (<usize>d << 2));
      pivot -= value * value;
    }
    if (!(pivot > 0)) return false;
    store<f32>(at, i + 1 < size ? 1 / sqrt(pivot) : pivot);
  }
  return true;
}

/** Entries [first, first + 8) of the row −= its entries before them times those of the eight rows. */
// @ts-ignore: decorator of AssemblyScript
@inline
function subtractEarlier(system: usize, row: usize, first: u32, stride: usize): void {
  const bytes: usize = <usize>first << 2;
  const a = system + <usize>first * stride;
  const b = a + 4 * stride;
  const at = row + bytes;
  v128.store(at, f32x4.sub(v128.load(at), dotFour(a, a + stride, a + 2 * stride, a + 3 * stride, row, bytes)));
  v128.store(at, f32x4.sub(v128.load(at, 16), dotFour(b, b + stride, b + 2 * stride, b + 3 * stride, row, bytes)), 16);
}

/** Entries [first, to) of the row by the rows of their own block. */
// @ts-ignore: decorator of AssemblyScript
@inline
function solveBlock(system: usize, row: usize, first: u32, to: u32, stride: usize): void {
  for (let c: u32 = first; c < to; c++) {
    const other = system + <usize>c * stride;
    let sum = load<f32>(row + (<usize>c << 2));
    for (let d: u32 = first; d < c; d++) sum -= load<f32>(row + (<usize>d << 2)) * load<f32>(other + (<usize>d << 2));
    store<f32>(row + (<usize>c << 2), sum * load<f32>(other + (<usize>c << 2)));
  }
}

/** The last row y becomes w with Lᵀw = y. */
// @ts-ignore: decorator of AssemblyScript
@inline
function substituteBack(system: usize, last: u32, stride: usize): void {
  const y = system + <usize>last * stride;
  for (let i: u32 = last; i-- > 0; ) {
    const row = system + <usize>i * stride;
    const w = load<f32>(y + (<usize>i << 2)) * load<f32>(row + (<usize>i << 2));
    store<f32>(y + (<usize>i << 2), w);
    const factor = f32x4.splat(w);
    const quads: usize = <usize>(i & ~3) << 2;
    for (let k: usize = 0; k < quads; k += 16) v128.store(y + k, f32x4.sub(v128.load(y + k), f32x4.mul(factor, v128.load(row + k))));
    for (let k: usize = quads; k < <usize>i << 2; k += 4) store<f32>(y + k, load<f32>(y + k) - w * load<f32>(row + k));
  }
}
