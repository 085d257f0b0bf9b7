import { describe, expect, it } from 'vitest';
import { type Profile, profileOf, STATUS } from '../../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../../src/data/weights.ts';
import { type UserKnn, userKnn } from '../../../../src/model/knn/user-knn.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset({ people: 90, titles: 24 });
const { train } = dataset.parts;

/** Rows of X, dense, in float64. */
function rowsOf(weights: UserKnn['options']['weights']): Float64Array[] {
  return Array.from({ length: train.to }, (_, user) =>
    dense(profileOf(dataset.interactions, user), weights),
  );
}

function dense(profile: Profile, weights: UserKnn['options']['weights']): Float64Array {
  const row = new Float64Array(24);
  preferenceWeights(profile, weights).forEach((weight, p) => {
    row[profile.items[p]] = weight;
  });
  return row;
}

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

describe('userKnn.fit()', () => {
  const profile = profileOf(dataset.interactions, 80);

  it('finds the most similar by the damped cosine of the formula', async () => {
    const model = await userKnn.fit(dataset, { weighting: 'cosine', damping: 3 });
    const x = dense(profile, model.options.weights);
    const expected = rowsOf(model.options.weights)
      .map((row, user) => ({
        user,
        cosine: dot(x, row) / Math.sqrt((dot(x, x) + 3) * (dot(row, row) + 3)),
      }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 6);
    const { users, scores } = model.similarUsers(profile, 6);
    expect([...users]).toEqual(expected.map(({ user }) => user));
    for (const [rank, { cosine }] of expected.entries())
      expect(scores[rank]).toBeCloseTo(cosine, 5);
  });

  it('scores by the neighbours’ preferences, to the power and with the discount of the formula', async () => {
    const options = {
      weighting: 'cosine',
      neighbours: 7,
      power: 2,
      discount: 0.2,
      damping: 3,
    } as const;
    const model = await userKnn.fit(dataset, options);
    const rows = rowsOf(model.options.weights);
    const { users, scores } = model.similarUsers(profile, 7);
    const score = model.score(profile);
    for (let j = 0; j < 24; j++) {
      const liking = users.reduce((sum, user, rank) => sum + scores[rank] ** 2 * rows[user][j], 0);
      const squares = rows.reduce((sum, row) => sum + row[j] ** 2, 3);
      expect(score[j]).toBeCloseTo(liking / squares ** 0.2, 5);
    }
  });

  it('is itself the most similar of the people it was fitted on', async () => {
    for (const weighting of ['cosine', 'tfidf', 'bm25'] as const) {
      const model = await userKnn.fit(dataset, { weighting, damping: 0 });
      const { users, scores } = model.similarUsers(profileOf(dataset.interactions, 12), 3);
      expect(users[0]).toBe(12);
      expect(scores[0]).toBeCloseTo(1, 4);
      expect(scores[1]).toBeLessThan(1);
    }
  });

  it('numbers people as the dataset does when it is fitted on a part of them', async () => {
    const model = await userKnn.fit(dataset, { damping: 0 }, { users: { from: 20, to: 40 } });
    expect(model.similarUsers(profileOf(dataset.interactions, 25), 1).users[0]).toBe(25);
  });

  it('finds nobody for an empty list, and for one of nothing but dropped titles', async () => {
    const model = await userKnn.fit(dataset, {
      weights: { ...(await userKnn.fit(dataset, {})).options.weights, floor: 0 },
    });
    const empty: Profile = {
      items: new Uint32Array(),
      ratings: new Uint8Array(),
      statuses: new Uint8Array(),
    };
    expect(model.similarUsers(empty, 5).users).toHaveLength(0);
    expect(model.score(empty).every((score) => score === 0)).toBe(true);
    const planned: Profile = {
      items: Uint32Array.of(3),
      ratings: Uint8Array.of(0),
      statuses: Uint8Array.of(STATUS.plan_to_watch),
    };
    expect(model.score(planned).every((score) => score === 0)).toBe(true);
  });

  it('refuses options it does not know, naming the field', async () => {
    await expect(userKnn.fit(dataset, { neighbours: 0 })).rejects.toThrow(/neighbours/);
    await expect(userKnn.fit(dataset, { weighting: 'jaccard' } as never)).rejects.toThrow(
      /weighting/,
    );
  });
});
