// The next score worth looking at, four at a time.

export function nextAbove(scores: usize, from: u32, to: u32, least: f32): u32 {
  let at = from;
  const bound = f32x4.splat(least);
  for (; at + 4 <= to; at += 4) {
    const above = i32x4.bitmask(f32x4.gt(v128.load(scores + (<usize>at << 2)), bound));
    if (above != 0) return at + ctz(above);
  }
  while (at < to && !(load<f32>(scores + (<usize>at << 2)) > least)) at++;
  return at;
}
