// Products of packed dense strips.

/** Bytes of a strip of A or B for one inner index: 4 rows, 8 columns. */
const A_LINE: usize = 16;
const B_LINE: usize = 32;

/** A strip of B stays in the nearest cache while all of A passes by. */
export function multiplyStrips(a: usize, b: usize, out: usize, aStrips: u32, bStrips: u32, depth: u32): void {
  const stride: usize = <usize>bStrips * B_LINE;
  for (let j: u32 = 0; j < bStrips; j++) {
    const right = b + <usize>j * <usize>depth * B_LINE;
    for (let i: u32 = 0; i < aStrips; i++)
      addTile(a + <usize>i * <usize>depth * A_LINE, right, depth, out + <usize>i * 4 * stride + <usize>j * B_LINE, stride);
  }
}

/** 4 × 8 sums in eight registers. */
// @ts-ignore: decorator of AssemblyScript
@inline
function addTile(a: usize, b: usize, depth: u32, out: usize, stride: usize): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s10 = f32x4.splat(0), s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s30 = f32x4.splat(0), s31 = f32x4.splat(0);
  for (let k: u32 = 0; k < depth; k++) {
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
    a += A_LINE;
    b += B_LINE;
  }
  addRow(out, s00, s01);
  addRow(out + stride, s10, s11);
  addRow(out + 2 * stride, s20, s21);
  addRow(out + 3 * stride, s30, s31);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function addRow(out: usize, left: v128, right: v128): void {
  v128.store(out, f32x4.add(v128.load(out), left));
  v128.store(out, f32x4.add(v128.load(out, 16), right), 16);
}
