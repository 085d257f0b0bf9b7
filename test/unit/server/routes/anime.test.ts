import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../../src/server/http/fastify.ts';
import { animeIdsOf, getJson, type SmallApp, smallApp } from '../../../support/small-app.ts';

let small: SmallApp;
let app: App;

beforeAll(async () => {
  small = await smallApp();
  app = small.app;
});
afterAll(() => small.close());

const get = (url: string) => getJson(app, url);

describe('GET /api/anime', () => {
  it('finds titles by name', async () => {
    const { body } = await get('/api/anime?query=lonar&limit=1');
    expect(body.items).toHaveLength(1);
    expect(body.items[0].title).toBe('Loner');
    expect((await get('/api/anime?query=night')).body.items).toEqual([]);
    expect((await get('/api/anime?query=night&adult=true')).body.items[0].title).toBe('Night');
    expect((await get('/api/anime')).body.items[0].title).toBe('Known');
  });

  it('says with which year the catalogue ends, also where nothing is found', async () => {
    const { body } = await get('/api/anime?query=zzzz');
    expect(body.items).toEqual([]);
    expect(body.lastYear).toBe(2010);
  });

  it('gives a title with its whole story in watch order', async () => {
    const { body } = await get('/api/anime/40');
    expect(body).toMatchObject({
      animeId: 40,
      title: 'Saga 3rd Season',
      franchise: { position: 3, prerequisite: 30 },
    });
    expect(body.franchiseTitles.map(({ animeId }: { animeId: number }) => animeId)).toEqual([
      20, 30, 40, 50,
    ]);
    expect((await get('/api/anime/0')).body.franchiseTitles).toEqual([]);
  });

  it('gives similar titles by each model, no adult ones beside one that is not', async () => {
    for (const by of ['hybrid', 'collaborative', 'content']) {
      const { body } = await get(`/api/anime/0/similar?by=${by}&limit=6`);
      expect(animeIdsOf(body)).toEqual([10, 20, 30, 40, 50, 70]);
      expect(body.items[0].score).toBeCloseTo(0.45, 6);
    }
  });

  it.each([
    ['/api/anime/999', 404, 'animeId', /999/],
    ['/api/anime/999/similar', 404, 'animeId', /999/],
    ['/api/anime/abc', 400, 'animeId', /animeId/],
    ['/api/anime/0/similar?by=magic', 400, 'by', /hybrid/],
    ['/api/anime?limit=0', 400, 'limit', /limit/],
    ['/api/anime?limit=ten', 400, 'limit', /limit/],
    ['/api/anime?limit=true', 400, 'limit', /limit/],
    ['/api/anime?limit=1.5', 400, 'limit', /limit/],
    ['/api/anime?limit=1&limit=2', 400, 'limit', /limit/],
    ['/api/anime?adult=1', 400, 'adult', /adult/],
    ['/api/anime/0.5', 400, 'animeId', /animeId/],
    ['/api/anime?name=x', 400, 'name', /name/],
    ['/api/users/5', 404, 'userId', /5/],
    ['/api/users/5/recommendations', 404, 'userId', /5/],
    ['/api/users/me', 400, 'userId', /userId/],
    ['/api/users/7/recommendations?limit=501', 400, 'limit', /limit/],
    ['/api/users/7/recommendations?rules=some', 400, 'rules', /rules/],
  ])('answers %s with %i that names %s', async (url, status, field, detail) => {
    const answer = await get(url);
    expect(answer).toMatchObject({ status, body: { status, field } });
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body.detail).toMatch(detail);
  });
});
