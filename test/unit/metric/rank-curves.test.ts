import { describe, expect, it } from 'vitest';
import { ndcg } from '../../../src/metric/ndcg.ts';
import { rankCurves } from '../../../src/metric/rank-curves.ts';
import { recall } from '../../../src/metric/recall.ts';

const lists = [
  [3, 1, 4, 5, 9],
  [2, 6, 5, 3],
  [8, 7],
];
const wanted = [new Set([4, 9, 7]), new Set([2]), new Set<number>()];

describe('rankCurves()', () => {
  it('is the mean of recall() and of ndcg() at each k, over those who have something to find', () => {
    const curves = rankCurves(lists, wanted, 6);
    for (let k = 1; k <= 6; k++) {
      const mean = (metric: typeof ndcg) =>
        (metric(lists[0], wanted[0], k) + metric(lists[1], wanted[1], k)) / 2;
      expect(curves.recall[k - 1]).toBeCloseTo(mean(recall), 5);
      expect(curves.ndcg[k - 1]).toBeCloseTo(mean(ndcg), 5);
    }
  });

  it('is empty when nobody has anything to find', () => {
    expect(rankCurves([[1, 2]], [new Set()], 3)).toEqual({ recall: [], ndcg: [] });
  });
});
