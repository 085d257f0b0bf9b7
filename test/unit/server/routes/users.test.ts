import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import {
  animeIdsOf,
  getJson,
  postJson,
  type SmallApp,
  smallApp,
} from '../../../support/small-app.ts';

let small: SmallApp;
let app: App;

beforeAll(async () => {
  small = await smallApp();
  app = small.app;
});
afterAll(() => small.close());

const get = (url: string) => getJson(app, url);

describe('GET /api/users', () => {
  it('gives a list, best rated first', async () => {
    const { body } = await get('/api/users/2');
    expect(body.userId).toBe(2);
    expect(
      body.ratings.map(
        ({
          anime,
          rating,
          status,
        }: {
          anime: { animeId: number };
          rating: number | null;
          status: string;
        }) => [anime.animeId, rating, status],
      ),
    ).toEqual([
      [70, 10, 'completed'],
      [10, 8, 'completed'],
      [20, null, 'dropped'],
    ]);
  });

  it('recommends as POST does with the same list', async () => {
    const { body } = await get('/api/users/7/recommendations?limit=3');
    const posted = await postJson(app, '/api/recommendations', {
      ratings: [
        { animeId: 0, rating: 9 },
        { animeId: 30, status: 'plan_to_watch' },
      ],
      limit: 3,
    });
    expect(body).toEqual(posted.body);
    expect(animeIdsOf((await get('/api/users/7/recommendations?rules=none')).body)).toContain(60);
  });
});

describe('GET /api/users where people are switched off', () => {
  let closed: SmallApp;
  beforeAll(async () => {
    closed = await smallApp({ people: false });
  });
  afterAll(() => closed.close());

  it('answers 404 and says why, whoever is asked for', async () => {
    for (const path of ['2', '2/recommendations', '999', '999/recommendations?limit=3', 'x'])
      for (const api of ['/api/users/', '/api/v1/users/']) {
        const { status, body } = await getJson(closed.app, `${api}${path}`);
        expect(status).toBe(404);
        expect(body.detail).toContain('switched off on this server (serve.people)');
      }
    const query = '{ user(userId: 2) { userId } bundle { userLists } }';
    const { body } = await postJson(closed.app, '/graphql', { query });
    expect(body.data).toEqual({ user: null, bundle: { userLists: false } });
    expect(body.errors[0]).toMatchObject({ path: ['user'], extensions: { status: 404 } });
  });

  it('is said by the bundle and the reference, and changes their ETag', async () => {
    for (const [server, shown] of [
      [small, true],
      [closed, false],
    ] as const) {
      expect((await getJson(server.app, '/api/bundle')).body.userLists).toBe(shown);
      const { body } = await getJson(server.app, '/openapi.json');
      expect(Object.keys(body.paths).some((path) => path.includes('users'))).toBe(shown);
      expect(body.tags.some(({ name }: { name: string }) => name === 'People')).toBe(shown);
      expect('Person' in body.components.schemas).toBe(shown);
    }
    const bundles = closed.bundles;
    const other = await buildApp({ bundles, page: null, report: () => {} });
    const tag = async (app: App) => (await app.inject('/api/bundle')).headers.etag;
    expect(await tag(other)).not.toBe(await tag(closed.app));
    await other.close();
  });
});
