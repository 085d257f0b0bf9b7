import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Csr } from '../../../src/data/csr.ts';
import { random } from '../../../src/data/random.ts';
import { BlockSymmetricMatrix } from '../../../src/linalg/block-symmetric-matrix.ts';
import { invert } from '../../../src/linalg/inverse.ts';
import { regressOnNeighbours } from '../../../src/linalg/regression.ts';
import { instantiateKernels } from '../../../src/linalg/wasm/instance.ts';
import { referenceKernels } from '../../../src/linalg/wasm/reference.ts';

/** A random covariance of `size` variables. */
function covariance(size: number, uniform: () => number): number[][] {
  const rows = Array.from({ length: size + 3 }, () =>
    Array.from({ length: size }, () => uniform() - 0.3),
  );
  return Array.from({ length: size }, (_, i) =>
    Array.from(
      { length: size },
      (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0) + (i === j ? 1 : 0),
    ),
  );
}

function panelsOf(matrix: number[][], width: number): BlockSymmetricMatrix {
  const panels = new BlockSymmetricMatrix(matrix.length, width);
  for (const [r, row] of matrix.entries()) for (let c = 0; c <= r; c++) panels.set(r, c, row[c]);
  return panels;
}

function neighboursOf(lists: readonly (readonly number[])[]): Csr {
  const indptr = Uint32Array.from([0, ...lists.map((_, c) => lists.slice(0, c + 1).flat().length)]);
  const indices = Uint32Array.from(lists.flat());
  const columns = lists.length;
  return {
    rows: columns,
    columns,
    indptr,
    indices,
    values: new Float32Array(indices.length),
  };
}

const others = (size: number) =>
  Array.from({ length: size }, (_, c) => Array.from(Array(size).keys()).filter((i) => i !== c));

describe('regressions()', () => {
  it('agrees with its reference on systems of any size, one after the other', async () => {
    const bytes = 1 << 20;
    const fast = instantiateKernels(bytes);
    const shape = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 6 }),
      seed: fc.integer(),
      broken: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, ({ sizes, seed, broken }) => {
        const uniform = random(seed);
        const systems = sizes.map((size) => covariance(size, uniform));
        if (broken) systems[sizes.length - 1][0][0] = -1;
        const plain = new ArrayBuffer(bytes);
        const starts: number[] = [];
        for (const buffer of [plain, fast.memory.buffer]) {
          new Uint32Array(buffer, 0, sizes.length).set(sizes);
          // what stands above the diagonal, and in the padding, must not matter
          const floats = new Float32Array(buffer, 1024).fill(Number.NaN);
          let at = 0;
          for (const [s, size] of sizes.entries()) {
            const width = 8 * Math.ceil(size / 8);
            for (let r = 0; r < size; r++)
              floats.set(systems[s][r].slice(0, r + 1), at + r * width);
            starts[s] = at + (size - 1) * width;
            at += size * width;
          }
        }
        const results = [referenceKernels({ buffer: plain }), fast.kernels].map((kernels) =>
          kernels.regressions(1024, 0, sizes.length),
        );
        expect(results).toEqual(broken ? [sizes.length, sizes.length] : [0, 0]);
        for (const [s, size] of sizes.entries()) {
          if (broken && s === sizes.length - 1) continue;
          const expected = new Float32Array(plain, 1024 + 4 * starts[s], size);
          const found = new Float32Array(fast.memory.buffer, 1024 + 4 * starts[s], size);
          for (let i = 0; i < size; i++) expect(found[i]).toBeCloseTo(expected[i], 3);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('regressOnNeighbours()', () => {
  it('with all others as neighbours says what the inverse says', async () => {
    const size = 37;
    const matrix = covariance(size, random(3));
    const ridge = Float32Array.from({ length: size }, (_, i) => i / 10);
    const { weights, rest } = await regressOnNeighbours(
      panelsOf(matrix, 8),
      ridge,
      neighboursOf(others(size)),
    );
    const inverse = panelsOf(
      matrix.map((row, r) => row.map((value, c) => value + (r === c ? ridge[r] : 0))),
      8,
    );
    await invert(inverse);
    for (let c = 0; c < size; c++) {
      expect(rest[c]).toBeCloseTo(1 / inverse.get(c, c), 3);
      for (let p = weights.indptr[c]; p < weights.indptr[c + 1]; p++)
        expect(weights.values[p]).toBeCloseTo(
          -inverse.get(weights.indices[p], c) / inverse.get(c, c),
          3,
        );
    }
  });

  it('leaves a zero gradient: what is left of a column has nothing in common with its neighbours', async () => {
    const size = 60;
    const uniform = random(8);
    const matrix = covariance(size, uniform);
    const lists = others(size).map((list) => list.filter(() => uniform() < 0.3));
    const ridge = new Float32Array(size).fill(0.5);
    const { weights } = await regressOnNeighbours(
      panelsOf(matrix, 16),
      ridge,
      neighboursOf(lists),
      { threads: 1 },
    );
    for (const [c, list] of lists.entries()) {
      const w = weights.values.subarray(weights.indptr[c], weights.indptr[c + 1]);
      for (const i of list) {
        const fitted = list.reduce(
          (sum, j, p) => sum + w[p] * (matrix[i][j] + (i === j ? 0.5 : 0)),
          0,
        );
        expect(fitted).toBeCloseTo(matrix[i][c], 3);
      }
    }
  });

  it('gives the same bytes on one thread and on two, also where a job is one large system', async () => {
    const size = 400;
    const uniform = random(5);
    const matrix = covariance(size, uniform);
    const lists = others(size).map((list, c) => (c % 50 === 0 ? list : list.slice(0, c % 7)));
    const given = [panelsOf(matrix, 64), new Float32Array(size), neighboursOf(lists)] as const;
    const one = await regressOnNeighbours(...given, { threads: 1 });
    const two = await regressOnNeighbours(...given, { threads: 2 });
    expect(two.weights.values).toEqual(one.weights.values);
    expect(two.rest).toEqual(one.rest);
  });

  it('a variable without neighbours keeps all of itself', async () => {
    const { weights, rest } = await regressOnNeighbours(
      panelsOf([[4]], 8),
      Float32Array.of(1),
      neighboursOf([[]]),
    );
    expect([...weights.values]).toEqual([]);
    expect([...rest]).toEqual([5]);
  });

  it('names the title whose system is not positive definite', async () => {
    const matrix = panelsOf(
      [
        [1, 0, 0],
        [0, -1, 0],
        [0, 0, 1],
      ],
      8,
    );
    await expect(
      regressOnNeighbours(matrix, new Float32Array(3), neighboursOf([[], [0], [0]])),
    ).rejects.toThrow(/title 1 is not positive definite/);
  });
});
