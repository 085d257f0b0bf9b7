// The terms of one sum, strongest first: why a title is recommended.

export function strongestTerms(indices: usize, values: usize, entries: u32, weightOf: usize, limit: u32, items: usize, parts: usize, total: usize): u32 {
  return strongestTermsOf<u32>(indices, values, entries, weightOf, limit, items, parts, total);
}

export function strongestShortTerms(indices: usize, values: usize, entries: u32, weightOf: usize, limit: u32, items: usize, parts: usize, total: usize): u32 {
  return strongestTermsOf<u16>(indices, values, entries, weightOf, limit, items, parts, total);
}

// @ts-ignore: decorator
@inline
function strongestTermsOf<Index>(indices: usize, values: usize, entries: u32, weightOf: usize, limit: u32, items: usize, parts: usize, total: usize): u32 {
  let sum: f64 = 0;
  let kept: u32 = 0;
  let least: f32 = 0; // of the kept, once there are `limit`
  for (let q: usize = 0; q < <usize>entries; q++) {
    const item: u32 = load<Index>(indices + q * sizeof<Index>());
    const weight = load<f32>(weightOf + (<usize>item << 2));
    if (weight == 0) continue;
    const part = weight * load<f32>(values + (q << 2));
    if (part == 0) continue;
    sum += <f64>part;
    if (kept == limit && (limit == 0 || part <= least)) continue;
    insert(items, parts, kept < limit ? kept++ : kept - 1, item, part);
    least = load<f32>(parts + (<usize>(kept - 1) << 2));
  }
  store<f64>(total, sum);
  return kept;
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
