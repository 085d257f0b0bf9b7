import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/explain/budget.ts';

describe('Budget', () => {
  it('gives each visitor and all together so much an hour', () => {
    let now = 0;
    const budget = new Budget({ perVisitor: 2, perHour: 3, clock: () => now });
    expect(['a', 'a', 'a', 'b', 'b'].map((who) => budget.take(who))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    now = 3_600_000;
    expect(budget.take('a')).toBe(true);
  });

  it('says what is left of the hour for all together', () => {
    let now = 0;
    const budget = new Budget({ perVisitor: 2, perHour: 3, clock: () => now });
    budget.take('a');
    expect(budget.left).toBe(2);
    now = 3_600_000;
    expect(budget.left).toBe(3);
  });

  it('gives nothing when there is nothing', () => {
    expect(new Budget({ perVisitor: 0, perHour: 5 }).take('a')).toBe(false);
    expect(new Budget({ perVisitor: 5, perHour: 0 }).take('a')).toBe(false);
  });
});
