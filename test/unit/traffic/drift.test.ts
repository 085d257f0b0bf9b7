import { describe, expect, it } from 'vitest';
import { OsusumeError } from '../../../src/error.ts';
import { driftOf, totalTraffic } from '../../../src/traffic/drift.ts';
import type { BundleTraffic } from '../../../src/traffic/traffic.ts';

/** 10,000 lists, half of them action, in the second and third tenth, of 4–10 titles. */
function traffic(part: Partial<BundleTraffic> = {}): BundleTraffic {
  const counted = {
    lists: 10_000,
    genre: { Action: 5000, Drama: 5000 },
    popularity: [0, 5000, 5000, 0, 0, 0, 0, 0, 0, 0],
  };
  const asked = { ...counted, listLength: [0, 0, 10_000, 0, 0, 0, 0, 0, 0, 0] };
  return {
    bundle: 'v1',
    since: '2026-01-02T03:00:00.000Z',
    asked,
    recommended: counted,
    baseline: { format: 1, popularityBounds: Array(9).fill(1), asked, recommended: counted },
    ...part,
  };
}

describe('driftOf()', () => {
  it('is 0 in all dimensions where traffic is like the data', () => {
    const { lists, dimensions } = driftOf(traffic());
    expect(lists).toEqual({ asked: 10_000, recommended: 10_000 });
    expect(
      dimensions.map(({ population, dimension, psi, reading }) => [
        population,
        dimension,
        psi,
        reading,
      ]),
    ).toEqual([
      ['asked', 'genre', 0, 'stable'],
      ['asked', 'popularity', 0, 'stable'],
      ['asked', 'list_length', 0, 'stable'],
      ['recommended', 'genre', 0, 'stable'],
      ['recommended', 'popularity', 0, 'stable'],
    ]);
  });

  it('finds what moved, and only that', () => {
    const like = traffic();
    const asked = { ...like.asked, genre: { Action: 9000, Drama: 500, Idols: 500 } };
    const [genre, popularity] = driftOf({ ...like, asked }).dimensions;
    expect(genre.reading).toBe('large');
    expect(genre.bins.map(({ name }) => name)).toEqual(['Action', 'Drama', 'Idols']);
    expect(genre.bins[2]).toMatchObject({ expected: 0, found: 0.05 });
    expect(popularity.psi).toBe(0);
  });

  it('has no value before anything was asked', () => {
    const nothing = { lists: 0, genre: {}, popularity: Array(10).fill(0) };
    const asked = { ...nothing, listLength: Array(10).fill(0) };
    const { dimensions } = driftOf(traffic({ asked, recommended: nothing }));
    for (const { psi, byChance, reading, bins } of dimensions)
      expect([psi, byChance, reading, bins]).toEqual([null, null, 'too few', []]);
  });
});

describe('totalTraffic()', () => {
  it('adds the counts of servers of one bundle', () => {
    const total = totalTraffic([traffic(), traffic({ since: '2026-01-01T00:00:00.000Z' })]);
    expect(total.since).toBe('2026-01-01T00:00:00.000Z');
    expect(total.asked.lists).toBe(20_000);
    expect(total.asked.listLength[2]).toBe(20_000);
    expect(total.recommended.genre).toEqual({ Action: 10_000, Drama: 10_000 });
    expect(total.baseline).toEqual(traffic().baseline);
  });

  it('refuses to add the counts of different bundles', () => {
    const add = () => totalTraffic([traffic(), traffic({ bundle: 'v2' })]);
    expect(add).toThrow(OsusumeError);
    expect(add).toThrow(/v1 and v2/);
  });
});
