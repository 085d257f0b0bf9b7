import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HeldOutUser, heldOutUsers } from '../../../../src/data/held-out-users.ts';
import { type Profile, STATUS } from '../../../../src/data/interactions.ts';
import { ArtefactError, InterruptedError, UsageError } from '../../../../src/error.ts';
import { rankingQuality as quality } from '../../../../src/metric/ranking-quality.ts';
import { popularity } from '../../../../src/model/baseline/popularity.ts';
import { Blend, standardize } from '../../../../src/model/blend/blend.ts';
import { fitBlendWeights, shortProfileOf } from '../../../../src/model/blend/blend-fit.ts';
import { blend } from '../../../../src/model/blend/blend-model.ts';
import { userKnn } from '../../../../src/model/knn/user-knn.ts';
import type { Recommender } from '../../../../src/model/recommender.ts';
import { topItems } from '../../../../src/model/top.ts';
import { smallDataset } from '../../../support/small-dataset.ts';

/** Says what it is told to; written nowhere. */
function stub(name: string, scores: (profile: Profile) => number[]): Recommender {
  return {
    name,
    items: 8,
    score: (profile) => Float32Array.from(scores(profile)),
    similarItems: (item, k) => {
      const others = scores(seen(item));
      others[item] = Number.NEGATIVE_INFINITY;
      return topItems(others, k);
    },
    save: async () => {},
  };
}

function seen(...items: number[]): Profile {
  return {
    items: Uint32Array.from(items),
    ratings: new Uint8Array(items.length).fill(8),
    statuses: new Uint8Array(items.length).fill(STATUS.completed),
  };
}

const rising = stub('rising', () => [0, 1, 2, 3, 4, 5, 6, 7]);
const falling = stub('falling', () => [700, 600, 500, 400, 300, 200, 100, 0]);
const flat = stub('flat', () => Array(8).fill(3.3));

describe('standardize()', () => {
  it('gives mean 0 and deviation 1 over the items that are not in the profile', () => {
    const z = standardize(Float32Array.of(100, 1, 2, 3, 4, -50), Uint32Array.of(0, 5));
    const others = [...z.subarray(1, 5)];
    expect(others.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    expect(others.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1, 5);
  });

  it('gives zeros when all scores are equal, or nothing is left', () => {
    const [none, five] = [new Uint32Array(), Uint32Array.of(0, 1, 2, 3, 4)];
    expect([...standardize(new Float32Array(5).fill(0.1), none)]).toEqual([0, 0, 0, 0, 0]);
    expect([...standardize(Float32Array.of(1, 2, 3, 4, 5), five)].every(Number.isFinite)).toBe(
      true,
    );
  });
});

describe('Blend', () => {
  it('adds z-scores by weight: the scale of a model does not count', () => {
    const even = new Blend([
      { model: rising, weight: 1 },
      { model: falling, weight: 1 },
    ]);
    for (const score of even.score(seen(3))) expect(score).toBeCloseTo(0, 4);
    const more = new Blend([
      { model: rising, weight: 1 },
      { model: falling, weight: 0.9 },
      { model: flat, weight: 50 },
    ]);
    expect(topItems(more.score(seen(3)), 1).items[0]).toBe(7);
  });

  it('goes from the weights of a short list to those of a long one', () => {
    const blend = new Blend([
      { model: rising, weight: 1, shortWeight: 0 },
      { model: falling, weight: 0, shortWeight: 1 },
    ]);
    expect(topItems(blend.score(seen(0, 1, 2, 3)), 1).items[0]).toBe(0);
    const long = seen(...Array(400).fill(0));
    expect(topItems(blend.score(long), 1).items[0]).toBe(7);
  });

  it('ranks similar titles by what its members find, each at its own best', () => {
    const blend = new Blend([
      { model: rising, weight: 1 },
      { model: falling, weight: 3 },
    ]);
    const { items, scores } = blend.similarItems(0, 3);
    expect([...items]).toEqual([1, 2, 3]);
    expect(scores[0]).toBeCloseTo(1 / 7 + 3, 5);
  });

  it('refuses members that do not go together', () => {
    const other = { ...rising, name: 'other', items: 9 };
    expect(() => new Blend([])).toThrow(UsageError);
    expect(() => new Blend([{ model: rising, weight: Number.NaN }])).toThrow(/"rising"/);
    expect(
      () => new Blend([{ model: rising, weight: 1, shortWeight: Number.POSITIVE_INFINITY }]),
    ).toThrow(/"rising"/);
    expect(
      () =>
        new Blend([
          { model: rising, weight: 1 },
          { model: rising, weight: 2 },
        ]),
    ).toThrow(/twice/);
    expect(
      () =>
        new Blend([
          { model: rising, weight: 1 },
          { model: other, weight: 1 },
        ]),
    ).toThrow(/8 items and "other" with 9/);
  });
});

describe('fitBlendWeights()', () => {
  const person = (userId: number, likes: number[]): HeldOutUser => ({
    userId,
    whole: seen(7),
    known: seen(7),
    liked: new Set(likes),
    seen: new Set(likes),
    disliked: new Set(),
    allLiked: new Set(likes),
  });
  const people = [person(1, [0]), person(2, [1]), person(3, [0, 2])];

  it('gives all the weight to the model that is right', () => {
    const { weights, objective, alone } = fitBlendWeights([rising, falling, flat], people, {
      quality,
    });
    expect(weights).toEqual({ rising: 0, falling: 1, flat: 0 });
    expect(objective).toBe(alone.falling);
    expect(alone.falling).toBeGreaterThan(alone.rising);
  });

  it('finds a mixture that is better than each member, and what it says is what the blend reaches', () => {
    // Titles 0 and 1 are liked: one model puts 0 first and 1 last, by little, the other the other way round.
    const one = stub('one', () => [9, 4.9, 5, 5.1, 5.2, 5.3, 5.4, 0]);
    const two = stub('two', () => [4.9, 9, 5.4, 5.3, 5.2, 5.1, 5, 0]);
    const both = [person(1, [0, 1]), person(2, [0, 1])];
    const { weights, objective, alone } = fitBlendWeights([one, two], both, { quality });
    expect(objective).toBeGreaterThan(Math.max(alone.one, alone.two) + 0.01);
    expect(weights.one + weights.two).toBeCloseTo(1, 6);
    const mixed = new Blend([
      { model: one, weight: weights.one },
      { model: two, weight: weights.two },
    ]);
    expect(fitBlendWeights([mixed], both, { quality }).objective).toBeCloseTo(objective, 6);
  });

  it('scores by the profile it is given, and never ranks what is known', () => {
    const sizes: number[] = [];
    const counting = stub('counting', (profile) => {
      sizes.push(profile.items.length);
      return [0, 0, 0, 0, 0, 0, 0, 9];
    });
    const { objective } = fitBlendWeights([counting], [person(1, [0])], {
      quality,
      profileOf: () => seen(2, 3),
    });
    expect(sizes).toEqual([2]);
    // title 7 is known, so the best of the rest is title 0
    expect(objective).toBe(1);
  });

  it('says what is missing, and stops on a signal', () => {
    expect(() => fitBlendWeights([], people, { quality })).toThrow(UsageError);
    expect(() => fitBlendWeights([rising], [person(1, [])], { quality })).toThrow(/1 and 0/);
    const signal = AbortSignal.abort();
    expect(() => fitBlendWeights([rising], people, { quality, signal })).toThrow(InterruptedError);
  });
});

describe('shortProfileOf()', () => {
  it('draws five seen titles, the same for a seed, and leaves the person as they are', () => {
    const dataset = smallDataset();
    for (const person of heldOutUsers(dataset, dataset.parts.validation, 1)) {
      const before = person.known.items.slice();
      const short = shortProfileOf(4)(person);
      expect(short.items.length).toBe(Math.min(5, person.known.items.length));
      expect([...short.items]).toEqual([...short.items].sort((a, b) => a - b));
      expect([...short.statuses]).not.toContain(STATUS.plan_to_watch);
      for (const [p, item] of short.items.entries())
        expect(short.ratings[p]).toBe(person.known.ratings[person.known.items.indexOf(item)]);
      expect(shortProfileOf(4)(person)).toEqual(short);
      expect(person.known.items).toEqual(before);
    }
  });
});

describe('blend.fit()', () => {
  const dataset = smallDataset();
  const fitted = new Map<string, Recommender>();
  const context = { fitted, rankingQuality: quality };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-blend-'));
    fitted.set('user-knn', await userKnn.fit(dataset, { neighbours: 40 }));
    fitted.set('popularity', await popularity.fit(dataset));
    fitted.set('few', { ...stub('few', () => []), scoresFew: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('takes the weights it is given, and none for who is not named', async () => {
    const weights = { weights: { popularity: 2 }, shortWeights: { 'user-knn': 0.5 } };
    const { members } = await blend.fit(dataset, weights, { fitted });
    expect(members.map(({ weight, shortWeight }) => [weight, shortWeight])).toEqual([
      [0, 0.5],
      [2, 0],
    ]);
  });

  it('refuses a weight for a model it does not have, and options it does not know', async () => {
    await expect(blend.fit(dataset, { weights: { ials: 1 } }, context)).rejects.toThrow(/"ials"/);
    await expect(blend.fit(dataset, { shortWeights: { ials: 1 } }, context)).rejects.toThrow(
      /"ials"/,
    );
    await expect(blend.fit(dataset, { seed: 'x' } as never)).rejects.toThrow(/seed/);
  });

  it('leaves out models that score few titles, and asks for a quality to fit weights to', async () => {
    await expect(blend.fit(dataset, {}, { fitted })).rejects.toThrow(/quality/);
    const { members } = await blend.fit(dataset, {}, context);
    expect(members.map(({ model }) => model.name)).toEqual(['user-knn', 'popularity']);
  });

  it('fits weights for long lists and for short ones on the validation people', async () => {
    const { members } = await blend.fit(dataset, {}, context);
    const sum = (of: 'weight' | 'shortWeight') =>
      members.reduce((total, member) => total + member[of], 0);
    expect(sum('weight')).toBeCloseTo(1, 5);
    expect(sum('shortWeight')).toBeCloseTo(1, 5);
    expect(members[0].weight).toBeGreaterThan(0);
  });

  it('refuses a folder with a member that it cannot read', async () => {
    await (await blend.fit(dataset, { weights: {}, shortWeights: {} }, context)).save(folder);
    const loadOther = async (name: string) => {
      if (name === 'popularity') return popularity.load(folder);
      throw new UsageError(`There is no model "${name}"`);
    };
    const loading = Blend.load(folder, loadOther);
    await expect(loading).rejects.toThrow(/blends "user-knn"/);
    await expect(loading).rejects.toThrow(ArtefactError);
  });
});
