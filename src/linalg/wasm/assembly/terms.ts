// The terms of one sum, strongest first: why a title is recommended.

export function strongestTerms(indices: usize, values: usize, entries: u32, weightOf: usize, limit: u32, items: usize, parts: usize, total: usize): u32 {
  return strongestTermsOf<u32>(indices, values, entries, weightOf, limit, items, parts, total);
}

export function strongestShortTerms(indices: usize, values: usize, entries: u32, weightOf: usize, limit: u32, items: usize, parts: usize, total: usize): u32 {
  return strongestTermsOf<u16>(indices, values, entries, weightOf, limit, items, parts, total);
}

/**
 * Four terms at a time: most are weaker than the weakest that is kept, and of those only the sum is wanted. Up to three
 * entries behind the last one are read, and count nothing.
 */
// @ts-ignore: decorator
@inline
function strongestTermsOf<Index>(indices: usize, values: usize, entries: u32, weightOf: usize, limit: u32, items: usize, parts: usize, total: usize): u32 {
  let sums = f64x2.splat(0);
  let kept: u32 = 0;
  let least: f32 = limit == 0 ? <f32>Infinity : -<f32>Infinity; // of the kept, once there are `limit`
  const last: i32 = <i32>entries - 4; // from where all four are there
  for (let q: i32 = 0; q < <i32>entries; q += 4) {
    const index = indices + <usize>q * sizeof<Index>();
    let weights = v128.load32_zero(weightAt(weightOf, load<Index>(index)));
    weights = v128.load_lane<f32>(weightAt(weightOf, load<Index>(index, sizeof<Index>())), weights, 1);
    weights = v128.load_lane<f32>(weightAt(weightOf, load<Index>(index, 2 * sizeof<Index>())), weights, 2);
    weights = v128.load_lane<f32>(weightAt(weightOf, load<Index>(index, 3 * sizeof<Index>())), weights, 3);
    let four = f32x4.mul(weights, v128.load(values + (<usize>q << 2)));
    if (q > last) four = v128.and(four, i32x4.gt_s(i32x4.splat(entries - q), i32x4(0, 1, 2, 3)));
    sums = f64x2.add(sums, f64x2.add(f64x2.promote_low_f32x4(four), f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 0, 1))));
    const wanted = v128.and(f32x4.gt(four, f32x4.splat(least)), f32x4.ne(four, f32x4.splat(0)));
    for (let bits = i32x4.bitmask(wanted); bits != 0; bits &= bits - 1) {
      const entry = q + ctz(bits);
      const item: u32 = load<Index>(indices + <usize>entry * sizeof<Index>());
      const part = load<f32>(weightAt(weightOf, item)) * load<f32>(values + (<usize>entry << 2));
      if (!(part > least)) continue; // than one that has been kept meanwhile
      insert(items, parts, kept < limit ? kept++ : kept - 1, item, part);
      if (kept == limit) least = load<f32>(parts + (<usize>(kept - 1) << 2));
    }
  }
  store<f64>(total, f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
  return kept;
}

// @ts-ignore: decorator
@inline
function weightAt(weightOf: usize, item: u32): usize {
  return weightOf + (<usize>item << 2);
}

/** Puts a term behind those that are not weaker; the place `at` is free. */
// @ts-ignore: decorator
@inline
function insert(items: usize, parts: usize, at: u32, item: u32, part: f32): void {
  for (; at > 0; at--) {
    const before = <usize>(at - 1) << 2;
    if (load<f32>(parts + before) >= part) break;
    store<f32>(parts + before, load<f32>(parts + before), 4);
    store<u32>(items + before, load<u32>(items + before), 4);
  }
  store<f32>(parts + (<usize>at << 2), part);
  store<u32>(items + (<usize>at << 2), item);
}
