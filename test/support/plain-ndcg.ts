/** NDCG@k and recall@k in a few plain lines from their definitions: the oracle of tests. */

/** All items that have a finite score, best first; of equal scores the lower item first. */
export function plainRanking(scores: readonly number[]): number[] {
  return scores
    .map((score, item) => ({ score, item }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((a, b) => b.score - a.score || a.item - b.item)
    .map(({ item }) => item);
}

export function plainNdcg(ranking: readonly number[], targets: readonly number[], k: number) {
  const gain = (rank: number) => 1 / Math.log2(rank + 1);
  const ranks = targets.map((item) => ranking.indexOf(item) + 1);
  const gained = ranks.filter((rank) => rank >= 1 && rank <= k).map(gain);
  const ideal = targets.slice(0, k).map((_, i) => gain(i + 1));
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  return sum(gained) / sum(ideal);
}

export function plainRecall(ranking: readonly number[], targets: readonly number[], k: number) {
  const found = targets.filter((item) => ranking.slice(0, k).includes(item));
  return found.length / Math.min(k, targets.length);
}
