// Dense f64 maths on one diagonal block: Cholesky and the inverse of its triangle.

/** Σ_k a[k] · b[k] over `length` f64. */
// @ts-ignore: decorator of AssemblyScript
@inline
function dot(a: usize, b: usize, length: u32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let k: u32 = 0;
  for (; k + 8 <= length; k += 8) {
    const at: usize = <usize>k << 3;
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a + at), v128.load(b + at)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a + at, 16), v128.load(b + at, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(a + at, 32), v128.load(b + at, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(a + at, 48), v128.load(b + at, 48)));
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; k < length; k++) sum += load<f64>(a + (<usize>k << 3)) * load<f64>(b + (<usize>k << 3));
  return sum;
}

/** y[k] += scale · x[k] over `length` f64. */
// @ts-ignore: decorator of AssemblyScript
@inline
function addScaled(y: usize, x: usize, scale: f64, length: u32): void {
  const s = f64x2.splat(scale);
  let k: u32 = 0;
  for (; k + 4 <= length; k += 4) {
    const at: usize = <usize>k << 3;
    v128.store(y + at, f64x2.add(v128.load(y + at), f64x2.mul(s, v128.load(x + at))));
    v128.store(y + at, f64x2.add(v128.load(y + at, 16), f64x2.mul(s, v128.load(x + at, 16))), 16);
  }
  for (; k < length; k++) {
    const at: usize = <usize>k << 3;
    store<f64>(y + at, load<f64>(y + at) + scale * load<f64>(x + at));
  }
}

export function choleskyBlock(block: usize, size: u32): u32 {
  const stride: usize = <usize>size << 3;
  for (let i: u32 = 0; i < size; i++) {
    const row: usize = block + <usize>i * stride;
    for (let j: u32 = 0; j < i; j++) {
      const other: usize = block + <usize>j * stride;
      const at: usize = row + (<usize>j << 3);
      store<f64>(at, (load<f64>(at) - dot(row, other, j)) / load<f64>(other + (<usize>j << 3)));
    }
    const pivot = load<f64>(row + (<usize>i << 3)) - dot(row, row, i);
    if (!(pivot > 0)) return i + 1;
    store<f64>(row + (<usize>i << 3), sqrt(pivot));
    memory.fill(row + ((<usize>i + 1) << 3), 0, <usize>(size - i - 1) << 3);
  }
  return 0;
}

export function invertLowerBlock(block: usize, size: u32, out: usize): void {
  const stride: usize = <usize>size << 3;
  memory.fill(out, 0, <usize>size * stride);
  for (let i: u32 = 0; i < size; i++) {
    const l: usize = block + <usize>i * stride;
    const x: usize = out + <usize>i * stride;
    const scale: f64 = 1 / load<f64>(l + (<usize>i << 3));
    for (let k: u32 = 0; k < i; k++) addScaled(x, out + <usize>k * stride, -scale * load<f64>(l + (<usize>k << 3)), k + 1);
    store<f64>(x + (<usize>i << 3), scale);
  }
}
