// Sparse accumulation of one column panel of G = ZᵀZ.

/** Columns accumulated before they are written out together: 16 floats are one cache line of the panel. */
const LANES: u32 = 16;

export function gramPanel(
  rowIndptr: usize,
  rowIndices: usize,
  rowValues: usize,
  columnIndptr: usize,
  columnIndices: usize,
  columnValues: usize,
  items: u32,
  from: u32,
  to: u32,
  panel: usize,
  scratch: usize,
  add: u32,
): void {
  const width: u32 = to - from;
  for (let first: u32 = from; first < to; first += LANES) {
    const lanes: u32 = min(LANES, to - first);
    for (let lane: u32 = 0; lane < lanes; lane++) {
      const c = first + lane;
      const sums: usize = scratch + ((<usize>lane * items) << 2);
      memory.fill(sums + (<usize>from << 2), 0, <usize>(items - from) << 2);
      accumulateColumn(rowIndptr, rowIndices, rowValues, columnIndptr, columnIndices, columnValues, c, sums);
    }
    writeLanes(scratch, items, from, first, lanes, width, panel, add);
  }
}

/** sums[r] += Σ_u Z[u,c] · Z[u,r] for r ≥ c: each person's row from its end down to c. */
// @ts-ignore: decorator of AssemblyScript
@inline
function accumulateColumn(
  rowIndptr: usize,
  rowIndices: usize,
  rowValues: usize,
  columnIndptr: usize,
  columnIndices: usize,
  columnValues: usize,
  c: u32,
  sums: usize,
): void {
  const end = load<u32>(columnIndptr + ((<usize>c + 1) << 2));
  for (let p = load<u32>(columnIndptr + (<usize>c << 2)); p < end; p++) {
    const u: usize = load<u32>(columnIndices + (<usize>p << 2));
    const weight = load<f32>(columnValues + (<usize>p << 2));
    const start: usize = <usize>load<u32>(rowIndptr + (u << 2)) << 2;
    let q: usize = <usize>load<u32>(rowIndptr + ((u + 1) << 2)) << 2;
    // Four at a time while the fourth from the end is still at or after c.
    while (q >= start + 16 && load<u32>(rowIndices + q - 16) >= c) {
      const i = rowIndices + q;
      const v = rowValues + q;
      const s0 = sums + (<usize>load<u32>(i - 4) << 2);
      const s1 = sums + (<usize>load<u32>(i - 8) << 2);
      const s2 = sums + (<usize>load<u32>(i - 12) << 2);
      const s3 = sums + (<usize>load<u32>(i - 16) << 2);
      store<f32>(s0, load<f32>(s0) + weight * load<f32>(v - 4));
      store<f32>(s1, load<f32>(s1) + weight * load<f32>(v - 8));
      store<f32>(s2, load<f32>(s2) + weight * load<f32>(v - 12));
      store<f32>(s3, load<f32>(s3) + weight * load<f32>(v - 16));
      q -= 16;
    }
    while (q > start) {
      q -= 4;
      const r = load<u32>(rowIndices + q);
      if (r < c) break;
      const s = sums + (<usize>r << 2);
      store<f32>(s, load<f32>(s) + weight * load<f32>(rowValues + q));
    }
  }
}

/** Transposes `lanes` accumulated columns into the row-major panel. */
function writeLanes(scratch: usize, items: u32, from: u32, first: u32, lanes: u32, width: u32, panel: usize, add: u32): void {
  for (let r: u32 = from; r < items; r++) {
    let source: usize = scratch + (<usize>r << 2);
    let target: usize = panel + ((<usize>(r - from) * width + (first - from)) << 2);
    for (let lane: u32 = 0; lane < lanes; lane++) {
      const value = load<f32>(source);
      store<f32>(target, add ? load<f32>(target) + value : value);
      source += <usize>items << 2;
      target += 4;
    }
  }
}
