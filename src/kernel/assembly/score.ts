// Scores of one profile: the rows of its items, weighed and added up. Four entries at a time; they never meet in one
// row, so the order of additions into a score is that of the profile.

export function addRows(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, count: u32, out: usize): void {
  for (let p: u32 = 0; p < count; p++) {
    const x = load<f32>(weights + (<usize>p << 2));
    if (x == 0) continue;
    const row = indptr + (<usize>load<u32>(items + (<usize>p << 2)) << 2);
    addRow(indices, values, load<u32>(row), load<u32>(row, 4), x, out);
  }
}

// @ts-ignore: decorator
@inline
function addRow(indices: usize, values: usize, from: usize, to: usize, x: f32, out: usize): void {
  let index = indices + (from << 2);
  let value = values + (from << 2);
  const end = indices + (to << 2);
  for (const stop = index + ((to - from) >> 2 << 4); index < stop; index += 16, value += 16) {
    addEntry(out, load<u32>(index), x * load<f32>(value));
    addEntry(out, load<u32>(index, 4), x * load<f32>(value, 4));
    addEntry(out, load<u32>(index, 8), x * load<f32>(value, 8));
    addEntry(out, load<u32>(index, 12), x * load<f32>(value, 12));
  }
  for (; index < end; index += 4, value += 4) addEntry(out, load<u32>(index), x * load<f32>(value));
}

// @ts-ignore: decorator
@inline
function addEntry(out: usize, index: usize, value: f32): void {
  const at = out + (index << 2);
  store<f32>(at, load<f32>(at) + value);
}
