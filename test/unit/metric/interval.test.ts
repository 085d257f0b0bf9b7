import { describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { Bootstrap, bootstrapInterval } from '../../../src/metric/interval.ts';
import { meanOver } from '../../../src/metric/person-values.ts';

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

describe('Bootstrap', () => {
  const count = 400;
  const values = Array.from({ length: count }, (_, i) => ((i * 7919) % 100) / 100);
  const of = (sums: readonly number[], counts: readonly number[]) => ({
    sums: Float64Array.from(sums),
    counts: Float64Array.from(counts),
  });

  it('gives the interval of a mean for people who have a value, whoever else is there', () => {
    const some = meanOver([...values.map((value) => value), undefined, undefined]);
    expect(new Bootstrap(3).ratio(some)).toEqual(bootstrapInterval(values, 3));
  });

  it('divides sums: people with more titles weigh more', () => {
    const ratio = new Bootstrap().ratio(of([1, 0, 9], [1, 0, 12]));
    expect(ratio.mean).toBeCloseTo(10 / 13, 12);
    expect(ratio.low).toBeCloseTo(9 / 12, 12);
    expect(ratio.high).toBe(1);
  });

  it('pairs people: what is hard for both models does not widen the interval', () => {
    const better = values.map((value, i) => value + (i % 2 ? 0.02 : 0));
    const bootstrap = new Bootstrap();
    const { mean, low, high } = bootstrap.difference(meanOver(better), meanOver(values));
    expect(mean).toBeCloseTo(0.01, 12);
    // standard error of values 0 and .02: .01 / √400; the interval is ± 1.96 of it
    expect(high - low).toBeCloseTo(2 * 1.96 * 0.0005, 3);
    const alone = bootstrap.ratio(meanOver(values));
    expect(high - low).toBeLessThan((alone.high - alone.low) / 10);
  });

  it('is the difference of ratios where the counts differ', () => {
    const a = of([1, 2, 3], [2, 2, 4]);
    const b = of([1, 0, 3], [1, 0, 6]);
    expect(new Bootstrap().difference(a, b).mean).toBeCloseTo(6 / 8 - 4 / 7, 12);
    // the same by plain resampling
    const uniform = random(1);
    const differences = Array.from({ length: 1000 }, () => {
      const drawn = [0, 1, 2].map(() => Math.floor(uniform() * 3));
      const sum = (of: Float64Array) => drawn.reduce((all, i) => all + of[i], 0);
      return sum(a.sums) / sum(a.counts) - sum(b.sums) / sum(b.counts);
    });
    const finite = differences.filter((value) => !Number.isNaN(value)).sort((x, y) => x - y);
    expect(new Bootstrap(1).difference(a, b).low).toBe(finite[25]);
  });

  it('is NaN when nobody has anything', () => {
    const nothing = of([0, 0], [0, 0]);
    expect(new Bootstrap().ratio(nothing).mean).toBeNaN();
    expect(new Bootstrap().difference(nothing, nothing).low).toBeNaN();
  });
});
