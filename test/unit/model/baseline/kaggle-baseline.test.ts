import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { type Profile, STATUS } from '../../../../src/data/interactions.ts';
import {
  type KaggleBaselineOptions,
  kaggleBaseline,
  type Neighbours,
  percentile,
} from '../../../../src/model/baseline/kaggle-baseline.ts';
import type { Recommender } from '../../../../src/model/recommender.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

/** Three people over eight titles; row 1 has ratings of quartiles that are easily seen. */
function threePeople(): Dataset {
  const small = smallDataset({ people: 3, titles: 8 });
  const lists: [number, number][][] = [
    [
      [0, 10],
      [1, 10],
      [2, 4],
      [3, 2],
    ],
    [
      [0, 9],
      [2, 1],
      [4, 9],
      [5, 3],
    ],
    [
      [1, 7],
      [6, 8],
    ],
  ];
  const entries = lists.flat();
  return {
    ...small,
    interactions: {
      users: 3,
      items: 8,
      indptr: Uint32Array.of(0, 4, 8, 10),
      indices: Uint32Array.from(entries, ([item]) => item),
      ratings: Uint8Array.from(entries, ([, rating]) => rating),
      statuses: new Uint8Array(entries.length).fill(STATUS.completed),
    },
    parts: { ...small.parts, train: { from: 0, to: 3 } },
  };
}

/** Everybody is similar, in order; title i is like i + 1 and i + 2. */
const neighbours: Neighbours = {
  similarUsers: (_, k) => ({ users: Uint32Array.of(0, 1, 2).subarray(0, k) }),
  similarItems: (item, k) => ({
    items: Uint32Array.of((item + 1) % 8, (item + 2) % 8).subarray(0, k),
    scores: Float32Array.of(0.9, 0.8).subarray(0, k),
  }),
};

const profile: Profile = {
  items: Uint32Array.of(1),
  ratings: Uint8Array.of(8),
  statuses: Uint8Array.of(STATUS.completed),
};

const fitted = (options: Partial<KaggleBaselineOptions>, similar: Neighbours = neighbours) => {
  const models = new Map([['similar', similar as Neighbours & Recommender]]);
  return kaggleBaseline('flow', 'similar').fit(threePeople(), options, { fitted: models });
};

describe('kaggleBaseline()', () => {
  it('votes, adds similar titles and weighs as published', async () => {
    // At or above the 75th percentile: 0 and 1 of the first (10), 0 and 4 of the second (9), 6 of the third (7.75).
    // Without the person's own title 1 the votes are 0: 2, 4: 1, 6: 1; each brings the two titles that follow it.
    const flow = await fitted({});
    const [voted, similar] = [0.8, 0.2];
    const expected = [
      voted + similar,
      similar,
      similar,
      0,
      voted,
      similar,
      voted + similar,
      similar,
    ];
    for (const [item, score] of expected.entries())
      expect(flow.score(profile)[item]).toBeCloseTo(score, 6);
  });

  it('asks as many people and titles as its options say', async () => {
    const options = { users: 1, voted: 1, similar: 1, userWeight: 0.5, contentWeight: 0.5 };
    const flow = await fitted(options);
    expect([...flow.score(profile)]).toEqual([0.5, 0.5, 0, 0, 0, 0, 0, 0]);
  });

  it('lists only the best when that is set, and nothing when nobody is similar', async () => {
    const two = await fitted({ listed: 2 });
    const scores = two.score(profile);
    expect(scores.filter((score) => score > 0)).toHaveLength(2);
    expect(scores[0]).toBeCloseTo(1, 6);
    expect(scores[6]).toBeCloseTo(1, 6);
    const alone = { ...neighbours, similarUsers: () => ({ users: new Uint32Array() }) };
    const nobody = await fitted({}, alone);
    expect(nobody.score(profile).every((score) => score === 0)).toBe(true);
  });

  it('refuses a percentile above 100', async () => {
    await expect(fitted({ percentile: 101 })).rejects.toThrow(/percentile/);
  });
});

describe('percentile()', () => {
  it('is numpy’s: linear between the two nearest', () => {
    expect(percentile([10, 10, 4, 2], 75)).toBe(10);
    expect(percentile([9, 1, 9, 3], 75)).toBe(9);
    expect(percentile([7, 8], 75)).toBe(7.75);
    expect(percentile([3, 1, 2], 50)).toBe(2);
    expect(percentile([5], 20)).toBe(5);
    expect(percentile([], 75)).toBe(0);
  });
});
