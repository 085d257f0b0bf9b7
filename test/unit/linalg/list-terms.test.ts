import { describe, expect, it } from 'vitest';
import { MOST_CANDIDATES, RECORD, TERM } from '../../../src/linalg/list-terms.ts';
import { RowScorer } from '../../../src/linalg/row-scorer.ts';

/** Rows 0 … 3 say something for columns 4 and 5. */
const matrix = {
  rows: 6,
  columns: 6,
  indptr: Uint32Array.of(0, 2, 3, 4, 6, 6, 6),
  indices: Uint32Array.of(4, 5, 4, 4, 4, 5),
  values: Float32Array.of(0.5, 0.1, -0.25, 0.01, 0.125, 1),
};
const scorer = new RowScorer(matrix);
const list = (...entries: [item: number, weight: number, deviation: number][]) => ({
  count: entries.length,
  items: Uint32Array.from(entries, ([item]) => item),
  weights: Float32Array.from(entries, ([, weight]) => weight),
  deviations: Float32Array.from(entries, ([, , deviation]) => deviation),
});
const of = (records: Float32Array, n: number, name: keyof typeof TERM) =>
  records[n * RECORD + TERM[name]];

describe('ListTerms', () => {
  it('adds up what the titles of a list say for each candidate', () => {
    const entries = list([0, 2, 1], [1, 1, 5], [2, 1, 0], [3, 1, -2]);
    const records = scorer.terms.of(entries, Uint32Array.of(5, 4)).slice();
    expect(of(records, 1, 'seen')).toBeCloseTo(0.5 - 0.25 + 0.01 + 0.125, 6);
    expect(of(records, 1, 'positive')).toBeCloseTo(0.635, 6);
    expect(of(records, 1, 'liking')).toBeCloseTo(0.5 - 0.25, 6);
    expect(of(records, 1, 'sum')).toBeCloseTo(1 - 0.25 + 0.01 + 0.125, 6);
    expect(of(records, 1, 'above')).toBeCloseTo(1.135, 6);
    expect(of(records, 1, 'count')).toBe(2);
    expect(of(records, 1, 'deviation')).toBe(1);
    const strongest = records.subarray(RECORD + TERM.strongest, RECORD + TERM.strongest + 5);
    expect([...strongest]).toEqual([1, 0.125, 0.01, 0, 0].map(Math.fround));
    expect(of(records, 0, 'sum')).toBeCloseTo(1.2, 6);
    expect(of(records, 0, 'deviation')).toBe(-2);
  });

  it('forgets the candidates and the list of the call before', () => {
    scorer.terms.of(list([0, 2, 1]), Uint32Array.of(5, 4));
    const records = scorer.terms.of(list([1, 1, 1]), Uint32Array.of(4));
    expect(of(records, 0, 'sum')).toBe(-0.25);
    expect(of(records, 0, 'count')).toBe(0);
    expect(of(scorer.terms.of(list(), Uint32Array.of(4)), 0, 'sum')).toBe(0);
  });

  it('refuses items that are out of range, and too many candidates', () => {
    expect(() => scorer.terms.of(list([6, 1, 1]), Uint32Array.of(4))).toThrow(/item 6 of 6/);
    const many = new Uint32Array(MOST_CANDIDATES + 1);
    expect(() => scorer.terms.of(list([0, 1, 1]), many)).toThrow(/1025 candidates/);
  });
});
