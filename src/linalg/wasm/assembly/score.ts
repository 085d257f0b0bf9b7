// Scores of one profile: the rows of its items, weighed and added up. Four entries at a time; they never meet in one
// row, so the order of additions into a score is that of the profile.

export function addRows(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, count: u32, out: usize): void {
  addRowsOf<u32>(indptr, indices, values, items, weights, count, out);
}

/** A quarter less to read, where columns fit into 16 bits. */
export function addShortRows(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, count: u32, out: usize): void {
  addRowsOf<u16>(indptr, indices, values, items, weights, count, out);
}

// @ts-ignore: decorator
@inline
function addRowsOf<Index>(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, count: u32, out: usize): void {
  for (let p: u32 = 0; p < count; p++) {
    const x = load<f32>(weights + (<usize>p << 2));
    if (x == 0) continue;
    const row = indptr + (<usize>load<u32>(items + (<usize>p << 2)) << 2);
    const from: usize = load<u32>(row);
    const to: usize = load<u32>(row, 4);
    addRow<Index>(indices + from * sizeof<Index>(), values + (from << 2), to - from, x, out);
  }
}

// @ts-ignore: decorator
@inline
function addRow<Index>(index: usize, value: usize, entries: usize, x: f32, out: usize): void {
  const end = value + (entries << 2);
  for (const stop = value + (entries >> 2 << 4); value < stop; value += 16, index += 4 * sizeof<Index>()) {
    addEntry(out, load<Index>(index), x * load<f32>(value));
    addEntry(out, load<Index>(index, sizeof<Index>()), x * load<f32>(value, 4));
    addEntry(out, load<Index>(index, 2 * sizeof<Index>()), x * load<f32>(value, 8));
    addEntry(out, load<Index>(index, 3 * sizeof<Index>()), x * load<f32>(value, 12));
  }
  for (; value < end; value += 4, index += sizeof<Index>()) addEntry(out, load<Index>(index), x * load<f32>(value));
}

// @ts-ignore: decorator
@inline
function addEntry(out: usize, index: usize, value: f32): void {
  const at = out + (index << 2);
  store<f32>(at, load<f32>(at) + value);
}

export function startScores(values: usize, factor: f32, count: u32, out: usize): void {
  const factors = f32x4.splat(factor);
  const quads: usize = <usize>(count & ~3) << 2;
  for (let k: usize = 0; k < quads; k += 16) v128.store(out + k, f32x4.mul(factors, v128.load(values + k)));
  for (let k: usize = quads; k < <usize>count << 2; k += 4) store<f32>(out + k, factor * load<f32>(values + k));
}
