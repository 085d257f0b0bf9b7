// Exponentials and sigmoid of four f32.

/** eʸ to a few units in the last place: 2ᵏ · eʳ with |r| ≤ ln 2 / 2, by Taylor's series; y is clipped to ±80. NaN stays NaN. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function exponential(power: v128): v128 {
  const one = f32x4.splat(1);
  const y = f32x4.max(f32x4.splat(-80), f32x4.min(f32x4.splat(80), power));
  const k = f32x4.nearest(f32x4.mul(y, f32x4.splat(1.44269504)));
  // ln 2 in two parts: k times the first is exact.
  const r = f32x4.sub(f32x4.sub(y, f32x4.mul(k, f32x4.splat(0.693359375))), f32x4.mul(k, f32x4.splat(-2.12194440e-4)));
  let series = f32x4.add(one, f32x4.mul(r, f32x4.splat(1 / 7)));
  series = f32x4.add(one, f32x4.mul(f32x4.mul(r, f32x4.splat(1 / 6)), series));
  series = f32x4.add(one, f32x4.mul(f32x4.mul(r, f32x4.splat(1 / 5)), series));
  series = f32x4.add(one, f32x4.mul(f32x4.mul(r, f32x4.splat(1 / 4)), series));
  series = f32x4.add(one, f32x4.mul(f32x4.mul(r, f32x4.splat(1 / 3)), series));
  series = f32x4.add(one, f32x4.mul(f32x4.mul(r, f32x4.splat(1 / 2)), series));
  series = f32x4.add(one, f32x4.mul(r, series));
  return f32x4.mul(series, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23));
}

/** 1 / (1 + e⁻ˣ), to a few units in the last place. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/**
 * 2ʸ to 3 · 10⁻⁶: 2ᵏ · 2ʳ with |r| ≤ 1/2, by Taylor's series; y is clipped to ±120, NaN as well. The sum with 1.5 · 2²³
 * rounds y to the integer k, and has it in its lowest bits.
 */
// @ts-ignore: decorator of AssemblyScript
@inline
export function powerOfTwo(power: v128): v128 {
  const magic = f32x4.splat(12582912);
  const y = f32x4.pmax(f32x4.splat(-120), f32x4.pmin(f32x4.splat(120), power));
  const rounded = f32x4.add(y, magic);
  const r = f32x4.sub(y, f32x4.sub(rounded, magic));
  let series = f32x4.add(f32x4.splat(9.618129e-3), f32x4.mul(r, f32x4.splat(1.3333558e-3)));
  series = f32x4.add(f32x4.splat(5.5504109e-2), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(0.24022651), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(0.69314718), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(r, series));
  return f32x4.mul(series, i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23));
}
