// Products of short dense f32 rows; lengths are multiples of 8.

/** Σ_k a[k] · x[k] of four rows at once, one sum a lane: x is loaded once for all four. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function dotFour(a: usize, b: usize, c: usize, d: usize, x: usize, bytes: usize): v128 {
  let a0 = f32x4.splat(0), b0 = f32x4.splat(0), c0 = f32x4.splat(0), d0 = f32x4.splat(0);
  let a1 = f32x4.splat(0), b1 = f32x4.splat(0), c1 = f32x4.splat(0), d1 = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 32) {
    const x0 = v128.load(x + k);
    const x1 = v128.load(x + k, 16);
    a0 = f32x4.add(a0, f32x4.mul(x0, v128.load(a + k)));
    b0 = f32x4.add(b0, f32x4.mul(x0, v128.load(b + k)));
    c0 = f32x4.add(c0, f32x4.mul(x0, v128.load(c + k)));
    d0 = f32x4.add(d0, f32x4.mul(x0, v128.load(d + k)));
    a1 = f32x4.add(a1, f32x4.mul(x1, v128.load(a + k, 16)));
    b1 = f32x4.add(b1, f32x4.mul(x1, v128.load(b + k, 16)));
    c1 = f32x4.add(c1, f32x4.mul(x1, v128.load(c + k, 16)));
    d1 = f32x4.add(d1, f32x4.mul(x1, v128.load(d + k, 16)));
  }
  const ab = foldPair(f32x4.add(a0, a1), f32x4.add(b0, b1)); // a₀₂ b₀₂ a₁₃ b₁₃
  const cd = foldPair(f32x4.add(c0, c1), f32x4.add(d0, d1));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function foldPair(a: v128, b: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
}

/** Σ_k a[k] · x[k]. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function dotOne(a: usize, x: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 32) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(x + k), v128.load(a + k)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(x + k, 16), v128.load(a + k, 16)));
  }
  return sumLanes(f32x4.add(s0, s1));
}

/** y[k] += s[0]·a[k] + s[1]·b[k] + s[2]·c[k] + s[3]·d[k]. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function addFour(a: usize, b: usize, c: usize, d: usize, s: v128, y: usize, bytes: usize): void {
  const sa = v128.shuffle<f32>(s, s, 0, 0, 0, 0), sb = v128.shuffle<f32>(s, s, 1, 1, 1, 1);
  const sc = v128.shuffle<f32>(s, s, 2, 2, 2, 2), sd = v128.shuffle<f32>(s, s, 3, 3, 3, 3);
  for (let k: usize = 0; k < bytes; k += 16) {
    const ab = f32x4.add(f32x4.mul(sa, v128.load(a + k)), f32x4.mul(sb, v128.load(b + k)));
    const cd = f32x4.add(f32x4.mul(sc, v128.load(c + k)), f32x4.mul(sd, v128.load(d + k)));
    v128.store(y + k, f32x4.add(v128.load(y + k), f32x4.add(ab, cd)));
  }
}

/** y[k] += s · a[k]. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function addOne(a: usize, s: f32, y: usize, bytes: usize): void {
  const scale = f32x4.splat(s);
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(y + k, f32x4.add(v128.load(y + k), f32x4.mul(scale, v128.load(a + k))));
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
export function sumLanes(s: v128): f32 {
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
}
