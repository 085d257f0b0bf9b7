import { describe, expect, it } from 'vitest';
import { type Profile, STATUS } from '../../../../src/data/interactions.ts';
import { Calibration, klDivergence } from '../../../../src/metric/list/calibration.ts';
import { anime } from '../../../support/small-dataset.ts';

const profile = (items: readonly number[], planned: readonly number[] = []): Profile => ({
  items: Uint32Array.of(...items, ...planned),
  ratings: new Uint8Array(items.length + planned.length),
  statuses: Uint8Array.of(
    ...items.map(() => STATUS.completed),
    ...planned.map(() => STATUS.plan_to_watch),
  ),
});

describe('klDivergence()', () => {
  it('is 0 for equal mixtures and Σ p ln(p / q) without smoothing', () => {
    expect(klDivergence([0.7, 0.3], [0.7, 0.3])).toBeCloseTo(0, 12);
    const expected = 0.7 * Math.log(0.7 / 0.4) + 0.3 * Math.log(0.3 / 0.6);
    expect(klDivergence([0.7, 0.3], [0.4, 0.6], 0)).toBeCloseTo(expected, 12);
  });

  it('stays finite for what the list lacks: ln 100 when it has nothing of the person’s', () => {
    expect(klDivergence([1, 0], [0, 1])).toBeCloseTo(Math.log(100), 12);
    // a category that is only in the list costs by what it displaces
    expect(klDivergence([1, 0], [0.5, 0.5])).toBeCloseTo(-Math.log(0.99 * 0.5 + 0.01), 12);
  });
});

describe('Calibration', () => {
  // Action and Romance; Action; Romance; without genres
  const genres = [['Action', 'Romance'], ['Action'], ['Romance'], []];
  const byGenre = Calibration.byGenre(genres.map((of, id) => anime(id, { genres: of })));

  it('splits a title among its genres, and leaves out planned titles and those without a genre', () => {
    const person = byGenre.ofProfile(profile([0, 1, 3], [2]));
    expect(person && [...person]).toEqual([0.75, 0.25]);
    expect(byGenre.divergence(person, [1, 0, 3], 10)).toBeCloseTo(0, 12);
    const q = (share: number, of: number) => 0.99 * share + 0.01 * of;
    expect(byGenre.divergence(person, [2, 1, 3], 2)).toBeCloseTo(
      0.75 * Math.log(0.75 / q(0.5, 0.75)) + 0.25 * Math.log(0.25 / q(0.5, 0.25)),
      12,
    );
  });

  it('says nothing of people and lists without a genre', () => {
    expect(byGenre.ofProfile(profile([3], [0]))).toBeNull();
    expect(byGenre.ofProfile(profile([]))).toBeNull();
    expect(byGenre.divergence(null, [0], 10)).toBeUndefined();
    const person = byGenre.ofProfile(profile([0]));
    expect(byGenre.divergence(person, [3], 10)).toBeUndefined();
    expect(byGenre.divergence(person, [], 10)).toBeUndefined();
  });

  it('has the bands of popularity from the 100 most listed titles down', () => {
    const titles = 6000;
    // the last title is the most listed one
    const byPopularity = Calibration.byPopularity(
      Float32Array.from({ length: titles }, (_, i) => i),
    );
    const ranked = (rank: number) => titles - rank;
    const person = byPopularity.ofProfile(
      profile([1, 100, 101, 500, 501, 1000, 1001, 2000, 2001, 5000, 5001, 6000].map(ranked)),
    );
    expect(person && [...person]).toEqual(new Array(6).fill(2 / 12));
  });
});
