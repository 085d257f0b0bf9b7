import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referenceKernels } from '../../src/kernel/reference.ts';
import { scannedScores } from '../../src/kernel/scan.ts';
import { topItems } from '../../src/model/top.ts';

const score = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.NEGATIVE_INFINITY, Number.NaN, -0, 1e-40),
);

describe('nextAbove()', () => {
  it('finds what its reference finds, from every place and for every bound', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 40 }), score, (values, least) => {
        const scanned = scannedScores(values.length);
        scanned.scores.set(values);
        const buffer = new ArrayBuffer(4 * values.length);
        new Float32Array(buffer).set(values);
        for (let from = 0; from <= values.length; from++) {
          const expected = referenceKernels({ buffer }).nextAbove(0, from, values.length, least);
          expect(scanned.nextAbove(from, least)).toBe(expected);
        }
      }),
    );
  });

  it('gives topItems() the same ranking as a plain look', () => {
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 80 }),
        fc.integer({ min: 0, max: 90 }),
        (values, k) => {
          const scanned = scannedScores(values.length);
          scanned.scores.set(values);
          expect(topItems(scanned.scores, k, scanned.nextAbove)).toEqual(
            topItems(Float32Array.from(values), k),
          );
        },
      ),
    );
  });
});
