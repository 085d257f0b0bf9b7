/**
 * NDCG@k with binary gains: Σ_{hit at rank r ≤ k} 1/log2(r + 1), divided by the same sum for a perfect list,
 * Σ_{r = 1…min(k, relevant)} 1/log2(r + 1). Nobody relevant: undefined, the caller leaves the person out.
 */
export function ndcg(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  let gained = 0;
  let ideal = 0;
  for (let r = 0; r < k; r++) {
    const gain = 1 / Math.log2(r + 2);
    if (r < ranked.length && relevant.has(ranked[r])) gained += gain;
    if (r < relevant.size) ideal += gain;
  }
  return gained / ideal;
}
