import { describe, expect, it } from 'vitest';
import { STATUS } from '../../../../src/data/interactions.ts';
import { random } from '../../../../src/data/random.ts';
import { parseEmbeddingOptions } from '../../../../src/model/embedding/options.ts';
import {
  rowsOf,
  splitRows,
  targetOf,
  UnlistedTitles,
} from '../../../../src/model/embedding/rows.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const { completed, plan_to_watch } = STATUS;

describe('targetOf()', () => {
  it('scales 1–10 to 0–1 and leaves out what is not scored or only planned', () => {
    const options = parseEmbeddingOptions({ unscored: null, planned: null });
    expect([1, 10, 5.5].map((rating) => targetOf(rating, completed, options))).toEqual([0, 1, 0.5]);
    expect(targetOf(0, completed, options)).toBeNaN();
    expect(targetOf(8, plan_to_watch, options)).toBeNaN();
  });

  it('gives them a target of their own', () => {
    const options = parseEmbeddingOptions({ unscored: 0.7, planned: 0.25 });
    expect(targetOf(0, completed, options)).toBe(0.7);
    expect(targetOf(0, plan_to_watch, options)).toBe(0.25);
  });

  it('with lowest 0 scales 0–10; "liked" asks for at least .6 of that', () => {
    const replica = parseEmbeddingOptions({ lowest: 0, unscored: 0, planned: 0 });
    expect([0, 6, 10].map((rating) => targetOf(rating, completed, replica))).toEqual([0, 0.6, 1]);
    const liked = { ...replica, target: 'liked' as const };
    expect([5, 6, 10].map((rating) => targetOf(rating, completed, liked))).toEqual([0, 1, 1]);
  });
});

describe('rowsOf()', () => {
  it('counts people from the first of the range, and takes each row that has a target', () => {
    const { interactions } = smallDataset();
    const people = { from: 10, to: 30 };
    const rows = rowsOf(interactions, people, parseEmbeddingOptions({ unscored: null }));
    let scored = 0;
    for (let p = interactions.indptr[10]; p < interactions.indptr[30]; p++)
      if (interactions.ratings[p] > 0) scored++;
    expect(rows.users).toHaveLength(scored);
    expect([rows.users[0], rows.users.at(-1)]).toEqual([0, 19]);
    const all = rowsOf(interactions, people, parseEmbeddingOptions({ unscored: 0.5, planned: 0 }));
    expect(all.users).toHaveLength(interactions.indptr[30] - interactions.indptr[10]);
  });
});

describe('splitRows()', () => {
  it('holds out a share or a number by seed, and never everything', () => {
    const { training, validation } = splitRows(100, 0.1, 5);
    expect([training.length, validation.length]).toEqual([90, 10]);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(splitRows(100, 0.1, 5).validation).toEqual(validation);
    expect(splitRows(100, 0.1, 6).validation).not.toEqual(validation);
    expect(splitRows(100, 30, 5).validation).toHaveLength(30);
    expect(splitRows(100, 1000, 5).training).toHaveLength(1);
    expect(splitRows(0, 1000, 5).training).toHaveLength(0);
  });
});

describe('UnlistedTitles', () => {
  it('draws every title that the person does not list, and no other', () => {
    const { interactions } = smallDataset();
    const unlisted = new UnlistedTitles(interactions, { from: 5, to: 9 });
    const uniform = random(1);
    const drawn = new Set(Array.from({ length: 3000 }, () => unlisted.draw(2, uniform)));
    const listed = interactions.indices.subarray(interactions.indptr[7], interactions.indptr[8]);
    const expected = [...Array(60).keys()].filter((item) => !listed.includes(item));
    expect([...drawn].sort((a, b) => a - b)).toEqual(expected);
  });
});
