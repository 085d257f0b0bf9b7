// One column panel of −YᵀMY for sparse Y and a dense M in the middle.
import { addFour, addOne } from './dense';

/** Columns taken together: 16 floats are one cache line of the panel, and four registers. */
const LANES: u32 = 16;

export function sandwichPanel(
  indptr: usize,
  indices: usize,
  values: usize,
  items: u32,
  from: u32,
  to: u32,
  middle: usize,
  stride: u32,
  scratch: usize,
  panel: usize,
): void {
  const width: u32 = to - from;
  const lines: usize = scratch;
  const sums: usize = scratch + ((<usize>LANES * stride) << 2);
  for (let first: u32 = from; first < to; first += LANES) {
    const lanes: u32 = min(LANES, to - first);
    for (let lane: u32 = 0; lane < lanes; lane++) {
      sumRows(indptr, indices, values, first + lane, middle, stride, sums);
      for (let k: usize = 0; k < <usize>stride; k++)
        store<f32>(lines + (((k * LANES) + lane) << 2), load<f32>(sums + (k << 2)));
    }
    for (let r: u32 = from; r < items; r++)
      subtractLines(indptr, indices, values, r, lines, lanes, panel + ((<usize>(r - from) * width + (first - from)) << 2));
  }
}

/** sums = Σ_u Y[u,c] · M[u,:] */
function sumRows(indptr: usize, indices: usize, values: usize, c: u32, middle: usize, stride: u32, sums: usize): void {
  const bytes: usize = <usize>stride << 2;
  memory.fill(sums, 0, bytes);
  let p: usize = <usize>load<u32>(indptr + (<usize>c << 2)) << 2;
  const end: usize = <usize>load<u32>(indptr + ((<usize>c + 1) << 2)) << 2;
  for (; p + 16 <= end; p += 16) {
    const i = indices + p;
    const a = middle + <usize>load<u32>(i) * bytes;
    const b = middle + <usize>load<u32>(i, 4) * bytes;
    const c = middle + <usize>load<u32>(i, 8) * bytes;
    const d = middle + <usize>load<u32>(i, 12) * bytes;
    addFour(a, b, c, d, v128.load(values + p), sums, bytes);
  }
  for (; p < end; p += 4) addOne(middle + <usize>load<u32>(indices + p) * bytes, load<f32>(values + p), sums, bytes);
}

/** out[lane] = −Σ_u Y[u,r] · lines[u][lane] */
// @ts-ignore: decorator of AssemblyScript
@inline
function subtractLines(indptr: usize, indices: usize, values: usize, r: u32, lines: usize, lanes: u32, out: usize): void {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  const end: usize = <usize>load<u32>(indptr + ((<usize>r + 1) << 2)) << 2;
  for (let p: usize = <usize>load<u32>(indptr + (<usize>r << 2)) << 2; p < end; p += 4) {
    const weight = v128.load32_splat(values + p);
    const line = lines + (<usize>load<u32>(indices + p) << 6);
    s0 = f32x4.sub(s0, f32x4.mul(weight, v128.load(line)));
    s1 = f32x4.sub(s1, f32x4.mul(weight, v128.load(line, 16)));
    s2 = f32x4.sub(s2, f32x4.mul(weight, v128.load(line, 32)));
    s3 = f32x4.sub(s3, f32x4.mul(weight, v128.load(line, 48)));
  }
  if (lanes == LANES) {
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    return;
  }
  // The last columns of a matrix: as many of the sixteen as there are.
  for (let lane: u32 = 0; lane < lanes; lane++) {
    const quarter = lane < 4 ? s0 : lane < 8 ? s1 : lane < 12 ? s2 : s3;
    store<f32>(out + (<usize>lane << 2), laneOf(quarter, lane & 3));
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function laneOf(quarter: v128, lane: u32): f32 {
  if (lane == 0) return f32x4.extract_lane(quarter, 0);
  if (lane == 1) return f32x4.extract_lane(quarter, 1);
  return lane == 2 ? f32x4.extract_lane(quarter, 2) : f32x4.extract_lane(quarter, 3);
}
