/** What the Recommender interface promises, for every model of the registry, with a quality floor each. */
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { heldOutUsers } from '../../../src/data/held-out-users.ts';
import { type Profile, profileOf, STATUS } from '../../../src/data/interactions.ts';
import { evaluateModel } from '../../../src/metric/evaluate-model.ts';
import { rankingQuality } from '../../../src/metric/ranking-quality.ts';
import { listedShares } from '../../../src/model/listings.ts';
import type { FitContext, LoadModel, Recommender } from '../../../src/model/recommender.ts';
import { fitModel, loadModel, type Planned, planModels } from '../../../src/model/registry.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const dataset = smallDataset();

/** Options for 60 titles and 160 users, where the defaults are for thousands. */
const SETTINGS = {
  slim: parseSlimOptions({ regularization: 20 }),
  models: {
    content: { neighbours: 50 },
    'item-knn': { neighbours: 50 },
    'item-knn-tfidf': { neighbours: 50 },
    'item-knn-bm25': { neighbours: 50 },
    ease: { regularization: 20, dropout: 0.15 },
    ials: { factors: 8, alpha: 0.1, regularization: 0.1 },
    embedding: {
      dimension: 16,
      batch: 500,
      epochs: 20,
      negatives: 2,
      prior: 1,
      schedule: { kind: 'constant', rate: 0.01 },
    },
    rank: { fewestPeople: 0, synthetic: true, network: { hidden1: 16, hidden2: 8, epochs: 8 } },
  },
  seed: null,
};

/** Least liked NDCG@10 on the held-out users. */
const FLOORS: Readonly<Record<string, number>> = {
  popularity: 0.15,
  'popularity-members': 0.16,
  'popularity-score': 0.11,
  'popularity-recent': 0.17,
  'item-knn': 0.28,
  'item-knn-tfidf': 0.32,
  'item-knn-bm25': 0.28,
  'user-knn': 0.31,
  content: 0.24,
  plot: 0.26,
  slim: 0.28,
  ease: 0.23,
  ials: 0.32,
  embedding: 0.22,
  'user-knn-embedding': 0.29,
  'public-flow': 0.25,
  'public-flow-even': 0.25,
  'public-flow-embedding': 0.27,
  blend: 0.32,
  rank: 0.29,
};
/** Of a model that has no floor of its own yet: popularity has .19. */
const COMMON_FLOOR = 0.15;

interface Case {
  readonly label: string;
  readonly planned: Planned;
  readonly floor: number;
}

/** In the order in which they are fitted: some are made of others. */
const MODELS: readonly Case[] = planModels(SETTINGS, ['all']).map((planned) => ({
  label: planned.name,
  planned,
  floor: FLOORS[planned.name] ?? COMMON_FLOOR,
}));
const VARIANTS: readonly Case[] = ['cosine', 'tfidf'].map((weighting) => {
  const models = { 'user-knn': { weighting } };
  const [planned] = planModels({ ...SETTINGS, models }, ['user-knn']);
  return { label: `user-knn ${weighting}`, planned, floor: 0.31 };
});

const fitted = new Map<string, Recommender>();
const fitCase = ({ planned }: Case, context: FitContext = {}) => {
  const place = MODELS.findIndex((model) => model.planned.name === planned.name);
  const before = new Map([...fitted].slice(0, place));
  return fitModel(planned, dataset, { fitted: before, rankingQuality, threads: 1, ...context });
};
const loadOther: LoadModel = async (name) => fitted.get(name) as Recommender;

beforeAll(async () => {
  for (const model of MODELS) fitted.set(model.planned.name, await fitCase(model));
});

const empty: Profile = {
  items: new Uint32Array(),
  ratings: new Uint8Array(),
  statuses: new Uint8Array(),
};

it('models of a run are kept in one folder, where each finds those that it is made of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-'));
  const profile = profileOf(dataset.interactions, 3);
  try {
    for (const [name, model] of fitted) {
      await model.save(folder);
      const loaded = await loadModel(name, folder);
      expect(loaded.name).toBe(name);
      expect(loaded.score(profile), name).toEqual(model.score(profile));
    }
    await expect(loadModel('nothing', folder)).rejects.toThrow(/"nothing"/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe.each([...MODELS, ...VARIANTS])('$label', (testCase) => {
  const { planned, floor } = testCase;
  const { name } = planned;
  const load = (from: string) => loadModel(name, from, loadOther);
  let model: Recommender;
  let folder: string;

  beforeAll(async () => {
    model = MODELS.includes(testCase) ? (fitted.get(name) as Recommender) : await fitCase(testCase);
    folder = await mkdtemp(join(tmpdir(), 'osusume-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has its name and one finite score an item', () => {
    expect(model.name).toBe(name);
    expect(model.items).toBe(60);
    for (const profile of [
      profileOf(dataset.interactions, 0),
      profileOf(dataset.interactions, 239),
      empty,
    ]) {
      const scores = model.score(profile);
      expect(scores).toHaveLength(60);
      expect(scores.every(Number.isFinite)).toBe(true);
    }
  });

  it('score() gives the same twice, in arrays of their own', () => {
    const profile = profileOf(dataset.interactions, 5);
    const first = model.score(profile);
    const kept = first.slice();
    const second = model.score(profile);
    expect(second).toEqual(kept);
    second.fill(0);
    expect(first).toEqual(kept);
  });

  it('score() takes one title, and a title that nobody lists', () => {
    for (const item of [0, 58, 59]) {
      const one: Profile = {
        items: Uint32Array.of(item),
        ratings: Uint8Array.of(9),
        statuses: Uint8Array.of(STATUS.completed),
      };
      expect(model.score(one).every(Number.isFinite)).toBe(true);
    }
  });

  it('similarItems() ranks others, best first', () => {
    const { items, scores } = model.similarItems(4, 7);
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThanOrEqual(7);
    expect(items).not.toContain(4);
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(items).size).toBe(items.length);
  });

  it('is the same after save() and load()', async () => {
    await model.save(folder);
    const loaded = await load(folder);
    const profile = profileOf(dataset.interactions, 7);
    expect(loaded.score(profile)).toEqual(model.score(profile));
    expect(loaded.similarItems(3, 5)).toEqual(model.similarItems(3, 5));
  });

  it('load() refuses a truncated file, another file and a missing one', async () => {
    const file = `${name}.safetensors`;
    const path = join(folder, file);
    const whole = await readFile(path);
    await truncate(path, whole.length - 5);
    await expect(load(folder)).rejects.toThrow(file);
    await writeFile(path, 'not safetensors at all');
    await expect(load(folder)).rejects.toThrow(file);
    await rm(path);
    await expect(load(folder)).rejects.toThrow(`${file} is missing: run the stage`);
  });

  it('fit() gives the same model on one thread and on two', async () => {
    // the model itself was fitted on one
    const two = await fitCase(testCase, { threads: 2 });
    for (const user of [1, 2, 3]) {
      const profile = profileOf(dataset.interactions, user);
      expect(two.score(profile)).toEqual(model.score(profile));
    }
  });

  it(`finds what held-out people like (NDCG@10 at least ${floor})`, () => {
    const users = heldOutUsers(dataset, dataset.parts.test, 1);
    const { liked } = evaluateModel(model, users, listedShares(dataset, dataset.parts.train));
    expect(liked.ndcg10.mean).toBeGreaterThan(floor);
  });
});
