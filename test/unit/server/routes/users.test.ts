import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
