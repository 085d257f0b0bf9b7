import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { populationStability, readingOf } from '../../../src/traffic/population-stability.ts';

const of = (bins: readonly number[], observations = 1000) => ({ bins, observations });

describe('populationStability()', () => {
  it('is 0 for the same shares, whatever their sum', () => {
    expect(populationStability(of([1, 2, 3]), of([1, 2, 3]))?.psi).toBe(0);
    expect(populationStability(of([1, 2, 5]), of([2, 4, 10]))?.psi).toBe(0);
  });

  it('is what a calculation by hand gives', () => {
    // (.3 − .2) ln(.3/.2) + (.5 − .5) ln 1 + (.2 − .3) ln(.2/.3) = .1 · .405465 + .1 · .405465
    const found = populationStability(of([20, 50, 30]), of([30, 50, 20]));
    expect(found?.psi).toBeCloseTo(0.081093, 6);
    expect(found?.bins.map(({ part }) => part)).toEqual([
      expect.closeTo(0.0405465, 6),
      0,
      expect.closeTo(0.0405465, 6),
    ]);
    expect(found?.bins[0]).toMatchObject({ expected: 0.2, found: 0.3 });
  });

  it('says nothing about nothing', () => {
    expect(populationStability(of([]), of([]))).toBeNull();
    expect(populationStability(of([0, 0]), of([1, 2]))).toBeNull();
    expect(populationStability(of([1, 2]), of([0, 0], 0))).toBeNull();
  });

  it('is 0 for a single bin', () => {
    const found = populationStability(of([7]), of([3]));
    expect(found?.psi).toBe(0);
    expect(found?.byChance).toBe(0);
  });

  it('counts a bin that is empty on one side as half an observation there', () => {
    // expected .005 of 100 observations instead of 0: (.1 − .005) ln(.1/.005) + (.9 − 1) ln(.9/1)
    const found = populationStability(of([0, 100], 100), of([10, 90], 100));
    expect(found?.psi).toBeCloseTo(0.095 * Math.log(20) - 0.1 * Math.log(0.9), 12);
    expect(found?.bins[0]).toMatchObject({ expected: 0, found: 0.1 });
    const other = populationStability(of([10, 90], 100), of([0, 100], 100));
    expect(other?.psi).toBeCloseTo(found?.psi as number, 12);
  });

  it('leaves out bins that are empty on both sides', () => {
    const with0 = populationStability(of([20, 0, 80]), of([30, 0, 70]));
    const without = populationStability(of([20, 80]), of([30, 70]));
    expect(with0?.psi).toBe(without?.psi);
    expect(with0?.byChance).toBe(without?.byChance);
  });

  it('is symmetric and never negative', () => {
    const bins = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(bins, bins, (a, b) => {
        const one = populationStability(of(a), of(b));
        const other = populationStability(of(b), of(a));
        if (one === null) return other === null;
        return one.psi >= 0 && Math.abs(one.psi - (other?.psi ?? -1)) < 1e-9;
      }),
    );
  });

  it('refuses different bins', () => {
    expect(() => populationStability(of([1]), of([1, 2]))).toThrow(/1 bins are expected, and 2/);
  });

  it('knows what chance makes of it', () => {
    // samples of 500 of one distribution over 10 bins: on average 9 · (1/500 + 1/500)
    const found = populationStability(of(Array(10).fill(1), 500), of(Array(10).fill(1), 500));
    expect(found?.byChance).toBeCloseTo(0.036, 12);
    const random = mulberry(7);
    const sample = () => {
      const bins = Array<number>(10).fill(0);
      for (let n = 0; n < 500; n++) bins[Math.floor(10 * random())]++;
      return of(bins, 500);
    };
    let sum = 0;
    for (let n = 0; n < 400; n++) sum += populationStability(sample(), sample())?.psi ?? 0;
    expect(sum / 400).toBeGreaterThan(0.032);
    expect(sum / 400).toBeLessThan(0.041);
  });
});

describe('readingOf()', () => {
  const read = (found: number[], observations = 10_000) =>
    readingOf(populationStability(of([50, 50], observations), of(found, observations)));

  it('has the usual thresholds', () => {
    expect(read([50, 50])).toBe('stable');
    expect(read([60, 40])).toBe('stable'); // .2 · ln 1.5 … = .04
    expect(read([67, 33])).toBe('moderate'); // .12
    expect(read([80, 20])).toBe('large'); // .44
  });

  it('says nothing while there are few observations', () => {
    expect(read([80, 20], 39)).toBe('too few');
    expect(read([80, 20], 41)).toBe('large');
    expect(readingOf(null)).toBe('too few');
  });
});

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
