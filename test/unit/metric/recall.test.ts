import { describe, expect, it } from 'vitest';
import { countIn, recall } from '../../../src/metric/recall.ts';

const set = (...items: number[]) => new Set(items);

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
