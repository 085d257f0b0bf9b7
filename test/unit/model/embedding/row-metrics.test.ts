import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowMetricsSum } from '../../../../src/model/embedding/row-metrics.ts';

function metricsOf(binary: boolean, ...rows: [prediction: number, target: number][]) {
  const sum = new RowMetricsSum(binary);
  const column = (c: 0 | 1) => Float32Array.from(rows, (row) => row[c]);
  sum.add(column(0), column(1), rows.length);
  return sum.result();
}

describe('RowMetricsSum', () => {
  it('has the loss, MAE and MSE of the formulas', () => {
    const { rows, loss, mae, mse } = metricsOf(false, [0.5, 1], [0.25, 0.5]);
    expect(rows).toBe(2);
    expect(loss).toBeCloseTo((Math.LN2 - (Math.log(0.25) + Math.log(0.75)) / 2) / 2, 6);
    expect(mae).toBeCloseTo(0.375, 6);
    expect(mse).toBeCloseTo((0.25 + 0.0625) / 2, 6);
    expect(metricsOf(false, [0.5, 1])).not.toHaveProperty('auc');
  });

  it('counts hits of the binary variant', () => {
    const { accuracy, precision, recall } = metricsOf(
      true,
      ...([
        [0.9, 1],
        [0.8, 1],
        [0.7, 0],
        [0.2, 1],
        [0.1, 0],
      ] as [number, number][]),
    );
    expect([accuracy, precision, recall]).toEqual([3 / 5, 2 / 3, 2 / 3].map(near));
    expect(metricsOf(true, [0.1, 0])).toMatchObject({ precision: 0, recall: 0, auc: 0.5 });
  });

  it('auc is the share of pairs in the right order, ties half', () => {
    const grid = fc.integer({ min: 0, max: 16 }).map((n) => n / 16);
    const row = fc.tuple(grid, fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const ones = rows.filter(([, t]) => t === 1);
        const zeros = rows.filter(([, t]) => t === 0);
        let ordered = 0;
        for (const [a] of ones) for (const [b] of zeros) ordered += a > b ? 1 : a === b ? 0.5 : 0;
        const pairs = ones.length * zeros.length;
        const expected = pairs === 0 ? 0.5 : ordered / pairs;
        expect(metricsOf(true, ...rows).auc).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('is not finite once a prediction was no number', () => {
    const sum = new RowMetricsSum(false);
    sum.add(Float32Array.of(0, 1), Float32Array.of(1, 0), 2);
    expect(sum.isFinite).toBe(true);
    sum.add(Float32Array.of(Number.NaN), Float32Array.of(1), 1);
    expect(sum.isFinite).toBe(false);
  });
});

function near(value: number) {
  return expect.closeTo(value, 6) as unknown as number;
}
