import { describe, expect, it } from 'vitest';
import type { Csr } from '../../../src/data/csr.ts';
import { random } from '../../../src/data/random.ts';
import { InterruptedError } from '../../../src/error.ts';
import { symmetricEigen } from '../../../src/linalg/eigen.ts';
import { truncatedSvd } from '../../../src/linalg/truncated-svd.ts';

const HOW = { oversampling: 6, iterations: 6, seed: 1 };

function randomMatrix(rows: number, columns: number, density: number, seed: number): Csr {
  const uniform = random(seed);
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (uniform() >= density) continue;
      indices.push(c);
      values.push(uniform() * 2 - 0.7);
    }
    indptr.push(indices.length);
  }
  return {
    rows,
    columns,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** F·Fᵀ, dense, in float64. */
function product({ rows, columns, indptr, indices, values }: Csr): Float64Array {
  const dense = Array.from({ length: rows }, () => new Float64Array(columns));
  for (let r = 0; r < rows; r++)
    for (let p = indptr[r]; p < indptr[r + 1]; p++) dense[r][indices[p]] = values[p];
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++)
      out[i * rows + j] = dense[i].reduce((sum, value, c) => sum + value * dense[j][c], 0);
  return out;
}

describe('truncatedSvd()', () => {
  it('finds the largest singular values, and vectors of length 1 that FFᵀ only stretches', () => {
    const matrix = randomMatrix(40, 25, 0.3, 5);
    const ffT = product(matrix);
    const whole = symmetricEigen(ffT, 40).values;
    const { rank, values, left } = truncatedSvd(matrix, { ...HOW, iterations: 30, rank: 8 });
    expect(rank).toBe(8);
    for (let c = 0; c < rank; c++) {
      expect(values[c]).toBeCloseTo(Math.sqrt(whole[c]), 3);
      for (let i = 0; i < 40; i++) {
        let stretched = 0;
        for (let j = 0; j < 40; j++) stretched += ffT[i * 40 + j] * left[j * rank + c];
        expect(stretched).toBeCloseTo(values[c] ** 2 * left[i * rank + c], 2);
      }
      for (let d = 0; d <= c; d++) {
        let inner = 0;
        for (let i = 0; i < 40; i++) inner += left[i * rank + c] * left[i * rank + d];
        expect(inner).toBeCloseTo(Number(c === d), 4);
      }
    }
  });

  it('gives no more than the rank of F, and nothing of a matrix of zeros', () => {
    const one = randomMatrix(6, 9, 1, 2);
    for (let r = 1; r < 6; r++)
      for (let c = 0; c < 9; c++) one.values[r * 9 + c] = r * one.values[c];
    expect(truncatedSvd(one, { ...HOW, rank: 4 }).rank).toBe(1);
    const zeros = randomMatrix(6, 9, 0, 2);
    expect(truncatedSvd(zeros, { ...HOW, rank: 4 }).rank).toBe(0);
  });

  it('gives the same for the same seed, and stops on a signal', () => {
    const matrix = randomMatrix(30, 20, 0.3, 7);
    const first = truncatedSvd(matrix, { ...HOW, rank: 5 });
    expect(truncatedSvd(matrix, { ...HOW, rank: 5 })).toEqual(first);
    const signal = AbortSignal.abort();
    expect(() => truncatedSvd(matrix, { ...HOW, rank: 5, signal })).toThrow(InterruptedError);
  });
});
