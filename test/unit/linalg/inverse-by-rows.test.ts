import { describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { BlockSymmetricMatrix } from '../../../src/linalg/block-symmetric-matrix.ts';
import { accumulateGram, collected, type RowSource } from '../../../src/linalg/gram.ts';
import { invert } from '../../../src/linalg/inverse.ts';
import { invertByRows, isFasterByRows } from '../../../src/linalg/inverse-by-rows.ts';

/** Random lists, few of them long, and a diagonal that differs from title to title. */
function problem(rows: number, items: number, seed: number) {
  const uniform = random(seed);
  const lists = Array.from({ length: rows }, () => {
    const share = uniform() ** 3;
    return Array.from({ length: items }, (_, i) => i)
      .filter(() => uniform() < share)
      .map((i) => [i, Math.fround(uniform() + 0.2)] as const);
  });
  const source: RowSource = {
    rows,
    // More than there are: sources may leave entries out.
    entries: 3 + lists.reduce((sum, list) => sum + list.length, 0),
    fill(row, at, indices, values) {
      for (const [i, x] of lists[row]) {
        indices[at] = i;
        values[at++] = x;
      }
      return at;
    },
  };
  const diagonal = Float32Array.from({ length: items }, () => 1 + 9 * uniform());
  const system = Array.from({ length: items }, () => new Float64Array(items));
  for (const list of lists)
    for (const [i, x] of list) for (const [j, y] of list) system[i][j] += x * y;
  for (let i = 0; i < items; i++) system[i][i] += diagonal[i];
  return { source, diagonal, system };
}

/** In float64, by Gauss and Jordan; a positive definite matrix needs no pivots. */
function exactInverse(system: readonly Float64Array[]): Float64Array[] {
  const n = system.length;
  const a = system.map((row) => row.slice());
  const x = system.map((_, r) => Float64Array.from({ length: n }, (_, c) => (r === c ? 1 : 0)));
  for (let k = 0; k < n; k++) {
    const pivot = a[k][k];
    for (let c = 0; c < n; c++) {
      a[k][c] /= pivot;
      x[k][c] /= pivot;
    }
    for (let r = 0; r < n; r++) {
      const factor = a[r][k];
      if (r === k || factor === 0) continue;
      subtract(a[r], factor, a[k]);
      subtract(x[r], factor, x[k]);
    }
  }
  return x;
}

function subtract(from: Float64Array, factor: number, row: Float64Array): void {
  for (let c = 0; c < row.length; c++) from[c] -= factor * row[c];
}

/** The largest difference, in parts of the largest entry. */
function errorOf(matrix: BlockSymmetricMatrix, expected: readonly Float64Array[]): number {
  let worst = 0;
  let largest = 0;
  for (const [r, row] of expected.entries())
    for (const [c, value] of row.entries()) {
      worst = Math.max(worst, Math.abs(matrix.get(r, c) - value));
      largest = Math.max(largest, Math.abs(value));
    }
  return worst / largest;
}

describe('invertByRows()', () => {
  it.each([
    [1, 1, 528, 1],
    [0, 5, 528, 2],
    [3, 40, 16, 2],
    [30, 97, 33, 1],
    [70, 100, 96, 2],
    [530, 560, 528, 2],
  ])(
    'of %i rows and %i columns, in panels of %i, is the inverse',
    async (rows, items, width, threads) => {
      const { source, diagonal, system } = problem(rows, items, 11);
      const out = new BlockSymmetricMatrix(items, width);
      await invertByRows(collected(source, out.size), diagonal, out, { threads });
      expect(errorOf(out, exactInverse(system))).toBeLessThan(1e-5);
    },
  );

  it('is the same on one thread and on two, and that of all pairs', async () => {
    const { source, diagonal, system } = problem(80, 200, 12);
    const [one, two, dense] = [1, 2, 3].map(() => new BlockSymmetricMatrix(200, 64));
    await invertByRows(collected(source, one.size), diagonal, one, { threads: 1 });
    await invertByRows(collected(source, two.size), diagonal, two, { threads: 2 });
    await accumulateGram([source], dense);
    for (let i = 0; i < 200; i++) dense.set(i, i, dense.get(i, i) + diagonal[i]);
    await invert(dense);
    expect(two.panels).toEqual(one.panels);
    const exact = exactInverse(system);
    expect(errorOf(one, exact)).toBeLessThan(1e-5);
    expect(errorOf(dense, exact)).toBeLessThan(1e-5);
  });

  it('stops when interrupted', async () => {
    const { source, diagonal } = problem(5, 9, 1);
    const out = new BlockSymmetricMatrix(9);
    await expect(
      invertByRows(collected(source, out.size), diagonal, out, { signal: AbortSignal.abort() }),
    ).rejects.toThrow(/Interrupted/);
  });
});

describe('isFasterByRows()', () => {
  it('is so of few short lists, not of many nor of long ones, nor beyond what kernels can address', () => {
    expect(isFasterByRows(7_066, 17_562, 1_625_214)).toBe(true);
    expect(isFasterByRows(17_562, 17_562, 1_000_000)).toBe(false);
    expect(isFasterByRows(7_066, 17_562, 40_000_000)).toBe(false);
    expect(isFasterByRows(325_772, 17_562, 109_000_000)).toBe(false);
    expect(isFasterByRows(33_000, 400_000, 1_000_000)).toBe(false);
  });
});
