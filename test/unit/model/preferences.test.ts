import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import type { Csr } from '../../../src/data/csr.ts';
import { profileOf } from '../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../src/data/weights.ts';
import { itemKnnBy } from '../../../src/model/knn/item-knn.ts';
import { preferenceRows, preferencesOf, weighRows } from '../../../src/model/preferences.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const BM25 = { K1: 100, B: 0.8 };

function csr(rows: readonly (readonly number[])[]): Csr {
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    for (const [c, value] of row.entries()) {
      if (value === 0) continue;
      indices.push(c);
      values.push(value);
    }
    indptr.push(indices.length);
  }
  return {
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** From the formulas of the `implicit` library alone, on dense rows. */
function weighed(rows: readonly (readonly number[])[], how: 'tfidf' | 'bm25'): number[] {
  const sum = (row: readonly number[]) => row.reduce((a, b) => a + b, 0);
  const mean = rows.reduce((total, row) => total + sum(row), 0) / rows.length;
  return rows.flatMap((row) =>
    row.flatMap((x, c) => {
      if (x === 0) return [];
      const idf = Math.log(rows.length / (1 + rows.filter((other) => other[c] !== 0).length));
      if (how === 'tfidf') return [x * idf];
      const norm = BM25.K1 * (1 - BM25.B + (BM25.B * sum(row)) / mean);
      return [((x * (BM25.K1 + 1)) / (norm + x)) * idf];
    }),
  );
}

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 3, noNaN: true })), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );

describe('weighRows()', () => {
  it('weighs as the formulas say and leaves X as it is', () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom('tfidf' as const, 'bm25' as const), (rows, how) => {
        const matrix = csr(rows);
        const before = matrix.values.slice();
        const { values } = weighRows(matrix, how, BM25);
        for (const [p, expected] of weighed(rows, how).entries())
          expect(values[p]).toBeCloseTo(expected, 3);
        expect(matrix.values).toEqual(before);
        expect(weighRows(matrix, 'cosine', BM25).values).toEqual(before);
      }),
    );
  });
});

describe('preferenceRows()', () => {
  it('holds what preferencesOf() says of each person, weights of 0 left out', () => {
    const dataset = smallDataset();
    const { weights } = parseSlimOptions({ weights: { floor: 0, slope: 0.6 } });
    const rows = preferenceRows(dataset, { from: 10, to: 30 }, weights);
    expect(rows.rows).toBe(20);
    expect([...rows.values]).not.toContain(0);
    for (let row = 0; row < 20; row++) {
      const profile = profileOf(dataset.interactions, 10 + row);
      const own = preferencesOf(profile, weights);
      const [from, to] = [rows.indptr[row], rows.indptr[row + 1]];
      expect(rows.indices.slice(from, to)).toEqual(own.items);
      expect(rows.values.slice(from, to)).toEqual(own.weights);
      const kept = preferenceWeights(profile, weights).filter((weight) => weight !== 0);
      expect(own.weights).toEqual(kept);
    }
  });
});

describe('itemKnn.fit() by weighting', () => {
  const dataset = smallDataset({ people: 60, titles: 20 });

  it('is the product of the weighed titles: a cosine by TF-IDF, plain by BM25', async () => {
    const { weights } = parseSlimOptions({});
    const people = preferenceRows(dataset, dataset.parts.train, weights);
    const dense = Array.from({ length: 20 }, () => new Array<number>(people.rows).fill(0));
    for (let u = 0; u < people.rows; u++)
      for (let p = people.indptr[u]; p < people.indptr[u + 1]; p++)
        dense[people.indices[p]][u] = people.values[p];
    for (const weighting of ['tfidf', 'bm25'] as const) {
      const model = await itemKnnBy(weighting).fit(dataset, {
        weights,
        damping: 0,
        neighbours: 19,
      });
      const { values, indptr, indices } = { ...csr(dense), values: weighed(dense, weighting) };
      const titles = dense.map((row) => row.map(() => 0));
      for (let i = 0; i < 20; i++)
        for (let p = indptr[i]; p < indptr[i + 1]; p++) titles[i][indices[p]] = values[p];
      const product = (i: number, j: number) =>
        titles[i].reduce((s, x, u) => s + x * titles[j][u], 0);
      const likeness = (i: number, j: number) =>
        weighting === 'bm25'
          ? product(i, j)
          : product(i, j) / Math.sqrt(product(i, i) * product(j, j));
      const { items, scores } = model.similarItems(4, 5);
      const expected = [...Array(18).keys()]
        .filter((j) => j !== 4)
        .map((j) => likeness(4, j))
        .sort((a, b) => b - a);
      expect(items).toHaveLength(5);
      for (let rank = 0; rank < 5; rank++) {
        expect(scores[rank] / expected[rank]).toBeCloseTo(1, 3);
        expect(likeness(4, items[rank]) / expected[rank]).toBeCloseTo(1, 3);
      }
    }
  });
});
