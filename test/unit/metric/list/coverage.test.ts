import { describe, expect, it } from 'vitest';
import { coverage } from '../../../../src/metric/list/coverage.ts';

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
