// The strongest entries of each column of a symmetric matrix that is kept in column panels.
import { siftDown, siftUp } from './heap';

/** Columns transposed together: 16 floats are one cache line of the panel. */
const LANES: u32 = 16;

export function strongestColumns(
  panel: usize,
  left: usize,
  scale: usize,
  items: u32,
  from: u32,
  to: u32,
  limits: usize,
  most: u32,
  outIndices: usize,
  outValues: usize,
  outCounts: usize,
  scratch: usize,
): void {
  const heap: usize = scratch + ((<usize>LANES * items) << 2);
  for (let first: u32 = from; first < to; first += LANES) {
    const lanes: u32 = min(LANES, to - first);
    gatherLanes(panel, left, scale, items, from, to - from, first, lanes, scratch);
    for (let lane: u32 = 0; lane < lanes; lane++) {
      const column: usize = scratch + ((<usize>lane * items) << 2);
      const at: u32 = first + lane - from;
      const out: usize = (<usize>at * most) << 2;
      const k = load<u32>(limits + (<usize>at << 2));
      const kept = strongest(column, items, first + lane, k, outIndices + out, outValues + out, heap);
      store<u32>(outCounts + (<usize>at << 2), kept);
    }
  }
}

/** Columns [first, first + lanes) as contiguous vectors of `items` values, scaled. */
function gatherLanes(
  panel: usize,
  left: usize,
  scale: usize,
  items: u32,
  from: u32,
  width: u32,
  first: u32,
  lanes: u32,
  scratch: usize,
): void {
  for (let lane: u32 = 0; lane < lanes; lane++) {
    const column: usize = scratch + ((<usize>lane * items) << 2);
    const row: usize = left + ((<usize>(first + lane - from) * from) << 2);
    for (let r: usize = 0; r < <usize>from; r++) {
      store<f32>(column + (r << 2), load<f32>(row + (r << 2)) * load<f32>(scale + (r << 2)));
    }
    // Within the diagonal block the part above the diagonal is read from below it.
    const diagonal: usize = panel + ((<usize>(first + lane - from) * width) << 2);
    for (let r: u32 = from; r < first + lane; r++) {
      const value = load<f32>(diagonal + (<usize>(r - from) << 2));
      store<f32>(column + (<usize>r << 2), value * load<f32>(scale + (<usize>r << 2)));
    }
  }
  for (let r: u32 = first; r < items; r++) {
    let source: usize = panel + ((<usize>(r - from) * width + (first - from)) << 2);
    let target: usize = scratch + (<usize>r << 2);
    const factor = load<f32>(scale + (<usize>r << 2));
    for (let lane: u32 = 0; lane < lanes; lane++) {
      if (r >= first + lane) store<f32>(target, load<f32>(source) * factor);
      source += 4;
      target += <usize>items << 2;
    }
  }
}

function strongest(column: usize, length: u32, skip: u32, k: u32, outIndices: usize, outValues: usize, heap: usize): u32 {
  if (k == 0) return 0;
  const bound = threshold(column, length, skip, k, heap);
  let above: u32 = 0; // entries strictly larger than the bound: all are kept
  for (let i: u32 = 0; i < length; i++) {
    if (i != skip && abs(load<f32>(column + (<usize>i << 2))) > bound) above++;
  }
  let ties: u32 = k - above; // of those equal to the bound, the first ones
  let kept: u32 = 0;
  for (let i: u32 = 0; i < length && kept < k; i++) {
    const value = load<f32>(column + (<usize>i << 2));
    const size = abs(value);
    if (i == skip || size < bound || size == 0) continue;
    if (size == bound) {
      if (ties == 0) continue;
      ties--;
    }
    store<u32>(outIndices + (<usize>kept << 2), i);
    store<f32>(outValues + (<usize>kept << 2), value);
    kept++;
  }
  return kept;
}

/** The k-th largest size, or 0 when there are fewer: a min-heap of the k largest seen so far. */
function threshold(column: usize, length: u32, skip: u32, k: u32, heap: usize): f32 {
  let filled: u32 = 0;
  let least: f32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const size = abs(load<f32>(column + (<usize>i << 2)));
    if (size <= least || i == skip) continue;
    if (filled < k) {
      siftUp<f32>(heap, filled++, size);
      if (filled == k) least = load<f32>(heap);
      continue;
    }
    siftDown<f32>(heap, k, size);
    least = load<f32>(heap);
  }
  return filled < k ? 0 : least;
}
