import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Profile, profileOf } from '../../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../../src/data/weights.ts';
import { type Embedding, embedding } from '../../../../src/model/embedding/embedding.ts';
import { parseEmbeddingOptions } from '../../../../src/model/embedding/options.ts';
import {
  type UserKnnEmbedding,
  type UserKnnEmbeddingOptions,
  userKnnEmbedding,
} from '../../../../src/model/knn/user-knn-embedding.ts';
import type { FitContext } from '../../../../src/model/recommender.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

const dataset = smallDataset({ people: 90, titles: 24 });
const { train } = dataset.parts;
const profile = profileOf(dataset.interactions, 80);

describe('userKnnEmbedding', () => {
  let network: Embedding;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-'));
    const options = parseEmbeddingOptions({ dimension: 16, epochs: 3, batch: 100 });
    network = await embedding.fit(dataset, options);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  const fitted = (options: Partial<UserKnnEmbeddingOptions> = {}, context: FitContext = {}) => {
    const models = new Map([['embedding', network]]);
    return userKnnEmbedding.fit(dataset, options, { fitted: models, ...context });
  };
  const cosine = (a: Profile, b: Profile) => {
    const [x, y] = [network.vectorOf(a), network.vectorOf(b)];
    return x.reduce((sum, value, k) => sum + value * y[k], 0);
  };

  it('finds those whose vectors point the same way, the person first', async () => {
    const model = await fitted();
    const expected = Array.from({ length: train.to }, (_, user) => ({
      user,
      likeness: cosine(profile, profileOf(dataset.interactions, user)),
    }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, 6);
    const { users, scores } = model.similarUsers(profile, 6);
    expect([...users]).toEqual(expected.map(({ user }) => user));
    for (const [rank, { likeness }] of expected.entries())
      expect(scores[rank]).toBeCloseTo(likeness, 5);
    expect(model.similarUsers(profileOf(dataset.interactions, 12), 1).users[0]).toBe(12);
  });

  it('scores by what they prefer, and its similar titles are the network’s', async () => {
    const options = { neighbours: 7, power: 3, discount: 0.2, damping: 3 };
    const model = await fitted(options);
    const rows = Array.from({ length: train.to }, (_, user) => preferencesOf(model, user));
    const { users, scores } = model.similarUsers(profile, 7);
    const score = model.score(profile);
    for (let j = 0; j < 24; j++) {
      const liking = users.reduce((sum, user, rank) => sum + scores[rank] ** 3 * rows[user][j], 0);
      const squares = rows.reduce((sum, row) => sum + row[j] ** 2, 3);
      expect(score[j]).toBeCloseTo(liking / squares ** 0.2, 5);
    }
    expect(model.similarItems(3, 5)).toEqual(network.similarItems(3, 5));
  });

  it('numbers people as the dataset does, and finds nobody for an empty list', async () => {
    const model = await fitted({}, { users: { from: 20, to: 40 } });
    expect(model.similarUsers(profileOf(dataset.interactions, 25), 1).users[0]).toBe(25);
    const empty = {
      items: new Uint32Array(),
      ratings: new Uint8Array(),
      statuses: new Uint8Array(),
    };
    expect(model.similarUsers(empty, 5).users).toHaveLength(0);
    expect(model.score(empty).every((score) => score === 0)).toBe(true);
  });

  it('stops when interrupted, and refuses the file of another network', async () => {
    await expect(fitted({}, { signal: AbortSignal.abort() })).rejects.toThrow(/Interrupted/);
    await (await fitted()).save(folder);
    const options = parseEmbeddingOptions({ dimension: 32, epochs: 1, batch: 100 });
    const other = await embedding.fit(dataset, options);
    await expect(userKnnEmbedding.load(folder, async () => other)).rejects.toThrow(
      /vectors of 32 expected.*train/,
    );
  });
});

function preferencesOf(model: UserKnnEmbedding, user: number): Float64Array {
  const row = new Float64Array(24);
  const { items, ...rest } = profileOf(dataset.interactions, user);
  preferenceWeights({ items, ...rest }, model.options.weights).forEach((weight, p) => {
    row[items[p]] = weight;
  });
  return row;
}
