/**
 * Recall@k: hits in the top k divided by min(k, relevant), so that a perfect list has 1.
 * Some published tables divide by the number of relevant titles instead: `divisor` 'relevant'.
 * Nobody relevant: undefined, the caller leaves the person out.
 */
export function recall(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  divisor: 'capped' | 'relevant' = 'capped',
): number {
  const hits = countIn(ranked, relevant, k);
  return hits / (divisor === 'capped' ? Math.min(k, relevant.size) : relevant.size);
}

/** How many of the first k are in `wanted`. */
export function countIn(ranked: ArrayLike<number>, wanted: ReadonlySet<number>, k: number): number {
  let count = 0;
  for (let r = 0; r < Math.min(k, ranked.length); r++) if (wanted.has(ranked[r])) count++;
  return count;
}
