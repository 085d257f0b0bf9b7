import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Csr } from '../../../src/data/csr.ts';
import { RowScorer } from '../../../src/linalg/row-scorer.ts';
import { referenceKernels } from '../../../src/linalg/wasm/reference.ts';
import { randomCsr } from '../../support/random-csr.ts';

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
  const place = (data: Uint16Array | Uint32Array | Float32Array) => {
    new Uint8Array(buffer, end).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    end += 4 * data.length;
    return end - 4 * data.length;
  };
  const isShort = columns <= 65_536;
  const [starts, named, entries, chosen, weighed] = [
    indptr,
    isShort ? Uint16Array.from(indices) : indices,
    values,
    items,
    weights,
  ].map(place);
  const { addRows, addShortRows } = referenceKernels({ buffer });
  const add = isShort ? addShortRows : addRows;
  add(starts, named, entries, chosen, weighed, items.length, end);
  return new Float32Array(buffer, end, columns);
}

describe('addRows() and addShortRows()', () => {
  it('give bit for bit what their references give on random rows and profiles', () => {
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
          const scores = new RowScorer(matrix).score(items, weights).slice();
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
      scorer.score(Uint32Array.from(items), new Float32Array(items.length).fill(1)).slice();
    const first = score(3, 4);
    score(5, 6, 7);
    expect(score(3, 4)).toEqual(first);
  });

  it('refuses items that are out of range', () => {
    const scorer = new RowScorer(randomCsr(5, 0.5, 1));
    expect(() => scorer.score(Uint32Array.of(5), Float32Array.of(1))).toThrow(/item 5 of 5/);
  });

  it('names columns by 32 bits where 16 are too few', () => {
    const columns = 65_536 + 100;
    const indices = Uint32Array.of(0, 65_535, 65_536, 65_540, columns - 1, 3);
    const matrix = {
      rows: 2,
      columns,
      indptr: Uint32Array.of(0, 5, 6),
      indices,
      values: Float32Array.of(1, 2, 3, 4, 5, 6),
    };
    const weights = Float32Array.of(2, 0.5);
    const items = Uint32Array.of(0, 1);
    const scores = new RowScorer(matrix).score(items, weights);
    expect(Array.from(indices, (column) => scores[column])).toEqual([2, 4, 6, 8, 10, 3]);
    expect(scores.slice()).toEqual(referenceScore(matrix, items, weights));
  });
});
