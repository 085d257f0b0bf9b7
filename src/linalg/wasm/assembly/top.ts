// The best of many scores: a heap of the k best so far. Many scores at a time are compared with the least of them.
import { siftDown, siftUp } from './heap';

export function topScores(scores: usize, count: u32, k: u32, out: usize): u32 {
  if (k == 0) return 0;
  let size: u32 = 0;
  let least: f32 = -<f32>Infinity;
  for (let item = nextAbove(scores, 0, count, least); item < count; item = nextAbove(scores, item + 1, count, least)) {
    const key = keyOf(load<f32>(scores + (<usize>item << 2)), item);
    if (size < k) siftUp<u64>(out, size++, key);
    else siftDown<u64>(out, size, key);
    if (size == k) least = load<f32>(scores + (<usize>itemOf(load<u64>(out)) << 2));
  }
  // Taking the least out again and again leaves the best first.
  for (let end = size; end > 1; ) {
    const last = out + (<usize>--end << 3);
    const worst = load<u64>(out);
    siftDown<u64>(out, end, load<u64>(last));
    store<u64>(last, worst);
  }
  for (let n: usize = 0; n < <usize>size; n++) store<u32>(out + (n << 2), itemOf(load<u64>(out + (n << 3))));
  return size;
}

/** Keys compare as rankings do: by score (−0 as 0), the lower item above the others of its score. */
// @ts-ignore: decorator of AssemblyScript
@inline
function keyOf(score: f32, item: u32): u64 {
  const bits = reinterpret<i32>(score + 0);
  const ascending = <u32>(bits ^ ((bits >> 31) | i32.MIN_VALUE));
  return (<u64>ascending << 32) | <u64>~item;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function itemOf(key: u64): u32 {
  return ~(<u32>key);
}

/** The first of [from, to) whose score is above `least`, NaN never is; `to` when none is. */
function nextAbove(scores: usize, from: u32, to: u32, least: f32): u32 {
  let at = from;
  const bound = f32x4.splat(least);
  // Most are not: sixteen are passed over at a time.
  while (at + 16 <= to) {
    const here = scores + (<usize>at << 2);
    const left = v128.or(f32x4.gt(v128.load(here), bound), f32x4.gt(v128.load(here, 16), bound));
    const right = v128.or(f32x4.gt(v128.load(here, 32), bound), f32x4.gt(v128.load(here, 48), bound));
    if (v128.any_true(v128.or(left, right))) break;
    at += 16;
  }
  for (; at + 4 <= to; at += 4) {
    const above = i32x4.bitmask(f32x4.gt(v128.load(scores + (<usize>at << 2)), bound));
    if (above != 0) return at + ctz(above);
  }
  while (at < to && !(load<f32>(scores + (<usize>at << 2)) > least)) at++;
  return at;
}
