/** How recall and NDCG grow with the length of the list. */

/** Means over the users who have something to find; entry k − 1 is that of the first k ranks. */
export interface RankCurves {
  /** hits in the top k divided by min(k, relevant) */
  readonly recall: readonly number[];
  readonly ndcg: readonly number[];
}

/** The same as recall() and ndcg() at each k from 1 to `longest`, in one pass over each list. */
export function rankCurves(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ReadonlySet<number>[],
  longest: number,
): RankCurves {
  const recall = new Float64Array(longest);
  const ndcg = new Float64Array(longest);
  let people = 0;
  for (const [i, relevant] of wanted.entries()) {
    if (relevant.size === 0) continue;
    people++;
    addPerson(lists[i], relevant, recall, ndcg);
  }
  const mean = (sum: number) => Math.round((1e6 * sum) / people) / 1e6;
  if (people === 0) return { recall: [], ndcg: [] };
  return { recall: Array.from(recall, mean), ndcg: Array.from(ndcg, mean) };
}

function addPerson(
  list: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  recall: Float64Array,
  ndcg: Float64Array,
): void {
  let hits = 0;
  let gained = 0;
  let ideal = 0;
  for (let k = 1; k <= recall.length; k++) {
    const gain = 1 / Math.log2(k + 1);
    if (k <= relevant.size) ideal += gain;
    if (k <= list.length && relevant.has(list[k - 1])) {
      hits++;
      gained += gain;
    }
    recall[k - 1] += hits / Math.min(k, relevant.size);
    ndcg[k - 1] += gained / ideal;
  }
}
