/** What the Recommender interface promises, for every model, with a quality floor each. */
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { heldOutUsers } from '../../../src/data/held-out-users.ts';
import { type Profile, profileOf, STATUS } from '../../../src/data/interactions.ts';
import { evaluateModel } from '../../../src/metric/evaluate-model.ts';
import { ials, parseIalsOptions } from '../../../src/model/als/ials.ts';
import { kaggleBaselineOf, type Neighbours } from '../../../src/model/baseline/kaggle-baseline.ts';
import {
  type PopularityKind,
  popularity,
  popularityBy,
} from '../../../src/model/baseline/popularity.ts';
import { blendOf } from '../../../src/model/blend/blend-fit.ts';
import { content } from '../../../src/model/content/content.ts';
import { plot } from '../../../src/model/content/plot.ts';
import { embedding } from '../../../src/model/embedding/embedding.ts';
import { parseEmbeddingOptions } from '../../../src/model/embedding/options.ts';
import { itemKnn, itemKnnBy } from '../../../src/model/knn/item-knn.ts';
import { userKnn } from '../../../src/model/knn/user-knn.ts';
import { userKnnBy } from '../../../src/model/knn/user-knn-embedding.ts';
import { ease, parseEaseOptions } from '../../../src/model/linear/ease.ts';
import { slim } from '../../../src/model/linear/slim.ts';
import { countListings } from '../../../src/model/listings.ts';
import type { FitContext, Recommender } from '../../../src/model/recommender.ts';
import { smallDataset } from '../../support/small-dataset.ts';

const dataset = smallDataset();
const options = parseSlimOptions({ regularization: 20 });
const { weights, features } = options;
const small = parseEmbeddingOptions({
  dimension: 16,
  batch: 500,
  epochs: 20,
  negatives: 2,
  prior: 1,
  schedule: { kind: 'constant', rate: 0.01 },
});

interface Case {
  readonly name: string;
  /** of a model that has several */
  readonly variant?: string;
  readonly makeFitted: (context?: FitContext) => Promise<Recommender>;
  readonly load: (folder: string) => Promise<Recommender>;
  /** liked NDCG@10 on the held-out people of the small dataset; popularity has .19 */
  readonly floor: number;
}

const blend = blendOf([
  {
    name: 'user-knn',
    fit: (data, context) => userKnn.fit(data, { weights, neighbours: 50 }, context),
    load: userKnn.load,
  },
  {
    name: 'item-knn',
    fit: (data, context) => itemKnn.fit(data, { weights, neighbours: 50 }, context),
    load: itemKnn.load,
  },
  {
    name: 'popularity',
    fit: (data, context) => popularity.fit(data, {}, context),
    load: popularity.load,
  },
]);

const CASES: readonly Case[] = [
  {
    name: 'popularity',
    makeFitted: (context) => popularity.fit(dataset, {}, context),
    load: popularity.load,
    floor: 0.15,
  },
  {
    name: 'content',
    makeFitted: (context) => content.fit(dataset, { features, weights, neighbours: 50 }, context),
    load: content.load,
    floor: 0.24,
  },
  {
    name: 'item-knn',
    makeFitted: (context) =>
      itemKnn.fit(
        dataset,
        { weights, userNormalization: 0.2, neighbours: 50, damping: 10 },
        context,
      ),
    load: itemKnn.load,
    floor: 0.28,
  },
  {
    name: 'slim',
    makeFitted: (context) => slim.fit(dataset, options, context),
    load: slim.load,
    floor: 0.28,
  },
  {
    name: 'ease',
    makeFitted: (context) =>
      ease.fit(dataset, parseEaseOptions({ regularization: 20, dropout: 0.15 }), context),
    load: ease.load,
    floor: 0.23,
  },
  ...popularityCase('members', 0.16),
  ...popularityCase('score', 0.11),
  ...popularityCase('recent', 0.17),
  ...(['tfidf', 'bm25'] as const).map((weighting) => ({
    name: `item-knn-${weighting}`,
    makeFitted: (context?: FitContext) =>
      itemKnnBy(weighting).fit(dataset, { weights, neighbours: 50 }, context),
    load: itemKnnBy(weighting).load,
    floor: weighting === 'tfidf' ? 0.32 : 0.28,
  })),
  ...(['cosine', 'tfidf', 'bm25'] as const).map((weighting) => ({
    name: 'user-knn',
    variant: weighting,
    makeFitted: (context?: FitContext) =>
      userKnn.fit(dataset, { weights, weighting, neighbours: 50 }, context),
    load: userKnn.load,
    floor: 0.31,
  })),
  {
    name: 'plot',
    makeFitted: (context) => plot.fit(dataset, { weights }, context),
    load: plot.load,
    floor: 0.26,
  },
  {
    name: 'user-knn-embedding',
    makeFitted: async (context) => userKnnBy(await network()).fit(dataset, { weights }, context),
    load: async (folder) => userKnnBy(await network()).load(folder),
    floor: 0.29,
  },
  {
    name: 'public-flow',
    makeFitted: async (context) => kaggleBaselineOf(await similar()).fit(dataset, {}, context),
    load: async (folder) => kaggleBaselineOf(await similar()).load(folder),
    floor: 0.25,
  },
  {
    name: 'public-flow-embedding',
    makeFitted: async (context) => (await flowOfNetwork()).fit(dataset, {}, context),
    load: async (folder) => (await flowOfNetwork()).load(folder),
    floor: 0.27,
  },
  {
    name: 'blend',
    makeFitted: (context) => blend.fit(dataset, {}, context),
    load: blend.load,
    floor: 0.32,
  },
  {
    name: 'embedding',
    makeFitted: (context) => embedding.fit(dataset, small, context),
    load: embedding.load,
    floor: 0.22,
  },
  {
    name: 'ials',
    makeFitted: (context) =>
      ials.fit(dataset, parseIalsOptions({ factors: 8, alpha: 0.1, regularization: 0.1 }), context),
    load: ials.load,
    floor: 0.32,
  },
];

function popularityCase(kind: PopularityKind, floor: number): Case[] {
  const factory = popularityBy(kind);
  const makeFitted = (context?: FitContext) => factory.fit(dataset, {}, context);
  return [{ name: factory.name, makeFitted, load: factory.load, floor }];
}

/** Fitted on the same people, always the same. */
function network() {
  return embedding.fit(dataset, small);
}

async function flowOfNetwork() {
  const neighbours = await userKnnBy(await network()).fit(dataset, { weights });
  return kaggleBaselineOf(neighbours, 'public-flow-embedding');
}

async function similar(): Promise<Neighbours> {
  const users = await userKnn.fit(dataset, { weights, neighbours: 50 });
  const titles = await itemKnn.fit(dataset, { weights, neighbours: 50 });
  return {
    similarUsers: (profile, k) => users.similarUsers(profile, k),
    similarItems: (item, k) => titles.similarItems(item, k),
  };
}

const empty: Profile = {
  items: new Uint32Array(),
  ratings: new Uint8Array(),
  statuses: new Uint8Array(),
};

describe.each(CASES)('$name $variant', ({ name, makeFitted, load, floor }) => {
  let model: Recommender;
  let folder: string;

  beforeAll(async () => {
    model = await makeFitted();
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
    const [file] = await readdir(folder);
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
    const [one, two] = [await makeFitted({ threads: 1 }), await makeFitted({ threads: 2 })];
    for (const user of [1, 2, 3]) {
      const profile = profileOf(dataset.interactions, user);
      expect(two.score(profile)).toEqual(one.score(profile));
    }
  });

  it(`finds what held-out people like (NDCG@10 at least ${floor})`, () => {
    const people = heldOutUsers(dataset, dataset.parts.test, 1);
    const { liked } = evaluateModel(model, people, countListings(dataset, dataset.parts.train));
    expect(liked.ndcg10.mean).toBeGreaterThan(floor);
  });
});
