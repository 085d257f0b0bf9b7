// Exponential and sigmoid of four f32, to a few units in the last place.

/** eʸ = 2ᵏ · eʳ with |r| ≤ ln 2 / 2, by Taylor's series; y is clipped to ±80. NaN stays NaN. */
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

/** 1 / (1 + e⁻ˣ). */
// @ts-ignore: decorator of AssemblyScript
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}
