/** What a server counts of what it is asked and recommends, by every route, and what operators see of it. */
import { Value } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { TrafficWindow } from '../../../../src/server/state/traffic-window.ts';
import { itemWeights, popularityBounds } from '../../../../src/traffic/title-bins.ts';
import { BundleTraffic } from '../../../../src/traffic/traffic.ts';
import { trainingTraffic } from '../../../../src/traffic/training-traffic.ts';
import { postJson, type SmallApp, smallApp } from '../../../support/small-app.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import { CATALOGUE, listed, shelf, smallDataset } from '../../../support/small-catalogue.ts';

const KEY = 'a-key-for-the-operators';
const HOUR = 3_600_000;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('TrafficWindow', () => {
  const dataset = smallDataset();
  const baseline = trainingTraffic(dataset, () => [0]);
  const { catalogue, items, ranker } = shelf();
  let now: number;
  let window: TrafficWindow;
  const add = () => {
    const profile = listed(items, [0], [10]);
    window.add(profile, ranker.recommend(profile, { limit: 2 }));
  };
  const lists = () => window.state().asked.lists;

  beforeEach(() => {
    now = Date.parse('2026-03-01T10:30:00Z');
    const counted = { version: 'v1', catalogue, items, baseline };
    window = TrafficWindow.of(counted, () => now) as TrafficWindow;
  });

  it('forgets what is older than 24 hours', () => {
    add();
    now += HOUR;
    add();
    expect(window.state()).toMatchObject({ since: '2026-03-01T10:00:00.000Z', bundle: 'v1' });
    now += 22 * HOUR;
    expect(lists()).toBe(2);
    now += HOUR;
    expect(lists()).toBe(1);
    expect(window.state().since).toBe('2026-03-01T11:00:00.000Z');
    now += HOUR;
    expect(lists()).toBe(0);
    add();
    expect(lists()).toBe(1);
  });

  it('goes on when the clock is set back', () => {
    add();
    now -= 5 * HOUR;
    add();
    expect(lists()).toBe(2);
  });

  it('holds as much for a million lists as for one', () => {
    const keys = (): number => JSON.stringify(window.state().asked.genre).split(':').length;
    add();
    const before = keys();
    for (let n = 0; n < 1000; n++) add();
    expect(keys()).toBe(before);
    expect(lists()).toBe(1001);
  });

  it('has nothing to count for a bundle without a baseline', () => {
    expect(TrafficWindow.of({ version: 'v1', catalogue, items, baseline: null })).toBeNull();
  });

  it('has the tenths of popularity of the training data', () => {
    expect(window.state().baseline.popularityBounds).toEqual(
      popularityBounds(itemWeights(dataset.interactions)),
    );
  });
});

describe('a server', () => {
  let small: SmallApp;
  beforeAll(async () => {
    const home = await newHome();
    small = await smallApp({ admin: { home, key: KEY } });
  });
  afterAll(() => small.close());

  const state = () => small.bundles.traffic?.state() as BundleTraffic;
  const ask = (ratings: readonly { animeId: number }[]) =>
    postJson(small.app, '/api/recommendations', { ratings, limit: 3 });

  it('counts lists of every route, and no others', async () => {
    await ask([{ animeId: 0 }]);
    await ask([]);
    await postJson(small.app, '/api/recommendations:batch', {
      profiles: [{ ratings: [{ animeId: 0 }] }, { ratings: [{ animeId: 10 }] }],
    }).catch(() => {}); // lines of JSON, not one
    await small.app.inject('/api/users/7/recommendations');
    await postJson(small.app, '/api/chat', { message: 'something like Known' });
    await postJson(small.app, '/graphql', {
      query:
        '{ recommendations(ratings: [{ animeId: 0 }]) { items { rank } } user(userId: 7) { recommendations { items { rank } } } }',
    });
    // a taste makes a list by itself, which nobody asked for
    await postJson(small.app, '/api/taste', { ratings: [{ animeId: 0 }] });
    const { asked, recommended } = state();
    expect(sum(asked.listLength)).toBe(8);
    expect(asked.listLength[0]).toBe(1);
    expect(asked.lists).toBe(7);
    expect(sum(asked.popularity)).toBeCloseTo(7, 4);
    expect(recommended.lists).toBe(8);
    expect(sum(Object.values(recommended.genre))).toBeCloseTo(8, 4);
  });

  it('counts each of many requests at the same time once', async () => {
    const before = state();
    const lists = Array.from({ length: 200 }, (_, n) =>
      CATALOGUE.slice(0, n % 6).map(({ animeId }) => ({ animeId })),
    );
    const answers = await Promise.all(lists.map(ask));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const after = state();
    expect(sum(after.asked.listLength) - sum(before.asked.listLength)).toBe(200);
    const empty = lists.filter(({ length }) => length === 0).length;
    expect(after.asked.lists - before.asked.lists).toBe(200 - empty);
    expect(sum(after.asked.popularity) - sum(before.asked.popularity)).toBeCloseTo(200 - empty, 3);
    expect(after.recommended.lists - before.recommended.lists).toBe(200);
  });

  it('shows operators its counts, and nobody else', async () => {
    const url = '/api/admin/traffic';
    expect((await small.app.inject(url)).statusCode).toBe(401);
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = await small.app.inject({ url, headers });
    expect(answer.statusCode).toBe(200);
    const traffic: unknown = answer.json();
    expect(Value.Errors(BundleTraffic, traffic)).toEqual([]);
    expect(traffic).toEqual(state());
  });

  it('begins anew with a new bundle', async () => {
    await publishSmall(small.home);
    const headers = { authorization: `Bearer ${KEY}` };
    const bundle = await openBundle(small.home);
    small.bundles.replace(bundle);
    expect(state()).toMatchObject({ bundle: bundle.version, asked: { lists: 0 } });
    await ask([{ animeId: 0 }]);
    expect(state().asked.lists).toBe(1);
    small.bundles.replace(
      await openBundle(small.home).then((same) => ({ ...same, baseline: null })),
    );
    const answer = await small.app.inject({ url: '/api/admin/traffic', headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toMatch(/osusume publish/);
  });

  it('says that there is nothing before there is a bundle', async () => {
    const none = await smallApp({
      bundles: new CurrentBundle(),
      admin: { home: small.home, key: KEY },
    });
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = await none.app.inject({ url: '/api/admin/traffic', headers });
    expect(answer.statusCode).toBe(404);
    await none.close();
  });
});
