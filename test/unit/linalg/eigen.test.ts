import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal, random } from '../../../src/data/random.ts';
import { symmetricEigen } from '../../../src/linalg/eigen.ts';

/** MᵀM of `rank` random rows, each scaled by another power of ten: eigenvalues from tiny to large. */
function gramOf(size: number, rank: number, seed: number): Float64Array {
  const uniform = random(seed);
  const a = new Float64Array(size * size);
  for (let row = 0; row < rank; row++) {
    const v = Float64Array.from({ length: size }, () => normal(uniform) * 10 ** -(row % 4));
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) a[i * size + j] += v[i] * v[j];
  }
  return a;
}

function worstError(a: Float64Array, size: number): { identity: number; matrix: number } {
  const { values, vectors } = symmetricEigen(a, size);
  const worst = { identity: 0, matrix: 0 };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let product = 0;
      let matrix = 0;
      for (let k = 0; k < size; k++) {
        product += vectors[i * size + k] * vectors[j * size + k];
        matrix += vectors[i * size + k] * values[k] * vectors[j * size + k];
      }
      worst.identity = Math.max(worst.identity, Math.abs(product - (i === j ? 1 : 0)));
      worst.matrix = Math.max(worst.matrix, Math.abs(matrix - a[i * size + j]));
    }
  }
  return worst;
}

describe('symmetricEigen()', () => {
  it('gives orthonormal vectors that rebuild the matrix, also when it has not full rank', () => {
    const shape = fc.record({
      size: fc.integer({ min: 0, max: 40 }),
      rank: fc.integer({ min: 0, max: 50 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(shape, ({ size, rank, seed }) => {
        const a = gramOf(size, rank, seed);
        const before = a.slice();
        const largest = Math.max(1, ...a.map(Math.abs));
        const { identity, matrix } = worstError(a, size);
        expect(identity).toBeLessThan(1e-12);
        expect(matrix).toBeLessThan(1e-12 * largest);
        const { values } = symmetricEigen(a, size);
        expect(values).toEqual(values.toSorted().reverse());
        expect(a).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  it('decomposes diagonal matrices, negative eigenvalues and 128 columns', () => {
    expect([...symmetricEigen([3, 0, 0, 0, -2, 0, 0, 0, 0], 3).values]).toEqual([3, 0, -2]);
    const [upper, lower] = symmetricEigen([0, 9, 1, 0], 2).values;
    expect(lower).toBeCloseTo(-1, 12);
    expect(upper).toBeCloseTo(1, 12);
    const { identity, matrix } = worstError(gramOf(128, 300, 7), 128);
    expect(identity).toBeLessThan(1e-11);
    expect(matrix).toBeLessThan(1e-9);
  });

  // A test of what is left against its neighbours alone never ends here: they are rounding themselves.
  it('decomposes a matrix of which almost nothing but one direction is left', () => {
    const size = 64;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const uniform = random(seed);
      const scales = Float64Array.from({ length: size }, (_, k) =>
        k === size - 1 ? 1 : 1e-7 * uniform(),
      );
      const a = new Float64Array(size * size);
      for (let row = 0; row < 100; row++) {
        const v = scales.map((scale) => scale * normal(uniform));
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) a[i * size + j] += v[i] * v[j];
      }
      const { identity, matrix } = worstError(a, size);
      expect(identity).toBeLessThan(1e-12);
      expect(matrix).toBeLessThan(1e-12 * a[size * size - 1]);
    }
  });

  it('says so when the matrix is not finite', () => {
    expect(() => symmetricEigen([1, 0, Number.NaN, 1], 2)).toThrow(/finite/);
  });
});
