/** What weights and options are fitted to: the mean of NDCG@10, Recall@20 and NDCG@100. */
import { ndcg } from './ndcg.ts';
import { recall } from './recall.ts';

export function rankingQuality(ranked: ArrayLike<number>, liked: ReadonlySet<number>): number {
  return (ndcg(ranked, liked, 10) + recall(ranked, liked, 20) + ndcg(ranked, liked, 100)) / 3;
}
