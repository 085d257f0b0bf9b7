import { describe, expect, it } from 'vitest';
import { ndcg } from '../../../src/metric/ndcg.ts';

const set = (...items: number[]) => new Set(items);

describe('ndcg()', () => {
  it('is 1 for a perfect list, 0 without a hit, and the formula in between', () => {
    expect(ndcg([1, 2, 3], set(1, 2, 3), 3)).toBe(1);
    expect(ndcg([4, 5], set(1), 10)).toBe(0);
    // One of two relevant titles at rank 2: (1/log2 3) / (1/log2 2 + 1/log2 3)
    expect(ndcg([9, 1, 8], set(1, 2), 3)).toBeCloseTo(
      1 / Math.log2(3) / (1 + 1 / Math.log2(3)),
      12,
    );
  });
  it('does not punish a list for having more relevant titles than places', () => {
    expect(ndcg([1, 2], set(1, 2, 3, 4), 2)).toBe(1);
  });
  it('takes a list shorter than k', () => {
    expect(ndcg([1], set(1), 10)).toBe(1);
    expect(ndcg([], set(1), 10)).toBe(0);
  });
});
