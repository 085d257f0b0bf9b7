import { describe, expect, it } from 'vitest';
import { profileOf } from '../../../src/data/interactions.ts';
import {
  DECILES,
  itemWeights,
  LENGTH_NAMES,
  lengthBin,
  popularityBounds,
  TitleBins,
} from '../../../src/traffic/title-bins.ts';
import { TrafficCounts } from '../../../src/traffic/traffic-counts.ts';
import { trainingTraffic } from '../../../src/traffic/training-traffic.ts';
import { anime, CATALOGUE, smallDataset } from '../../support/small-catalogue.ts';

const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

describe('lengthBin()', () => {
  it('finds the range of a length', () => {
    const name = (titles: number) => LENGTH_NAMES[lengthBin(titles)];
    expect([0, 1, 3, 4, 10, 11, 800, 801, 40_000].map(name)).toEqual([
      ...['0', '1–3', '1–3', '4–10', '4–10', '11–25', '401–800'],
      ...['801 or more', '801 or more'],
    ]);
  });
});

describe('popularityBounds()', () => {
  const weightsOf = (items: number, ...people: number[][]) => itemWeights(lists(items, ...people));
  const lists = (items: number, ...people: number[][]) => ({
    users: people.length,
    items,
    indptr: Uint32Array.from([
      0,
      ...people.map((_, n) => total(people.slice(0, n + 1).map((p) => p.length))),
    ]),
    indices: Uint32Array.from(people.flat()),
    ratings: new Uint8Array(people.flat().length),
    statuses: new Uint8Array(people.flat().length).fill(2),
  });

  it('gives each tenth the same part of what is listed', () => {
    const everyone = Array.from({ length: 20 }, (_, item) => item);
    expect(popularityBounds(weightsOf(20, everyone, everyone))).toEqual([
      2, 4, 6, 8, 10, 12, 14, 16, 18,
    ]);
  });

  it('counts each list the same, whatever its length', () => {
    const many = Array.from({ length: 99 }, (_, n) => n + 1);
    // half of what is listed is item 0
    expect(popularityBounds(weightsOf(100, [0], many)).slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
  });

  it('has nine bounds even where nobody lists anything', () => {
    expect(popularityBounds(weightsOf(3))).toHaveLength(DECILES - 1);
    expect(popularityBounds(weightsOf(3, [], []))).toHaveLength(DECILES - 1);
  });
});

describe('TrafficCounts', () => {
  const catalogue = [
    anime({ animeId: 1, genres: ['Action', 'Drama'] }),
    anime({ animeId: 2, genres: ['Action'] }),
    anime({ animeId: 3, genres: [] }),
    anime({ animeId: 4, genres: ['__proto__', 'Drama', 'Drama'] }),
  ];
  const bins = new TitleBins(catalogue, [1, 2, 3, 4, 4, 4, 4, 4, 4]);

  it('shares a list among its titles, and a title among its genres', () => {
    const counts = new TrafficCounts(bins);
    counts.addAsked([0, 1]);
    counts.addAsked([2]);
    counts.addAsked([]);
    counts.addRecommended([1, 2, 3]);
    const { asked, recommended } = counts.state();
    expect(asked.lists).toBe(2);
    expect(asked.genre).toMatchObject({ Action: 0.75, Drama: 0.25, none: 1 });
    expect(asked.popularity).toEqual([0.5, 0.5, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(asked.listLength).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(recommended.lists).toBe(1);
    expect(Object.getOwnPropertyDescriptor(recommended.genre, '__proto__')?.value).toBeCloseTo(
      1 / 6,
    );
    expect(total(Object.values(recommended.genre))).toBeCloseTo(1, 5);
  });

  it('adds up', () => {
    const [one, other, both] = [1, 2, 3].map(() => new TrafficCounts(bins));
    one.addAsked([0, 1, 3]);
    other.addAsked([2]);
    other.addRecommended([0]);
    both.addAsked([0, 1, 3]);
    both.addAsked([2]);
    both.addRecommended([0]);
    one.addAll(other);
    expect(one.state()).toEqual(both.state());
  });

  it('says nothing about anybody: equal sums come from different lists', () => {
    const [one, other] = [1, 2].map(() => new TrafficCounts(bins));
    one.addAsked([0, 1]);
    one.addAsked([2, 3]);
    other.addAsked([0, 2]);
    other.addAsked([1, 3]);
    expect(one.state()).toEqual(other.state());
  });
});

describe('trainingTraffic()', () => {
  it('counts all lists, and what is recommended to some people', () => {
    const dataset = smallDataset();
    const asked: number[] = [];
    const baseline = trainingTraffic(dataset, ({ items }) => {
      asked.push(items.length);
      return [9];
    });
    expect(asked).toEqual([2, 3, 1]);
    expect(baseline.asked.lists).toBe(3);
    expect(baseline.asked.listLength[1]).toBe(3);
    expect(baseline.recommended.lists).toBe(3);
    expect(baseline.recommended.genre.none).toBe(3);
    expect(baseline.asked.genre.Action).toBeCloseTo(1 + 1 / 3 + 1, 5);
    expect(Object.keys(baseline.asked.genre)).toEqual([
      ...[...new Set(CATALOGUE.flatMap(({ genres }) => genres))].sort(),
      'none',
    ]);
    expect(trainingTraffic(dataset, () => [9])).toEqual(baseline);
    const bounds = popularityBounds(itemWeights(dataset.interactions));
    const oneByOne = new TrafficCounts(new TitleBins(CATALOGUE, bounds));
    for (let user = 0; user < 3; user++)
      oneByOne.addAsked(profileOf(dataset.interactions, user).items);
    expect(oneByOne.state().asked).toEqual(baseline.asked);
  });
});
