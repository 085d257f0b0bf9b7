import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../../src/server/answers/recommendations-answer.ts';
import { writeDecimal, writeInteger } from '../../../../src/server/fast-list/numbers.ts';

const bytes = Buffer.alloc(32);
const written = (write: typeof writeDecimal, value: number) =>
  bytes.toString('latin1', 3, write(bytes, 3, value));

describe('writeDecimal()', () => {
  it('writes what JSON writes of the rounded number', () => {
    const near = fc.double({ noNaN: true, min: -2, max: 2 });
    fc.assert(
      fc.property(fc.oneof(near, fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
        expect(written(writeDecimal, value)).toBe(JSON.stringify(decimal(value)));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    0, -0, 1, -1, 1e-6, 9.999e-7, 1e-8, 4e-9, -5e-9, 0.99999999, 0.999999999, 999999.99999999,
  ])('writes %d', (value) =>
    expect(written(writeDecimal, value)).toBe(JSON.stringify(decimal(value))),
  );
});

describe('writeInteger()', () => {
  it('writes every number of digits', () => {
    for (const value of [0, 9, 10, 99, 100, 999_999_999, 2 ** 31 - 1])
      expect(written(writeInteger, value)).toBe(String(value));
  });
});
