import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topItems } from '../../../src/model/top.ts';

describe('topItems()', () => {
  it('is the head of a full sort; ties go to the lower item; −∞ and NaN are never taken', () => {
    const score = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(Number.NEGATIVE_INFINITY, Number.NaN),
    );
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 60 }),
        fc.integer({ min: 0, max: 70 }),
        (scores, k) => {
          const expected = [...scores.keys()]
            .filter((i) => scores[i] > Number.NEGATIVE_INFINITY)
            .sort((a, b) => scores[b] - scores[a] || a - b)
            .slice(0, k);
          const top = topItems(Float32Array.from(scores), k);
          expect([...top.items]).toEqual(expected);
          expect([...top.scores]).toEqual(expected.map((i) => scores[i]));
        },
      ),
    );
  });
});
