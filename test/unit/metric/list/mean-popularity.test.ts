import { describe, expect, it } from 'vitest';
import { meanPopularity } from '../../../../src/metric/list/mean-popularity.ts';

describe('meanPopularity()', () => {
  it('is the mean share of people who list the recommended', () => {
    expect(meanPopularity([0, 2, 1], [0.5, 0.1, 0.3], 2)).toBeCloseTo(0.4, 12);
    expect(meanPopularity([], [0.5], 20)).toBe(0);
  });
});
