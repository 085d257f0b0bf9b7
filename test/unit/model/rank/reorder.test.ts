import { expect, it } from 'vitest';
import { reorder } from '../../../../src/model/rank/reorder.ts';
import { topItems } from '../../../../src/model/top.ts';

const orderOf = (scores: Float32Array) => [...topItems(scores, scores.length).items];

it('hands out the scores of the candidates in the order of their values', () => {
  const scores = Float32Array.of(0.1, 0.9, 0.5, 0.7, 0.2);
  reorder(scores, Uint32Array.of(1, 3, 2), Float32Array.of(-4, 2, 0));
  expect(orderOf(scores)).toEqual([3, 2, 1, 4, 0]);
  expect(scores[3]).toBe(Math.fround(0.9));
  expect(scores[2]).toBe(Math.fround(0.7));
  expect(scores[1]).toBeCloseTo(0.5, 6);
});

it('keeps candidates apart and above the others where all scores are alike', () => {
  for (const alike of [0, 0.25, -3, 1e-40]) {
    const scores = new Float32Array(6).fill(alike);
    reorder(scores, Uint32Array.of(0, 1, 2), Float32Array.of(1, 2, 3));
    expect(orderOf(scores)).toEqual([2, 1, 0, 3, 4, 5]);
    expect(scores.every((score) => Math.abs(score - alike) < 1e-5)).toBe(true);
  }
});

it('keeps the first stage’s order where values are equal, and takes no candidates', () => {
  const scores = Float32Array.of(3, 2, 1);
  reorder(scores, Uint32Array.of(0, 1), Float32Array.of(5, 5));
  expect(orderOf(scores)).toEqual([0, 1, 2]);
  reorder(scores, new Uint32Array(), new Float32Array());
  expect(orderOf(scores)).toEqual([0, 1, 2]);
});
