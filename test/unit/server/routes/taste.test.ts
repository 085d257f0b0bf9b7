import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../../src/server/http/fastify.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';

let small: SmallApp;
let app: App;

beforeAll(async () => {
  small = await smallApp();
  app = small.app;
});
afterAll(() => small.close());

describe('POST /api/taste', () => {
  const ask = (payload: unknown) =>
    app.inject({ method: 'POST', url: '/api/taste', payload: payload as object });

  it('draws a portrait from a list, and says which ids it does not know', async () => {
    const response = await ask({ ratings: [{ animeId: 10, rating: 9 }, { animeId: 123456 }] });
    expect(response.statusCode).toBe(200);
    const { ignored, scored, scale, kindred } = response.json();
    expect({ ignored, scored, kindred }).toEqual({ ignored: [123456], scored: 1, kindred: null });
    expect(scale.mine).toHaveLength(10);
    expect(response.body).not.toMatch(/userId/i);
  });

  it('takes an empty list, and refuses an invalid one, naming the field', async () => {
    expect((await ask({ ratings: [] })).json()).toMatchObject({ seen: 0, steering: [] });
    const wrong = await ask({ ratings: [{ animeId: 1, rating: 11 }] });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json().detail).toContain('ratings[0].rating');
    expect((await ask({ ratings: [{ animeId: 1, mood: 'good' }] })).json().detail).toContain(
      'mood',
    );
    expect((await ask({})).statusCode).toBe(400);
  });
});
