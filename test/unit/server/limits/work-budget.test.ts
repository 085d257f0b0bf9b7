import { describe, expect, it } from 'vitest';
import { WorkBudgets } from '../../../../src/server/limits/work-budget.ts';

function budgets(options: { maxVisitors?: number } = {}) {
  const clock = { now: 0 };
  const made = new WorkBudgets({ perSecond: 10, burst: 50, clock: () => clock.now, ...options });
  return { clock, budgets: made };
}

describe('WorkBudgets', () => {
  it('holds what a visitor may ask for at once, and no more', () => {
    const { clock, budgets: made } = budgets();
    expect(made.left('a')).toBe(50);
    clock.now = 3_600_000;
    expect(made.left('a')).toBe(50);
    expect(made.charge('a', 1)).toBe(49);
    clock.now += 3_600_000;
    expect(made.left('a')).toBe(50);
  });

  it('gains what a visitor may ask for a second', () => {
    const { clock, budgets: made } = budgets();
    made.charge('a', 50);
    expect(made.left('a')).toBe(0);
    clock.now = 1500;
    expect(made.left('a')).toBe(15);
  });

  it('makes a visitor wait for work that cost more than was left', () => {
    const { clock, budgets: made } = budgets();
    const left = made.charge('a', 120);
    expect(left).toBe(-70);
    expect(made.secondsUntil(left, 1)).toBeCloseTo(7.1);
    clock.now = 7100;
    expect(made.left('a')).toBeCloseTo(1);
  });

  it('keeps visitors apart', () => {
    const { budgets: made } = budgets();
    made.charge('a', 50);
    expect(made.left('b')).toBe(50);
  });

  it('never lets a visitor have more than burst + seconds · perSecond', () => {
    const { clock, budgets: made } = budgets();
    let granted = 0;
    for (let step = 0; step < 1000; step++) {
      clock.now = step * 37;
      if (made.left('a') > 0) {
        made.charge('a', 1);
        granted++;
      }
    }
    expect(granted).toBeLessThanOrEqual(50 + 37 * 10 + 1);
    expect(granted).toBeGreaterThanOrEqual(50 + 36 * 10);
  });

  it('forgets the visitor who asked last of all when there are too many', () => {
    const { budgets: made } = budgets({ maxVisitors: 2 });
    made.charge('a', 10);
    made.charge('b', 10);
    made.charge('a', 10);
    made.charge('c', 10);
    expect(made.left('b')).toBe(50);
    expect(made.left('a')).toBe(30);
  });
});
