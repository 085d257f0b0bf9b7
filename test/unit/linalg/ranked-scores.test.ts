import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankedScores } from '../../../src/linalg/ranked-scores.ts';
import { Arena } from '../../../src/linalg/wasm/arena.ts';
import { instantiateKernels } from '../../../src/linalg/wasm/instance.ts';
import { referenceKernels } from '../../../src/linalg/wasm/reference.ts';
import { topItems } from '../../../src/model/top.ts';

const score = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.float(),
  fc.constantFrom(Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 1e-40),
);

function ranking(items: number) {
  const arena = new Arena();
  const [scores, out] = [arena.allocate(4 * items), arena.allocate(8 * items)];
  return rankedScores(instantiateKernels(arena.bytes), items, scores, out);
}

describe('topScores()', () => {
  it('finds what its reference and topItems() find, in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 80 }),
        fc.integer({ min: 0, max: 90 }),
        (values, k) => {
          const ranked = ranking(values.length);
          ranked.scores.set(values);
          const top = [...ranked.top(k)];
          const out = 4 * values.length;
          const buffer = new ArrayBuffer(2 * out);
          new Float32Array(buffer).set(values);
          const size = referenceKernels({ buffer }).topScores(0, values.length, k, out);
          expect(top).toEqual([...new Uint32Array(buffer, out, size)]);
          expect(top).toEqual([...topItems(Float32Array.from(values), k).items]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves the scores as they are, so that they can be asked again', () => {
    const ranked = ranking(5);
    ranked.scores.set([1, 5, 3, 5, 2]);
    expect([...ranked.top(2)]).toEqual([1, 3]);
    expect([...ranked.top(9)]).toEqual([1, 3, 2, 4, 0]);
  });
});
