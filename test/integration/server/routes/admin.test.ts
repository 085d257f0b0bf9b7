import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LeaderboardSchema,
  RecommendedSchema,
  RunsSchema,
  SessionSchema,
  StatusSchema,
  UseBundleSchema,
} from '../../../../src/api/admin.ts';
import { ProblemSchema } from '../../../../src/api/problem.ts';
import { currentVersion, pointTo } from '../../../../src/home/versions.ts';
import { type Served, serve } from '../../../../src/serve.ts';
import { newServer } from '../../../../src/server/http/fastify.ts';
import { adminRoutes } from '../../../../src/server/routes/admin.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { RequestCounts } from '../../../../src/server/state/request-counts.ts';
import { RunRecord } from '../../../../src/track/run-record.ts';
import { BundleTraffic } from '../../../../src/traffic/traffic.ts';
import { type AdminHome, adminHome, BOARD, KEY } from '../../../support/admin-site.ts';
import { newHome } from '../../../support/small-bundle.ts';

let kept: AdminHome;
let lines: string[];
const running: Served[] = [];

beforeEach(async () => {
  kept = await adminHome();
  lines = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((served) => served.close()));
  await rm(kept.home, { recursive: true, force: true });
});

async function start(adminKey: string | null = KEY, home = kept.home): Promise<string> {
  const take = (line: string) => void lines.push(line);
  const logger = { info: take, error: take };
  const options = { host: '127.0.0.1', port: 0, pollMs: 20, page: null };
  const served = await serve({ home, adminKey, logger, ...options });
  running.push(served);
  return served.url;
}

const ANSWERS: Readonly<Record<string, TSchema>> = {
  'GET /status': StatusSchema,
  'GET /leaderboard': LeaderboardSchema,
  'GET /runs': RunsSchema,
  'GET /runs/:id': RunRecord,
  'GET /recommended': RecommendedSchema,
  'GET /traffic': BundleTraffic,
  'POST /bundle': UseBundleSchema,
  'GET /session': SessionSchema,
  'POST /session': SessionSchema,
  // Signing out has no content.
  'DELETE /session': Type.Null(),
};

/** Asks a route; whatever it answers has the form that the API promises. */
async function ask(url: string, path: string, init: RequestInit = {}, key: string | null = KEY) {
  const headers = new Headers(init.headers);
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  const response = await fetch(`${url}/api/admin${path}`, { ...init, headers });
  const body = (await response.json()) as Record<string, unknown>;
  const route = `${init.method ?? 'GET'} ${path.replace(/\?.*/, '').replace(/^\/runs\/.*/, '/runs/:id')}`;
  const schema = response.ok ? ANSWERS[route] : ProblemSchema;
  expect(schema, route).toBeDefined();
  expect(Value.Errors(schema, body), route).toEqual([]);
  return { status: response.status, headers: response.headers, body };
}

function use(url: string, version: string) {
  const headers = { 'content-type': 'application/json' };
  return ask(url, '/bundle', { method: 'POST', body: JSON.stringify({ version }), headers });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`It did not happen; the log says:\n${lines.join('\n')}`);
}

const inUse = async (url: string) =>
  ((await (await fetch(`${url}/readyz`)).json()) as { bundle: string }).bundle;

const PATHS = [
  '/status',
  '/leaderboard',
  '/runs',
  '/runs/x',
  '/recommended',
  '/traffic',
  '/bundle',
  '',
];

describe('without a key', () => {
  it('there is no console: everything answers as any unknown address does', async () => {
    const url = await start(null);
    for (const path of PATHS) {
      for (const method of ['GET', 'POST']) {
        const { status, headers } = await ask(url, path, { method });
        expect([status, headers.get('www-authenticate')]).toEqual([404, null]);
      }
    }
    expect((await fetch(`${url}/admin`)).status).toBe(404);
    expect((await fetch(`${url}/admin/`)).status).toBe(404);
    expect((await fetch(`${url}/admin/admin.js`)).status).toBe(404);
  });
});

describe('every route', () => {
  it('has an answer in the table above', async () => {
    const app = newServer();
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'HEAD') routes.push(`${method} ${url.replace('/api/admin', '')}`);
    });
    const admin = { home: kept.home, key: KEY };
    adminRoutes(app, new CurrentBundle(), new RequestCounts(app), admin);
    await app.ready();
    expect(routes.sort()).toEqual(Object.keys(ANSWERS).sort());
    await app.close();
  });
});

describe('the key', () => {
  it.each([
    ['none', {}],
    ['another', { authorization: 'Bearer another-key-of-the-same' }],
    ['a shorter', { authorization: `Bearer ${KEY.slice(0, -1)}` }],
    ['a longer', { authorization: `Bearer ${KEY}x` }],
    ['an empty', { authorization: 'Bearer ' }],
    ['a basic', { authorization: `Basic ${Buffer.from(`x:${KEY}`).toString('base64')}` }],
    ['a bare', { authorization: KEY }],
  ])('%s one is refused on every route, and nothing happens', async (_, headers) => {
    const url = await start();
    for (const path of ['/status', '/leaderboard', '/runs', '/recommended', '/traffic']) {
      const answer = await ask(url, path, { headers }, null);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(JSON.stringify(answer.body)).not.toContain(KEY);
    }
    const change = await ask(
      url,
      '/bundle',
      {
        method: 'POST',
        body: JSON.stringify({ version: kept.older.version }),
        headers: { ...headers, 'content-type': 'application/json' },
      },
      null,
    );
    expect(change.status).toBe(401);
    expect(await currentVersion(kept.home, 'bundle')).toBe(kept.newer.version);
  });

  it('is in no line of the log', async () => {
    const url = await start();
    await ask(url, '/status');
    await use(url, kept.older.version);
    expect(lines.join('\n')).not.toContain(KEY);
  });
});

describe('GET /api/admin/status', () => {
  it('says which bundle is in use, which are kept, how the process is and what was asked', async () => {
    const url = await start();
    for (let n = 0; n < 3; n++) await fetch(`${url}/api/anime/0`);
    await fetch(`${url}/api/anime/999`);
    const { status, headers, body } = await ask(url, '/status');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      bundle: {
        version: kept.newer.version,
        people: 3,
        titles: 10,
        origin: { name: 'tests', synthetic: true },
        publishedAt: '2026-01-02T03:04:05.000Z',
        metrics: { likedNdcg10: 0.57 },
      },
      current: kept.newer.version,
      process: { node: process.version, uptime: expect.any(Number) },
    });
    const versions = body.versions as { version: string; bytes: number; problem: null }[];
    expect(versions.map(({ version }) => version).sort()).toEqual(
      [kept.older.version, kept.newer.version].sort(),
    );
    expect(versions.every(({ bytes, problem }) => bytes > 1000 && problem === null)).toBe(true);
    const { memory, eventLoopDelay } = body.process as {
      memory: Record<string, number>;
      eventLoopDelay: Record<string, number>;
    };
    expect(memory.resident).toBeGreaterThan(memory.heapUsed);
    expect(eventLoopDelay.longest).toBeGreaterThanOrEqual(eventLoopDelay.p50);
    const { total, routes } = body.requests as { total: number; routes: Record<string, unknown>[] };
    const titles = routes.find(({ route }) => route === '/api/anime/:animeId');
    expect(titles).toMatchObject({ method: 'GET', requests: 4, refused: 1, failed: 0 });
    const { p50, p95, p99, longest } = titles as Record<string, number>;
    expect(p50).toBeGreaterThan(0);
    expect([p50, p95, p99, longest]).toEqual([p50, p95, p99, longest].sort((a, b) => a - b));
    expect(total).toBe(4);
  });

  it('works while there is no bundle, leaderboard or run yet', async () => {
    const empty = await newHome();
    const url = await start(KEY, empty);
    expect((await ask(url, '/status')).body).toMatchObject({
      bundle: null,
      current: null,
      versions: [],
    });
    expect((await ask(url, '/leaderboard')).body.detail).toContain('osusume evaluate');
    expect((await ask(url, '/runs')).body).toEqual({ items: [] });
    expect((await ask(url, '/recommended')).body).toEqual({ lists: 0, titles: 0, items: [] });
    expect((await use(url, '20260101T000000-abcdef')).status).toBe(404);
    await rm(empty, { recursive: true });
  });

  it('tells a truncated bundle from one that can be used', async () => {
    const url = await start();
    await truncate(join(kept.older.folder, 'slim.safetensors'), 10);
    await writeFile(join(kept.home, 'bundle', '.partial-1-x'), '');
    const { body } = await ask(url, '/status');
    const versions = body.versions as { version: string; problem: string | null }[];
    expect(versions).toHaveLength(2);
    const found = versions.find(({ version }) => version === kept.older.version);
    expect(found?.problem).toMatch(/slim\.safetensors has 10 bytes/);
  });
});

describe('the leaderboard and the runs', () => {
  it('are given as they were recorded', async () => {
    const url = await start();
    expect((await ask(url, '/leaderboard')).body).toMatchObject({ board: BOARD });
    const { items } = (await ask(url, '/runs')).body as { items: Record<string, unknown>[] };
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: kept.run.id, epochs: 3, seconds: 12.5 });
    expect(items[0]).not.toHaveProperty('parameters');
    expect((await ask(url, `/runs/${kept.run.id}`)).body).toEqual(kept.run);
  });

  it('an unknown run is 404, one outside the folder of runs too, a damaged one 409', async () => {
    const url = await start();
    expect((await ask(url, '/runs/20200101T000000-nothing')).status).toBe(404);
    expect((await ask(url, '/runs/..%2Fbundle')).status).toBe(404);
    await writeFile(join(kept.home, 'runs', kept.run.id, 'run.json'), '{"id":');
    expect(await ask(url, `/runs/${kept.run.id}`)).toMatchObject({ status: 409 });
    expect((await ask(url, '/runs')).body).toEqual({ items: [] });
  });

  it('a damaged leaderboard says which file it is', async () => {
    const url = await start();
    const version = await currentVersion(kept.home, 'leaderboard');
    await appendFile(join(kept.home, 'leaderboard', `${version}`, 'leaderboard.json'), ' ');
    const { status, body } = await ask(url, '/leaderboard');
    expect(status).toBe(409);
    expect(body.detail).toMatch(/leaderboard\.json has \d+ bytes, expected/);
  });
});

describe('GET /api/admin/recommended', () => {
  it('counts the lists that contained a title', async () => {
    const url = await start();
    const body = JSON.stringify({ ratings: [{ animeId: 0 }], limit: 2 });
    const headers = { 'content-type': 'application/json' };
    for (let n = 0; n < 2; n++)
      await fetch(`${url}/api/recommendations`, { method: 'POST', headers, body });
    await fetch(`${url}/api/users/2/recommendations?limit=1`);
    const found = (await ask(url, '/recommended?limit=2')).body;
    expect(found).toMatchObject({ lists: 3, titles: 3 });
    expect(found.items).toEqual([
      { animeId: 10, title: 'Loner', lists: 2 },
      { animeId: 20, title: 'Saga', lists: 2 },
    ]);
    expect(await ask(url, '/recommended?limit=0')).toMatchObject({
      status: 400,
      body: { field: 'limit' },
    });
  });

  it('counts those of a batch and of GraphQL too, and how long these routes take', async () => {
    const url = await start();
    const headers = { 'content-type': 'application/json' };
    const post = async (path: string, body: object) =>
      (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).text();
    // Two lists, a profile that is wrong, and one to which nothing is recommended.
    const nothing = { ratings: [], rules: { genresIn: ['No such genre'] } };
    const profiles = [{ ratings: [{ animeId: 0 }] }, { ratings: [] }, { ratings: 'x' }, nothing];
    const lines = await post('/api/recommendations:batch', { profiles, limit: 1 });
    expect(lines.trim().split('\n')).toHaveLength(4);
    expect((await ask(url, '/recommended')).body).toMatchObject({ lists: 2 });
    const query = `{
      recommendations(ratings: [{ animeId: 0 }], limit: 1) { items { anime { animeId } } }
      user(userId: 2) { recommendations(limit: 1) { bundle } }
      search { next }
    }`;
    const { data } = JSON.parse(await post('/graphql', { query }));
    const found = (await ask(url, '/recommended')).body;
    expect(found.lists).toBe(4);
    const [{ anime }] = data.recommendations.items;
    const items = found.items as { animeId: number; lists: number }[];
    expect(items.find(({ animeId }) => animeId === anime.animeId)?.lists).toBeGreaterThan(1);
    expect(items.reduce((sum, { lists }) => sum + lists, 0)).toBe(4);
    const { requests } = (await ask(url, '/status')).body as {
      requests: { routes: { route: string; requests: number; longest: number }[] };
    };
    for (const route of ['/api/recommendations:batch', '/graphql']) {
      const counted = requests.routes.find((one) => one.route === route);
      expect(counted, route).toMatchObject({ requests: 1, longest: expect.any(Number) });
      expect(counted?.longest).toBeGreaterThan(0);
    }
  });
});

describe('POST /api/admin/bundle', () => {
  it('goes back to an older bundle and forward again while requests run', async () => {
    const url = await start();
    const statuses = new Set<number>();
    let asking = true;
    const requests = (async () => {
      while (asking) {
        const answers = await Promise.all(
          [0, 1, 2, 3].map(() => fetch(`${url}/api/users/2/recommendations`)),
        );
        for (const answer of answers) {
          statuses.add(answer.status);
          await answer.arrayBuffer();
        }
      }
    })();
    const title = async () =>
      ((await (await fetch(`${url}/api/anime/0`)).json()) as { title: string }).title;
    expect(await title()).toBe('Renamed');
    expect(await use(url, kept.older.version)).toMatchObject({
      status: 202,
      body: { current: kept.older.version },
    });
    await until(async () => (await inUse(url)) === kept.older.version);
    expect(await title()).toBe('Known');
    expect((await use(url, kept.newer.version)).status).toBe(202);
    await until(async () => (await inUse(url)) === kept.newer.version);
    expect(await title()).toBe('Renamed');
    asking = false;
    await requests;
    expect([...statuses]).toEqual([200]);
    expect(lines.filter((line) => line.startsWith('An operator made bundle'))).toHaveLength(2);
  });

  it('refuses a damaged version, naming the file; the old one stays', async () => {
    const url = await start();
    // Of the same size: only its checksum tells.
    const path = join(kept.older.folder, 'catalogue.json');
    await truncate(path, 100);
    await writeFile(path, ' '.repeat(kept.older.manifest.files['catalogue.json'].bytes));
    const { status, body } = await use(url, kept.older.version);
    expect(status).toBe(409);
    expect(body.detail).toMatch(
      new RegExp(`catalogue\\.json is damaged.*${kept.newer.version} stays in use`),
    );
    expect(await currentVersion(kept.home, 'bundle')).toBe(kept.newer.version);
    expect(await inUse(url)).toBe(kept.newer.version);
  });

  it.each(['20260101T000000-abcdef', '../bundle', 'current', '.', '__proto__'])(
    'refuses the unknown version %s',
    async (version) => {
      const url = await start();
      const { status, body } = await use(url, version);
      expect(status).toBe(404);
      expect(body).toMatchObject({ field: 'version' });
      expect(body.detail).toContain(kept.older.version);
      expect(await currentVersion(kept.home, 'bundle')).toBe(kept.newer.version);
    },
  );

  it.each([
    ['{}', 'version'],
    ['{"version":5}', 'version'],
    ['{"version":""}', 'version'],
    ['{"version":"x","force":true}', 'force'],
    ['[', undefined],
  ])('refuses the body %s', async (body, field) => {
    const url = await start();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(url, '/bundle', { method: 'POST', body, headers });
    expect(answer.status).toBe(400);
    expect(answer.body.field).toBe(field);
  });

  it('checks one at a time', async () => {
    const url = await start();
    const answers = await Promise.all([
      use(url, kept.older.version),
      use(url, kept.older.version),
      use(url, kept.older.version),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(202);
    expect(statuses.filter((status) => status !== 202 && status !== 409)).toEqual([]);
    await until(async () => (await inUse(url)) === kept.older.version);
  });

  it('takes a bundle that was repaired after it had been refused', async () => {
    const url = await start();
    const path = join(kept.older.folder, 'bundle.json');
    const whole = await readFile(path);
    await truncate(path, 5);
    await pointTo(kept.home, 'bundle', kept.older.version);
    await until(async () => lines.some((line) => line.includes('is refused')));
    expect((await use(url, kept.newer.version)).status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await writeFile(path, whole);
    expect((await use(url, kept.older.version)).status).toBe(202);
    await until(async () => (await inUse(url)) === kept.older.version);
  });
});
