import { describe, expect, it } from 'vitest';
import { GenreDiversity } from '../../../../src/metric/list/genre-diversity.ts';
import { anime } from '../../../support/small-dataset.ts';

const genres = [['Action', 'Drama'], ['Action', 'Drama'], ['Action'], ['Music'], [], []];
const diversity = new GenreDiversity(genres.map((of, id) => anime(id, { genres: of })));

describe('GenreDiversity', () => {
  it('is 0 for equal genres, 1 for none in common, and the mean over all pairs', () => {
    expect(diversity.of([0, 1], 10)).toBe(0);
    expect(diversity.of([0, 3], 10)).toBe(1);
    // pairs: {Action, Drama} and {Action} ½; {Action, Drama} and {Music} 1; {Action} and {Music} 1
    expect(diversity.of([0, 2, 3], 10)).toBeCloseTo((0.5 + 1 + 1) / 3, 12);
  });

  it('takes titles without genres for different, and looks at the first k alone', () => {
    expect(diversity.of([4, 5], 10)).toBe(1);
    expect(diversity.of([0, 1, 3], 2)).toBe(0);
  });

  it('says nothing about a list without a pair', () => {
    expect(diversity.of([], 10)).toBeUndefined();
    expect(diversity.of([0], 10)).toBeUndefined();
    expect(diversity.of([0, 1], 1)).toBeUndefined();
  });
});
