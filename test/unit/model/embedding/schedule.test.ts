import { describe, expect, it } from 'vitest';
import {
  bestEpoch,
  learningRate,
  type ScheduleOptions,
  shouldStop,
} from '../../../../src/model/embedding/schedule.ts';

const falling = Array.from({ length: 30 }, (_, epoch) => 1 - 0.01 * epoch);
const ratesOf = (schedule: ScheduleOptions, losses: readonly number[]) =>
  losses.map((_, epoch) => learningRate(schedule, losses.slice(0, epoch)));

describe('learningRate()', () => {
  it('warms up in a line, sustains, then decays towards the minimum', () => {
    const rates = ratesOf(
      {
        kind: 'warm-up',
        start: 1e-4,
        maximum: 1e-2,
        minimum: 1e-3,
        warmUp: 4,
        sustain: 3,
        decay: 0.5,
      },
      falling,
    );
    rates.forEach((rate, epoch) => {
      const expected =
        epoch < 4
          ? 1e-4 + (9.9e-3 / 4) * epoch
          : epoch < 7
            ? 1e-2
            : 1e-3 + 9e-3 * 0.5 ** (epoch - 7);
      expect(rate).toBeCloseTo(expected, 12);
    });
    expect(rates[0]).toBe(1e-4);
    expect(rates[6]).toBe(1e-2);
    expect(rates[8]).toBeCloseTo(5.5e-3, 12);
  });

  it('rises towards a minimum above the maximum, as in the public projects', () => {
    const rates = ratesOf(
      {
        kind: 'warm-up',
        start: 1e-5,
        maximum: 5e-5,
        minimum: 1e-4,
        warmUp: 5,
        sustain: 0,
        decay: 0.8,
      },
      falling,
    );
    expect(rates.slice(0, 5)).toEqual([1e-5, 1.8e-5, 2.6e-5, 3.4e-5, 4.2e-5].map(near));
    expect(rates.slice(5, 8)).toEqual([5e-5, 6e-5, 6.8e-5].map(near));
    expect(rates[29]).toBeLessThan(1e-4);
  });

  it('without warm-up starts at the maximum', () => {
    const schedule = { kind: 'warm-up', start: 1, maximum: 8, minimum: 2, decay: 0.5 } as const;
    expect(ratesOf({ ...schedule, warmUp: 0, sustain: 1 }, [9, 8, 7])).toEqual([8, 8, 5]);
  });

  it('halves on a plateau, counts again from 0, and stays at the minimum', () => {
    const schedule = {
      kind: 'plateau',
      rate: 1e-3,
      factor: 0.5,
      patience: 2,
      minimum: 2e-4,
    } as const;
    const losses = [0.5, 0.4, 0.41, 0.39995, 0.3, 0.31, 0.32, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3];
    const thousandths = ratesOf(schedule, losses).map((rate) => rate * 1000);
    expect(thousandths).toEqual(
      [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2].map(near),
    );
    expect(ratesOf(schedule, falling)).toEqual(falling.map(() => 1e-3));
  });

  it('is constant', () => {
    expect(ratesOf({ kind: 'constant', rate: 0.02 }, falling)).toEqual(falling.map(() => 0.02));
  });
});

describe('bestEpoch() and shouldStop()', () => {
  it('stops when the lowest loss is patience epochs old', () => {
    const losses = [3, 2, 1, 1.5, 1, 1.2];
    expect(bestEpoch(losses)).toBe(2);
    expect(losses.map((_, n) => shouldStop(losses.slice(0, n + 1), 3))).toEqual([
      ...[false, false, false, false, false],
      true,
    ]);
  });

  it('never stops without patience, nor before the first epoch', () => {
    expect(shouldStop([1, 2, 3, 4, 5, 6, 7, 8], 0)).toBe(false);
    expect(shouldStop([], 1)).toBe(false);
    expect(bestEpoch([])).toBe(-1);
  });
});

function near(value: number) {
  return expect.closeTo(value, 12) as unknown as number;
}
