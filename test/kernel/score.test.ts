import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Csr } from '../../src/data/csr.ts';
import { referenceKernels } from '../../src/kernel/reference.ts';
import { RowScorer } from '../../src/kernel/score.ts';
import { randomCsr } from '../model/random-csr.ts';

/** The same call on the plain twin. */
function referenceScore(
  { columns, indptr, indices, values }: Csr,
  items: Uint32Array,
  weights: Float32Array,
) {
  const buffer = new ArrayBuffer(
    4 * (indptr.length + 2 * indices.length + 2 * items.length + columns),
  );
  let end = 0;
  const place = (data: Uint32Array | Float32Array) => {
    new Uint32Array(buffer, end, data.length).set(
      new Uint32Array(data.buffer, data.byteOffset, data.length),
    );
    end += 4 * data.length;
    return end - 4 * data.length;
  };
  const pointers = [indptr, indices, values, items, weights].map(place);
  referenceKernels({ buffer }).addRows(
    pointers[0],
    pointers[1],
    pointers[2],
    pointers[3],
    pointers[4],
    items.length,
    end,
  );
  return new Float32Array(buffer, end, columns);
}

describe('addRows()', () => {
  it('gives bit for bit what its reference gives on random rows and profiles', () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: 60 }),
      density: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.double({ min: -3, max: 3, noNaN: true })),
        ({ size, density, seed }, numbers) => {
          const matrix = randomCsr(size, density, seed);
          const count = Math.min(size, numbers.length);
          const items = Uint32Array.from({ length: count }, (_, p) => size - count + p);
          const weights = Float32Array.from(numbers.slice(0, count));
          const scores = new RowScorer(matrix).score(items, weights, new Float32Array(size));
          expect(scores).toEqual(referenceScore(matrix, items, weights));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('RowScorer', () => {
  it('forgets the profile before when another one comes', () => {
    const scorer = new RowScorer(randomCsr(20, 0.5, 1));
    const score = (...items: number[]) =>
      scorer.score(
        Uint32Array.from(items),
        new Float32Array(items.length).fill(1),
        new Float32Array(20),
      );
    const first = score(3, 4);
    score(5, 6, 7);
    expect(score(3, 4)).toEqual(first);
  });

  it('refuses items and outputs that are out of range', () => {
    const scorer = new RowScorer(randomCsr(5, 0.5, 1));
    expect(() => scorer.score(Uint32Array.of(5), Float32Array.of(1), new Float32Array(5))).toThrow(
      /item 5 of 5/,
    );
    expect(() => scorer.score(Uint32Array.of(1), Float32Array.of(1), new Float32Array(4))).toThrow(
      /expected 5/,
    );
  });
});
