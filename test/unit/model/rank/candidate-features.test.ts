import { describe, expect, it } from 'vitest';
import type { Anime } from '../../../../src/data/anime.ts';
import { type Profile, profileOf, STATUS } from '../../../../src/data/interactions.ts';
import { slim } from '../../../../src/model/linear/slim.ts';
import { CandidateFeatures, WIDTH } from '../../../../src/model/rank/candidate-features.ts';
import { featurePlace } from '../../../../src/model/rank/feature-names.ts';
import { titleFactsOf } from '../../../../src/model/rank/features/title-facts.ts';
import { statisticsOf, usersOf } from '../../../../src/model/rank/features/title-statistics.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const small = smallDataset();
/** Titles 10, 11 and 12 are one story; 11 is the only film. */
const place = (position: number, prerequisite: number | null): Anime['franchise'] => ({
  ...{ franchiseId: 110, name: 'Saga', size: 3 },
  ...{ position, prerequisite },
});
const dataset = {
  ...small,
  catalogue: small.catalogue.map((anime, item) => ({
    ...anime,
    year: 1990 + item,
    type: item === 11 ? ('Movie' as const) : anime.type,
    franchise: item >= 10 && item <= 12 ? place(item - 9, item === 10 ? null : 99 + item) : null,
  })),
};
const first = await slim.fit(dataset, {}, { threads: 1 });
const statistics = statisticsOf(dataset.interactions, usersOf(dataset.parts.train));
const features = new CandidateFeatures(first, titleFactsOf(dataset.catalogue, statistics));

function read(profile: Profile, candidates: number[], stage = first.whole) {
  const weights = stage.weigh(profile);
  const { scores: all } = stage.rankScores(profile, weights);
  const scores = Float32Array.from(candidates, (item) => all[item]);
  const out = new Float32Array(candidates.length * WIDTH);
  features.read({ profile, weights, stage, candidates: Uint32Array.from(candidates), scores }, out);
  return (n: number, name: string) => out[n * WIDTH + featurePlace(name)];
}

const rated = (...entries: [item: number, rating: number, status?: number][]): Profile => ({
  items: Uint32Array.from(entries, ([item]) => item),
  ratings: Uint8Array.from(entries, ([, rating]) => rating),
  statuses: Uint8Array.from(entries, ([, , status]) => status ?? STATUS.completed),
});

describe('terms of the sum', () => {
  const profile = profileOf(dataset.interactions, 3);
  const candidates = [20, 41, 57];
  const of = read(profile, candidates);

  it('are those that explain the score', () => {
    for (const [n, item] of candidates.entries()) {
      const terms = [...first.whole.contributions(profile, item)];
      const multiplier = Math.exp(of(n, 'log-multiplier'));
      const sum = terms.reduce((total, term) => total + term, 0);
      expect(of(n, 'sum') * multiplier).toBeCloseTo(sum, 5);
      terms.sort((a, b) => b - a);
      for (const t of [1, 2, 3, 4, 5])
        expect(of(n, `term-${t}`) * multiplier).toBeCloseTo(Math.max(0, terms[t - 1] ?? 0), 5);
      const negatives = terms.filter((term) => term < 0).reduce((total, term) => total + term, 0);
      expect(of(n, 'negatives') * multiplier).toBeCloseTo(negatives, 5);
    }
  });

  it('has the sum by the weights for parts of 30 titles', () => {
    const terms = first.parts[1].contributions(profile, 41);
    expect(of(1, 'sum-30')).toBeCloseTo(
      terms.reduce((total, term) => total + term, 0),
      5,
    );
  });

  it('are those of the weights that the list is scored by', () => {
    const [part] = first.parts;
    const of = read({ ...profile, isWhole: false }, candidates, part);
    for (const [n, item] of candidates.entries()) {
      const sum = part.contributions(profile, item).reduce((total, term) => total + term, 0);
      expect(of(n, 'sum')).toBeCloseTo(sum, 5);
    }
  });

  it('places candidates by score, whatever their order', () => {
    const scores = candidates.map((_, n) => of(n, 'log-score'));
    const byRank = candidates.map((_, n) => of(n, 'log-rank'));
    const best = scores.indexOf(Math.max(...scores));
    expect(byRank[best]).toBe(0);
    expect(of(best, 'ratio-to-first')).toBe(1);
    expect(byRank.toSorted((a, b) => a - b)).toEqual(
      [0, 1, 2].map((rank) => Math.fround(Math.log1p(rank))),
    );
  });
});

describe('the story of a candidate', () => {
  it('is new when none of it is seen', () => {
    const of = read(rated([0, 8], [20, 6]), [11, 30]);
    expect([of(0, 'new-story'), of(1, 'new-story')]).toEqual([1, 1]);
    expect(of(0, 'has-prerequisite')).toBe(1);
    expect(of(0, 'prerequisite-seen')).toBe(0);
  });

  it('has parts before and after it', () => {
    const profile = rated([0, 5], [10, 9], [12, 4, STATUS.dropped]);
    const of = read(profile, [11, 30]);
    expect(of(0, 'new-story')).toBe(0);
    expect(of(0, 'earlier')).toBeCloseTo(Math.log(2), 6);
    expect(of(0, 'later')).toBeCloseTo(Math.log(2), 6);
    expect(of(0, 'earlier-nearness')).toBe(1);
    expect(of(0, 'earlier-deviation')).toBeGreaterThan(0);
    expect(of(0, 'earlier-completed')).toBe(1);
    expect(of(0, 'later-deviation')).toBeLessThan(0);
    expect(of(0, 'later-completed')).toBe(0);
    expect(of(0, 'any-dropped')).toBe(1);
    expect(of(0, 'prerequisite-seen')).toBe(1);
    expect(of(0, 'share-seen')).toBeCloseTo(2 / 3, 6);
  });

  it('knows rivals among the candidates', () => {
    const of = read(rated([0, 5]), [12, 11, 30]);
    expect(of(0, 'rivals')).toBeCloseTo(Math.log(2), 6);
    expect(of(2, 'rivals')).toBe(0);
    expect([of(0, 'first-by-position'), of(1, 'first-by-position')]).toEqual([0, 1]);
    expect(of(0, 'first-by-score') + of(1, 'first-by-score')).toBe(1);
  });
});

describe('kind and years', () => {
  it('compare the list with everybody’s', () => {
    // odd titles are mecha, even ones romances
    const of = read(rated([1, 9], [3, 9], [5, 8], [7, 8], [2, 3]), [21, 22, 11]);
    expect(of(0, 'genre-ratio')).toBeGreaterThan(0);
    expect(of(1, 'genre-ratio')).toBeLessThan(0);
    expect(of(0, 'genre-deviation')).toBeGreaterThan(of(1, 'genre-deviation'));
    expect(of(2, 'type-ratio')).toBeLessThan(0);
    expect(of(2, 'movie')).toBe(1);
  });

  it('count from the end, the newest and the mean of the list', () => {
    const of = read(rated([1, 9], [3, 9], [5, 9]), [20]);
    expect(of(0, 'gap-to-newest')).toBe(15);
    expect(of(0, 'gap-to-mean')).toBe(17);
    expect(of(0, 'year')).toBe(2010);
    expect(of(0, 'year-ratio')).toBeLessThan(0);
  });
});

it('does not remember the list before', () => {
  const fresh = () => new CandidateFeatures(first, titleFactsOf(dataset.catalogue, statistics));
  const numbers = (by: CandidateFeatures, profile: Profile) => {
    const stage = first.whole;
    const candidates = Uint32Array.of(11, 30, 44);
    const out = new Float32Array(3 * WIDTH);
    const scores = Float32Array.of(0.3, 0.2, 0.1);
    by.read({ profile, weights: stage.weigh(profile), stage, candidates, scores }, out);
    return out;
  };
  const profile = rated([0, 5], [10, 9], [12, 4]);
  const used = fresh();
  numbers(used, profileOf(dataset.interactions, 9));
  expect(numbers(used, profile)).toEqual(numbers(fresh(), profile));
});

it('has finite numbers for an empty list, and for one of planned titles', () => {
  for (const profile of [rated(), rated([4, 0, STATUS.plan_to_watch])]) {
    const of = read(profile, [11, 30]);
    for (const name of ['log-score', 'genre-ratio', 'gap-to-end', 'list-spread', 'seen-share'])
      expect(of(0, name)).toSatisfy(Number.isFinite);
  }
});
