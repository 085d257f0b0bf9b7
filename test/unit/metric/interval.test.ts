import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../../src/metric/interval.ts';

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
