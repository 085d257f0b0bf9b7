// The lambda loss of one list: see rank-kernels.ts.
import { sumLanes } from './dense';
import { powerOfTwo } from './exponential';

export function lambdaSlopes(
  scores: usize,
  relevant: usize,
  count: u32,
  weight: f32,
  first: u32,
  discounts: usize,
  scratch: usize,
  rows: u32,
  slopes: usize,
): f32 {
  const own = scratch; // 1 / log₂(2 + rank)
  const other = scratch + (<usize>rows << 2); // 1 for those that are not relevant
  memory.fill(slopes, 0, <usize>rows << 2);
  memory.fill(own, 0, <usize>rows << 3);
  for (let i: u32 = 0; i < count; i++) {
    store<f32>(own + (<usize>i << 2), load<f32>(discounts + (<usize>rankOf(scores, i, count) << 2)));
    store<f32>(other + (<usize>i << 2), load<u8>(relevant + i) ? 0 : 1);
  }
  const least: f32 = first < count ? load<f32>(discounts + (<usize>first << 2)) : 0;
  let loss: f32 = 0;
  for (let i: u32 = 0; i < count; i++)
    if (load<u8>(relevant + i)) loss += pairSlopes(i, scores, own, other, rows, weight, least, slopes);
  return loss;
}

/** How many stand above i: with a higher score, or with the same and before it. */
function rankOf(scores: usize, i: u32, count: u32): u32 {
  const at = scores + (<usize>i << 2), end = scores + (<usize>count << 2);
  const score = load<f32>(at);
  const four = f32x4.splat(score);
  let above = i32x4.splat(0);
  let rank: u32 = 0;
  let p = scores;
  for (; p + 16 <= at; p += 16) above = i32x4.sub(above, f32x4.ge(v128.load(p), four));
  for (; p < at; p += 4) rank += u32(load<f32>(p) >= score);
  for (p += 4; p + 16 <= end; p += 16) above = i32x4.sub(above, f32x4.gt(v128.load(p), four));
  for (; p < end; p += 4) rank += u32(load<f32>(p) > score);
  return rank + i32x4.extract_lane(above, 0) + i32x4.extract_lane(above, 1) + i32x4.extract_lane(above, 2) + i32x4.extract_lane(above, 3);
}

/** All pairs of the relevant candidate i; with e = e^−|d|, softplus(−d) = max(0, −d) + ln(1 + e). */
function pairSlopes(i: u32, scores: usize, own: usize, other: usize, rows: u32, weight: f32, least: f32, slopes: usize): f32 {
  // NaN goes through max, unlike pmax: a loss that is none says that training diverged.
  const one = f32x4.splat(1), zero = f32x4.splat(0), weights = f32x4.splat(weight), bound = f32x4.splat(least);
  const score = v128.load32_splat(scores + (<usize>i << 2));
  const ownI = v128.load32_splat(own + (<usize>i << 2));
  let losses = zero, sums = zero;
  for (let j: usize = 0; j < <usize>rows << 2; j += 16) {
    const ownJ = v128.load(own + j);
    const reached = f32x4.gt(f32x4.pmax(ownI, ownJ), bound);
    const change = f32x4.mul(f32x4.mul(weights, f32x4.abs(f32x4.sub(ownI, ownJ))), v128.and(reached, v128.load(other + j)));
    const d = f32x4.sub(score, v128.load(scores + j));
    const e = powerOfTwo(f32x4.mul(f32x4.splat(-1.4426950408889634), f32x4.abs(d)));
    const p = f32x4.div(one, f32x4.add(one, e));
    const pull = f32x4.mul(change, v128.bitselect(f32x4.mul(e, p), p, f32x4.ge(d, zero)));
    losses = f32x4.add(losses, f32x4.mul(change, f32x4.add(f32x4.max(zero, f32x4.neg(d)), logOnePlus(e))));
    sums = f32x4.add(sums, pull);
    v128.store(slopes + j, f32x4.add(v128.load(slopes + j), pull));
  }
  const at = slopes + (<usize>i << 2);
  store<f32>(at, load<f32>(at) - sumLanes(sums));
  return sumLanes(losses);
}

/** ln(1 + e) = 2 · artanh(e / (2 + e)) for 0 ≤ e ≤ 1, to 10⁻⁶. */
// @ts-ignore: decorator of AssemblyScript
@inline
function logOnePlus(e: v128): v128 {
  const t = f32x4.div(e, f32x4.add(f32x4.splat(2), e));
  const square = f32x4.mul(t, t);
  let series = f32x4.add(f32x4.splat(1 / 7), f32x4.mul(square, f32x4.splat(1 / 9)));
  series = f32x4.add(f32x4.splat(1 / 5), f32x4.mul(square, series));
  series = f32x4.add(f32x4.splat(1 / 3), f32x4.mul(square, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(square, series));
  return f32x4.mul(f32x4.add(t, t), series);
}
