import { describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { BlockSymmetricMatrix } from '../../../src/linalg/block-symmetric-matrix.ts';
import { accumulateGram, type RowSource } from '../../../src/linalg/gram.ts';
import { invert } from '../../../src/linalg/inverse.ts';
import { strongestOfColumns } from '../../../src/linalg/strongest.ts';

/** Random sparse rows, and G + λI in float64. */
function problem(rows: number, items: number, lambda: number, seed: number) {
  const uniform = random(seed);
  const lists = Array.from({ length: rows }, () =>
    Array.from({ length: items }, (_, i) => i)
      .filter((i) => uniform() < 3 / Math.sqrt(i + 10))
      .map((i) => [i, Math.fround(uniform() + 0.2)] as const),
  );
  const dense = Array.from({ length: items }, () => new Float64Array(items));
  for (const list of lists)
    for (const [i, x] of list) for (const [j, y] of list) dense[i][j] += x * y;
  for (let i = 0; i < items; i++) dense[i][i] += lambda;
  const source: RowSource = {
    rows,
    entries: lists.reduce((sum, list) => sum + list.length, 0),
    fill(row, at, indices, values) {
      for (const [i, x] of lists[row]) {
        indices[at] = i;
        values[at++] = x;
      }
      return at;
    },
  };
  return { source, dense };
}

function addDiagonal(matrix: BlockSymmetricMatrix, value: number) {
  for (let i = 0; i < matrix.size; i++) matrix.set(i, i, matrix.get(i, i) + value);
}

describe('accumulateGram()', () => {
  it('equals the dense product, in one panel or many, on one thread or two', async () => {
    const { source, dense } = problem(60, 45, 0, 1);
    for (const [width, threads] of [
      [512, 1],
      [7, 2],
      [45, 2],
      [16, 1],
    ]) {
      const gram = new BlockSymmetricMatrix(45, width);
      await accumulateGram([source], gram, { threads });
      for (let r = 0; r < 45; r++)
        for (let c = 0; c <= r; c++) expect(gram.get(r, c)).toBeCloseTo(dense[r][c], 3);
    }
  });

  it('is a sum over people: the parts added one after the other give the whole', async () => {
    const all = problem(60, 30, 0, 2);
    const part = (from: number, to: number): RowSource => ({
      rows: to - from,
      entries: all.source.entries,
      fill: (row, at, indices, values) => all.source.fill(from + row, at, indices, values),
    });
    const gram = new BlockSymmetricMatrix(30, 16);
    await accumulateGram([part(0, 23)], gram);
    await accumulateGram([part(23, 60)], gram, { add: true });
    for (let r = 0; r < 30; r++)
      for (let c = 0; c <= r; c++) expect(gram.get(r, c)).toBeCloseTo(all.dense[r][c], 3);
  });

  it('gives zeros when nobody rated anything', async () => {
    const gram = new BlockSymmetricMatrix(3);
    await accumulateGram([{ rows: 0, entries: 0, fill: (_row, at) => at }], gram);
    expect([...gram.panels[0]]).toEqual(new Array(9).fill(0));
  });

  it('stops when interrupted', async () => {
    const { source } = problem(5, 5, 0, 1);
    await expect(
      accumulateGram([source], new BlockSymmetricMatrix(5), { signal: AbortSignal.abort() }),
    ).rejects.toThrow(/Interrupted/);
  });
});

describe('invert()', () => {
  it.each([
    [1, 512],
    [5, 512],
    [64, 16],
    [100, 33],
    [97, 96],
    [540, 512],
  ])(
    'of size %i, in panels of %i, gives the identity when multiplied back',
    async (size, width) => {
      const { source, dense } = problem(80, size, 3, 5);
      const matrix = new BlockSymmetricMatrix(size, width);
      await accumulateGram([source], matrix);
      addDiagonal(matrix, 3);
      await invert(matrix);
      let worst = 0;
      for (let r = 0; r < size; r++) {
        const product = new Float64Array(size);
        for (let k = 0; k < size; k++) {
          const factor = matrix.get(r, k);
          const column = dense[k];
          for (let c = 0; c < size; c++) product[c] += factor * column[c];
        }
        product[r] -= 1;
        for (const entry of product) worst = Math.max(worst, Math.abs(entry));
      }
      expect(worst).toBeLessThan(2e-4);
    },
  );

  it('says which item makes the matrix indefinite, and what to do', async () => {
    const matrix = new BlockSymmetricMatrix(4, 2);
    for (const [i, value] of [1, 2, -3, 4].entries()) matrix.set(i, i, value);
    await expect(invert(matrix)).rejects.toThrow(
      /not positive definite \(at item 2\).*regularization/,
    );
  });

  it('stops when interrupted', async () => {
    const matrix = new BlockSymmetricMatrix(4, 2);
    addDiagonal(matrix, 1);
    await expect(invert(matrix, { signal: AbortSignal.abort() })).rejects.toThrow(/Interrupted/);
  });
});

describe('strongestOfColumns()', () => {
  it('finds in every column what a full sort finds', async () => {
    const size = 53;
    const uniform = random(9);
    const matrix = new BlockSymmetricMatrix(size, 16);
    for (let r = 0; r < size; r++)
      for (let c = 0; c <= r; c++) matrix.set(r, c, Math.fround(uniform() - 0.5));
    const scale = Float32Array.from({ length: size }, () => uniform());
    const found = await strongestOfColumns(matrix, 7, { scale });
    for (let c = 0; c < size; c++) {
      const expected = Array.from({ length: size }, (_, r) => r)
        .filter((r) => r !== c)
        .sort(
          (a, b) => Math.abs(matrix.get(b, c) * scale[b]) - Math.abs(matrix.get(a, c) * scale[a]),
        )
        .slice(0, 7)
        .sort((a, b) => a - b);
      expect([...found.indices.subarray(found.indptr[c], found.indptr[c + 1])]).toEqual(expected);
      for (let p = found.indptr[c]; p < found.indptr[c + 1]; p++) {
        expect(found.values[p]).toBeCloseTo(
          matrix.get(found.indices[p], c) * scale[found.indices[p]],
          6,
        );
      }
    }
  });
});
