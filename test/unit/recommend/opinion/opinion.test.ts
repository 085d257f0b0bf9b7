import { describe, expect, it } from 'vitest';
import { opinionOf } from '../../../../src/recommend/opinion/opinion.ts';
import { listed, shelf } from '../../../support/small-catalogue.ts';

const WORLD = shelf();
const { items, ranker } = WORLD;
const LONER = items.indexOf(10);

describe('opinionOf()', () => {
  it('has the score, prior and reasons of the list', () => {
    const profile = listed(items, [0, 'completed', 9], [70, 'completed', 6]);
    const [first] = ranker.recommend(profile, { limit: 1 });
    const { score, prior, because, against } = opinionOf(WORLD, profile, LONER);
    expect(first.anime.animeId).toBe(10);
    expect(score).toBeCloseTo(first.score, 6);
    expect(prior).toBe(first.prior);
    expect(because).toEqual(first.because);
    expect(against).toEqual([]);
  });

  it('says what takes from the score', () => {
    const indices = Uint32Array.of(1, 2, 1);
    const weights = {
      rows: 3,
      columns: 3,
      indptr: Uint32Array.of(0, 2, 2, 3),
      indices,
      values: Float32Array.of(1, 1, -0.25),
    };
    const world = shelf(WORLD.catalogue.slice(0, 2).concat(WORLD.catalogue[7]), weights);
    const profile = listed(world.items, [0, 'completed', 9], [70, 'completed', 9]);
    const { against, because, score } = opinionOf(world, profile, 1);
    expect(because.map(({ animeId }) => animeId)).toEqual([0]);
    expect(against.map(({ animeId }) => animeId)).toEqual([70]);
    const sum = [...because, ...against].reduce(
      (total, { contribution }) => total + contribution,
      0,
    );
    expect(sum).toBeCloseTo(score, 6);
  });

  it('judges a title of the list by the others', () => {
    const alone = opinionOf(WORLD, listed(items, [0, 'completed', 9]), LONER);
    const with10 = listed(items, [0, 'completed', 9], [10, 'dropped', 2]);
    const listedToo = opinionOf(WORLD, with10, LONER);
    expect(listedToo.listed).toEqual({ rating: 2, status: 'dropped' });
    expect(alone.listed).toBeNull();
    expect(listedToo.expected).toEqual(alone.expected);
    expect(listedToo.score).toBe(alone.score);
  });

  it('names the scores that raise it and those that lower it, strongest first', () => {
    const high = opinionOf(WORLD, listed(items, [0, 'completed', 10], [90, 'completed', 7]), LONER);
    expect(high.raising.map(({ animeId, rating }) => [animeId, rating])).toEqual([[0, 10]]);
    expect(high.lowering).toEqual([]);
    const low = opinionOf(WORLD, listed(items, [0, 'completed', 3], [90, 'completed', 8]), LONER);
    expect(low.lowering.map(({ animeId, rating }) => [animeId, rating])).toEqual([[0, 3]]);
    expect(low.expected.score).toBeLessThan(high.expected.score);
    expect(
      opinionOf(WORLD, listed(items, [0, 'completed', 9]), LONER, { because: 0 }),
    ).toMatchObject({ raising: [], lowering: [], because: [] });
  });

  it('leaves out what is set aside, and takes an empty list', () => {
    const profile = listed(items, [0, 'completed', 10]);
    const aside = opinionOf(WORLD, profile, LONER, { without: [0] });
    const empty = opinionOf(WORLD, listed(items), LONER);
    expect(aside).toMatchObject({ because: [], raising: [], scored: 0 });
    expect(empty).toMatchObject({ because: [], raising: [], scored: 0, judgement: null });
    expect(aside.expected.score).toBe(empty.expected.score);
  });
});
