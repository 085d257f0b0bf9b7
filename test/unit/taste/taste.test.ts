import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Profile, STATUS } from '../../../src/data/interactions.ts';
import { random } from '../../../src/data/random.ts';
import { ItemWeights } from '../../../src/model/item-weights/item-weights.ts';
import { type Bundle, openBundle } from '../../../src/recommend/bundle.ts';
import { influenceOf } from '../../../src/taste/influence.ts';
import { everyonesShares, preferencesOf } from '../../../src/taste/preferences.ts';
import { type ReferenceUsers, referenceUsersFrom } from '../../../src/taste/reference-users.ts';
import { similarUsersOf } from '../../../src/taste/similar-users.ts';
import { predictions, surprisesOf } from '../../../src/taste/surprises.ts';
import { tasteOf } from '../../../src/taste/taste.ts';
import { randomCsr } from '../../support/random-csr.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';
import { anime, CATALOGUE, listed, shelf, WEIGHTS } from '../../support/small-catalogue.ts';

const scored = (entries: readonly (readonly [item: number, rating: number])[]): Profile => ({
  items: Uint32Array.from(entries, ([item]) => item),
  ratings: Uint8Array.from(entries, ([, rating]) => rating),
  statuses: Uint8Array.from(entries, () => STATUS.completed),
});

describe('preferencesOf()', () => {
  const kinds = (item: number) => [item % 2 === 0 ? 'even' : 'odd'];
  const everyone = everyonesShares(
    Float64Array.from({ length: 10 }, () => 5),
    kinds,
  );
  const ones = (count: number) => new Float32Array(count).fill(1);

  it('leans nowhere when the titles are spread like everyone’s, and nowhere without titles', () => {
    const spread = scored([
      [0, 8],
      [1, 8],
      [2, 8],
      [3, 8],
    ]);
    for (const { lean, mine, everyone: all } of preferencesOf(spread, ones(4), everyone, kinds)) {
      expect(lean).toBeCloseTo(0, 10);
      expect(mine).toBeCloseTo(all, 10);
    }
    for (const { lean, titles } of preferencesOf(scored([]), ones(0), everyone, kinds)) {
      expect(lean).toBeCloseTo(0, 10);
      expect(titles).toBe(0);
    }
  });

  it('is symmetric: what one favours by as much the other avoids', () => {
    const [even] = preferencesOf(
      scored([
        [0, 8],
        [2, 8],
        [4, 8],
      ]),
      ones(3),
      everyone,
      kinds,
    );
    const [odd] = preferencesOf(
      scored([
        [1, 8],
        [3, 8],
        [5, 8],
      ]),
      ones(3),
      everyone,
      kinds,
    );
    expect(even.kind).toBe('even');
    expect(odd.kind).toBe('odd');
    expect(even.lean).toBeCloseTo(odd.lean, 10);
  });

  it('follows the formula, and is surer with more titles of the same share', () => {
    const few = preferencesOf(
      scored([
        [0, 8],
        [2, 8],
      ]),
      ones(2),
      everyone,
      kinds,
    )[0];
    // mine = (2 + 10 · ½) / (2 + 10)
    expect(few.mine).toBeCloseTo(7 / 12, 10);
    expect(few.lean).toBeCloseTo(Math.log(7 / 5), 10);
    expect(few.sure).toBeCloseTo(Math.log(7 / 5) * Math.sqrt(7), 10);
    const many = preferencesOf(
      scored([
        [0, 8],
        [2, 8],
        [4, 8],
        [6, 8],
        [8, 8],
      ]),
      ones(5),
      everyone,
      kinds,
    );
    expect(many[0].sure).toBeGreaterThan(few.sure);
  });

  it('leaves planned titles out, and stays finite for a kind that everyone or nobody has', () => {
    const profile = listed(shelf().items, [0], [10, 'plan_to_watch']);
    const all = preferencesOf(
      profile,
      ones(2),
      everyonesShares(new Float64Array(10).fill(1), () => ['all']),
      () => ['all'],
    );
    expect(all[0].titles).toBe(1);
    const nobody = preferencesOf(
      scored([[0, 8]]),
      ones(1),
      everyonesShares(new Float64Array(10), kinds),
      kinds,
    );
    for (const { lean, sure } of [...all, ...nobody]) {
      expect(Number.isFinite(lean)).toBe(true);
      expect(Number.isFinite(sure)).toBe(true);
    }
  });
});

describe('predictions()', () => {
  const titles = 60;
  const uniform = random(5);
  const catalogue = Array.from({ length: titles }, (_, item) =>
    anime({ animeId: item, meanScore: item % 7 === 0 ? null : 5 + 4 * uniform() }),
  );
  const model = new ItemWeights('slim', randomCsr(titles, 0.3, 3), WEIGHTS);

  it('gives the same as leaving the title out and computing again', async () => {
    const profile = scored(
      Array.from({ length: 40 }, (_, n) => [n, 1 + Math.floor(10 * uniform())] as const),
    );
    const fast = await predictions(catalogue, model, profile);
    expect(fast).toHaveLength(40);
    for (const { item, predicted } of fast) {
      expect(predicted).toBeCloseTo(bruteForce(profile, item), 4);
    }
  });

  it('does not depend on the score that it predicts', async () => {
    const low = scored([
      [1, 1],
      [2, 8],
      [3, 6],
    ]);
    const high = scored([
      [1, 10],
      [2, 8],
      [3, 6],
    ]);
    const [[first], [same]] = await Promise.all(
      [low, high].map((profile) => predictions(catalogue, model, profile)),
    );
    expect(first.predicted).toBe(same.predicted);
  });

  it('is empty for an empty list, and guesses a single score as everyone’s', async () => {
    expect(await predictions(catalogue, model, scored([]))).toEqual([]);
    const [only] = await predictions(catalogue, model, scored([[1, 3]]));
    expect(only.predicted).toBeCloseTo(catalogue[1].meanScore ?? 0, 6);
  });

  it('passes over what is planned or not scored', async () => {
    const profile: Profile = {
      items: Uint32Array.of(1, 2, 3),
      ratings: Uint8Array.of(9, 0, 8),
      statuses: Uint8Array.of(STATUS.plan_to_watch, STATUS.completed, STATUS.completed),
    };
    expect((await predictions(catalogue, model, profile)).map(({ item }) => item)).toEqual([3]);
  });

  it('names the furthest from their guess, both ways', async () => {
    const profile = scored(
      Array.from({ length: 30 }, (_, n) => [n, n === 4 ? 1 : n === 8 ? 10 : 7] as const),
    );
    const { higher, lower } = await surprisesOf(catalogue, model, profile, 2);
    expect(lower[0].anime.animeId).toBe(4);
    expect(lower[0].predicted).toBeGreaterThan(lower[0].rating);
    for (const { rating, predicted } of higher)
      expect(rating - predicted).toBeGreaterThanOrEqual(1);
  });

  /** The formula, from the model's columns, with title `left` out of the profile. */
  function bruteForce(profile: Profile, left: number): number {
    const known = catalogue.flatMap(({ meanScore }) => (meanScore === null ? [] : [meanScore]));
    const typical = known.reduce((sum, value) => sum + value, 0) / known.length;
    const meanOf = (item: number) => catalogue[item].meanScore ?? typical;
    const rest = [...profile.items].filter((item) => item !== left);
    const ratingOf = (item: number) => profile.ratings[profile.items.indexOf(item)];
    const level =
      rest.reduce((sum, item) => sum + ratingOf(item) - meanOf(item), 0) / (rest.length + 5);
    const ones = new Float32Array(rest.length).fill(1);
    const column = model.contributions(scored(rest.map((item) => [item, 1])), left, ones);
    let [sum, weight] = [0, 0.1];
    rest.forEach((item, n) => {
      const similarity = Math.max(0, column[n]);
      sum += similarity * (ratingOf(item) - meanOf(item) - level);
      weight += similarity;
    });
    return Math.min(10, Math.max(1, meanOf(left) + level + sum / weight));
  }
});

describe('influenceOf()', () => {
  it('gives all of the influence to the only title that has any, and none to the rest', () => {
    const bundle = shelf();
    const steering = influenceOf(bundle, listed(bundle.items, [0], [90]), 5);
    // Only "Known" and later titles lift others: item 9 lifts items 1 … 8 too in this world.
    const total = steering.reduce((sum, { share }) => sum + share, 0);
    expect(total).toBeCloseTo(1, 6);
    for (const { share, brings } of steering) {
      expect(share).toBeGreaterThan(0);
      expect(brings).not.toBeNull();
    }
  });

  it('is empty for an empty list', () => {
    const bundle = shelf();
    expect(influenceOf(bundle, listed(bundle.items), 5)).toEqual([]);
  });
});

describe('similarUsersOf()', () => {
  /** People 0–9 have seen 0 and 1 and love 2; people 10–19 have seen 7 and love 8; 20–28 have seen 3 and love 4. */
  const people = Array.from({ length: 29 }, (_, n) =>
    n < 10
      ? [
          [0, 9],
          [1, 9],
          [2, 10],
        ]
      : n < 20
        ? [
            [7, 9],
            [8, 10],
          ]
        : [
            [3, 9],
            [4, 10],
          ],
  ) as [number, number][][];
  const lists = {
    users: people.length,
    items: CATALOGUE.length,
    indptr: Uint32Array.from(
      { length: people.length + 1 },
      (_, n) => people.slice(0, n).flat().length,
    ),
    indices: Uint32Array.from(people.flat(), ([item]) => item),
    ratings: Uint8Array.from(people.flat(), ([, rating]) => rating),
    statuses: new Uint8Array(people.flat().length).fill(STATUS.completed),
  };
  const bundle = shelf();
  let reference: ReferenceUsers;
  beforeAll(async () => {
    reference = await referenceUsersFrom(lists, WEIGHTS);
  });
  const find = (...entries: Parameters<typeof listed>[1][]) => {
    const profile = listed(bundle.items, ...entries);
    const context = { catalogue: CATALOGUE, facets: bundle.facets, reference };
    return similarUsersOf(context, profile, bundle.models.hybrid.whole.weigh(profile), 5);
  };

  it('finds those with the same titles, and what they love that is not seen yet', async () => {
    const kindred = await find([0, 'completed', 9], [10, 'completed', 9]);
    expect(kindred).toMatchObject({ people: 10, among: 29, shared: 2 });
    expect(kindred?.loves.map(({ anime, lovers }) => [anime.animeId, lovers])).toEqual([[20, 10]]);
  });

  it('leaves out a sequel of something unseen, and names nobody', async () => {
    const kindred = await find([70, 'completed', 9]);
    expect(kindred?.loves.map(({ anime }) => anime.animeId)).toEqual([80]);
    expect(JSON.stringify(await find([0, 'completed', 9]))).not.toMatch(/user|person/i);
  });

  it('says nothing of a group of nine, which a rare title picks out', async () => {
    expect(await find([30, 'completed', 9])).toBeNull();
  });

  it('says nothing where nobody has anything in common', async () => {
    expect(await find()).toBeNull();
    expect(await find([90, 'completed', 9])).toBeNull();
    expect(await find([0, 'plan_to_watch'])).toBeNull();
  });

  it('lets other work in while it reads everyone', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      waiting = setImmediate(count);
    };
    let waiting = setImmediate(count);
    const many = { ...lists, users: 1000, indptr: new Uint32Array(1001) };
    await referenceUsersFrom(many, WEIGHTS);
    clearImmediate(waiting);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('counts everyone’s scores and titles', () => {
    expect(reference.scores).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 39, 29]);
    expect(reference.seenBy[0]).toBe(10);
  });
});

describe('tasteOf()', () => {
  let home: string;
  let bundle: Bundle;
  beforeAll(async () => {
    home = await newHome();
    await publishSmall(home);
    bundle = await openBundle(home);
  });
  afterAll(async () => {
    await bundle.close();
    await rm(home, { recursive: true });
  });

  it('draws nothing from nothing', async () => {
    const taste = await tasteOf(bundle, listed(bundle.items));
    expect(taste).toMatchObject({ seen: 0, scored: 0, steering: [], kindred: null });
    expect(taste.scale.mean).toBeNull();
    expect(taste.scale.aboveCrowd).toBeNull();
  });

  it('compares with everyone on the same titles, and does not say that somebody avoids adult genres', async () => {
    const taste = await tasteOf(
      bundle,
      listed(bundle.items, [0, 'completed', 9], [10, 'completed', 7]),
    );
    expect(taste.scale.mine).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 1, 0]);
    expect(taste.scale.mean).toBe(8);
    expect(taste.scale.aboveCrowd).toBe(0.5);
    expect(taste.genres.map(({ kind }) => kind)).not.toContain('Hentai');
    expect(taste.decades.map(({ kind }) => kind)).toContain(1990);
  });

  it('knows everyone by whole lists', async () => {
    const sample = await bundle.people.sample(3);
    expect(sample.users).toBeLessThanOrEqual(3);
    const all = await bundle.people.sample(100);
    expect(all.users).toBe(3);
    expect([...all.indptr]).toEqual([0, 2, 5, 6]);
    expect([...all.indices]).toEqual([0, 3, 1, 2, 7, 0]);
  });

  it('reads at most 500 neighbours of each of 1,000 titles that are all similar', async () => {
    const titles = 1000;
    const many = Array.from({ length: titles }, (_, item) => anime({ animeId: item }));
    const model = new ItemWeights('slim', randomCsr(titles, 1, 9), WEIGHTS);
    const profile = scored(many.map((_, item) => [item, 1 + (item % 10)] as const));
    const explain = vi.spyOn(model, 'explain');
    expect(await predictions(many, model, profile)).toHaveLength(titles);
    const read = explain.mock.results.map(({ value }) => value.parts.length);
    expect(read.reduce((sum, parts) => sum + parts, 0)).toBe(500 * titles);
  });
});
