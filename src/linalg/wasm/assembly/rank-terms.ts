// What the titles of a list say for each candidate, from the rows of B that the list has just been scored by: those are
// in the cache, the candidates' columns are not. Records: rank-kernels.ts.

/** Bytes of a record, and of its fields. */
const RECORD: usize = 64;
const POSITIVE: usize = 4, LIKING: usize = 8, ABOVE: usize = 12, SUM: usize = 16, COUNT: usize = 20;
const DEVIATION: usize = 24, STRONGEST: usize = 32, WEAKEST: usize = 48;

/** A term that counts. */
const COUNTS: f32 = 0.02;

export function listTerms(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, deviations: usize, count: u32, places: usize, candidates: u32, hits: usize, out: usize): void {
  listTermsOf<u32>(indptr, indices, values, items, weights, deviations, count, places, candidates, hits, out);
}

export function listShortTerms(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, deviations: usize, count: u32, places: usize, candidates: u32, hits: usize, out: usize): void {
  listTermsOf<u16>(indptr, indices, values, items, weights, deviations, count, places, candidates, hits, out);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function listTermsOf<Index>(indptr: usize, indices: usize, values: usize, items: usize, weights: usize, deviations: usize, count: u32, places: usize, candidates: u32, hits: usize, out: usize): void {
  memory.fill(out, 0, <usize>candidates * RECORD);
  for (let p: usize = 0; p < <usize>count << 2; p += 4) {
    const row = indptr + (<usize>load<u32>(items + p) << 2);
    const to: usize = load<u32>(row, 4);
    const x = load<f32>(weights + p), deviation = load<f32>(deviations + p);
    let end = hits;
    // Without a branch: which titles are candidates cannot be predicted.
    for (let q: usize = load<u32>(row); q < to; q++) {
      store<u32>(end, <u32>q);
      end += <usize>(placeOf<Index>(indices, places, q) != 0) << 2;
    }
    for (let hit = hits; hit < end; hit += 4) {
      const q: usize = load<u32>(hit);
      const record = out + (<usize>placeOf<Index>(indices, places, q) - 1) * RECORD;
      addTerm(record, load<f32>(values + (q << 2)), x, deviation);
    }
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function placeOf<Index>(indices: usize, places: usize, q: usize): u32 {
  return load<u16>(places + (<usize>load<Index>(indices + q * sizeof<Index>()) << 1));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function addTerm(record: usize, b: f32, x: f32, deviation: f32): void {
  const term = x * b, positive = max<f32>(b, 0);
  addTo(record, b);
  addTo(record + POSITIVE, positive);
  addTo(record + LIKING, positive * deviation);
  addTo(record + ABOVE, max<f32>(term, 0));
  addTo(record + SUM, term);
  addTo(record + COUNT, <f32>(term > COUNTS));
  if (!(term > load<f32>(record, WEAKEST))) return;
  if (term > load<f32>(record, STRONGEST)) store<f32>(record, deviation, DEVIATION);
  let at = record + WEAKEST;
  for (; at > record + STRONGEST && load<f32>(at - 4) < term; at -= 4) store<f32>(at, load<f32>(at - 4));
  store<f32>(at, term);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function addTo(at: usize, value: f32): void {
  store<f32>(at, load<f32>(at) + value);
}
