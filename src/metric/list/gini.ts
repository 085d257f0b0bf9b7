/**
 * Gini@k: how unevenly the recommendations of everybody's top k fall on the titles of the catalogue; 0 = every title is
 * recommended equally often, (n − 1) / n = all lists have one title. With the n titles in ascending order of how often
 * they are recommended, x₁ ≤ … ≤ xₙ:
 *
 *   Gini = Σᵢ (2i − n − 1) xᵢ / (n Σᵢ xᵢ)
 *
 * Titles that are never recommended count, so it stays high where lists have fewer places than the catalogue titles.
 */
export function gini(lists: readonly ArrayLike<number>[], k: number, titles: number): number {
  const times = new Float64Array(titles);
  for (const list of lists) for (let r = 0; r < Math.min(k, list.length); r++) times[list[r]]++;
  times.sort();
  let weighted = 0;
  let total = 0;
  for (let i = 0; i < titles; i++) {
    weighted += (2 * (i + 1) - titles - 1) * times[i];
    total += times[i];
  }
  return weighted / (titles * total);
}
