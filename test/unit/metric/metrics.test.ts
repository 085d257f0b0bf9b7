import { describe, expect, it } from 'vitest';
import { coverage } from '../../../src/metric/coverage.ts';
import { bootstrapInterval } from '../../../src/metric/interval.ts';
import { meanPopularity } from '../../../src/metric/mean-popularity.ts';
import { ndcg } from '../../../src/metric/ndcg.ts';
import { countIn, recall } from '../../../src/metric/recall.ts';

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

describe('recall()', () => {
  it('divides by min(k, relevant), or by relevant when published tables do', () => {
    expect(recall([1, 2, 9], set(1, 2, 3, 4), 2)).toBe(1);
    expect(recall([1, 2, 9], set(1, 2, 3, 4), 2, 'relevant')).toBe(0.5);
    expect(recall([9, 8, 1], set(1), 2)).toBe(0);
    expect(recall([9, 8, 1], set(1, 7), 3)).toBe(0.5);
  });
  it('counts within k only', () => {
    expect(countIn([1, 2, 3], set(3), 2)).toBe(0);
    expect(countIn([1, 2, 3], set(3), 9)).toBe(1);
  });
});

describe('coverage()', () => {
  it('counts distinct titles of all top lists', () => {
    expect(
      coverage(
        [
          [1, 2, 3],
          [2, 4, 5],
        ],
        2,
      ),
    ).toBe(3);
    expect(coverage([], 10)).toBe(0);
  });
});

describe('meanPopularity()', () => {
  it('is the mean share of people who list the recommended', () => {
    expect(meanPopularity([0, 2, 1], [0.5, 0.1, 0.3], 2)).toBeCloseTo(0.4, 12);
    expect(meanPopularity([], [0.5], 20)).toBe(0);
  });
});

describe('bootstrapInterval()', () => {
  it('holds the mean, is seeded, and narrows with more people', () => {
    const values = (count: number) => Array.from({ length: count }, (_, i) => (i * 7919) % 100);
    const few = bootstrapInterval(values(50));
    const many = bootstrapInterval(values(5000));
    expect(few).toEqual(bootstrapInterval(values(50)));
    expect(few.low).toBeLessThan(few.mean);
    expect(few.high).toBeGreaterThan(few.mean);
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 5);
    // Standard error of the mean of a uniform 0…99: 28.9 / √5000 = 0.41; the interval is ± 1.96 of it.
    expect(many.high - many.low).toBeCloseTo(2 * 1.96 * 0.408, 0);
  });
  it('is a point for one person and NaN for nobody', () => {
    expect(bootstrapInterval([0.25])).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
    expect(bootstrapInterval([]).mean).toBeNaN();
  });
});
