/** Mean popularity@k: the mean share of people who list a recommended title, over all recommendations in top k lists. */
export function meanPopularity(
  ranked: ArrayLike<number>,
  listedShare: ArrayLike<number>,
  k: number,
): number {
  const length = Math.min(k, ranked.length);
  let sum = 0;
  for (let r = 0; r < length; r++) sum += listedShare[ranked[r]];
  return length === 0 ? 0 : sum / length;
}
