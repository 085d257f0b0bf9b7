import { describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import { gini } from '../../../../src/metric/list/gini.ts';

describe('gini()', () => {
  it('is 0 when every title is recommended equally often', () => {
    const lists = [
      [0, 1],
      [2, 3],
    ];
    expect(gini(lists, 2, 4)).toBeCloseTo(0, 12);
  });

  it('is (n − 1) / n when all lists have the same single title', () => {
    expect(gini([[2], [2], [2]], 1, 5)).toBeCloseTo(4 / 5, 12);
  });

  it('is half the mean absolute difference between two titles, relative to the mean', () => {
    const uniform = random(5);
    const titles = 40;
    const lists = Array.from({ length: 30 }, () =>
      Array.from({ length: 12 }, () => Math.floor(titles * uniform() ** 2)),
    );
    const times = new Array<number>(titles).fill(0);
    for (const list of lists) for (const item of list.slice(0, 10)) times[item]++;
    let differences = 0;
    for (const a of times) for (const b of times) differences += Math.abs(a - b);
    const mean = times.reduce((sum, count) => sum + count, 0) / titles;
    expect(gini(lists, 10, titles)).toBeCloseTo(differences / (2 * titles ** 2 * mean), 12);
  });

  it('is undefined without any recommendation', () => {
    expect(gini([[], []], 10, 5)).toBeNaN();
  });
});
