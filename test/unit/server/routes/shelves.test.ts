import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { animeIdsOf, postJson, type SmallApp, smallApp } from '../../../support/small-app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await smallApp();
});
afterAll(() => small.close());

describe('POST /api/shelves', () => {
  const ask = (payload: unknown) => postJson(small.app, '/api/shelves', payload);
  const recommend = (payload: unknown) => postJson(small.app, '/api/recommendations', payload);

  it('answers with shelves of recommendations, the ids it does not know, and the bundle', async () => {
    const { status, body } = await ask({
      ratings: [{ animeId: 0, rating: 9 }, { animeId: 20, rating: 9 }, { animeId: 123456 }],
      because: 2,
    });
    expect(status).toBe(200);
    expect(body.ignored).toEqual([123456]);
    expect(body.bundle).toBe(small.bundles.version);
    expect(body.shelves[0].id).toBe('for-you');
    const [first] = body.shelves[0].items;
    expect(first).toMatchObject({ rank: 1, order: null });
    expect(first.because[0]).toMatchObject({ animeId: 0, title: 'Known' });
    for (const { id, seed } of body.shelves) expect(seed !== undefined).toBe(id === 'because');
  });

  it('takes the body of recommendations, and keeps its rules', async () => {
    const rules = { types: ['Movie'], adult: false };
    const asked = { ratings: [{ animeId: 0 }], limit: 2, rules };
    const { body } = await ask(asked);
    const list = (await recommend({ ...asked, limit: 10 })).body;
    expect(body.shelves.flatMap(animeIdsOf).sort()).toEqual(animeIdsOf(list).sort());
    const pure = await ask({ ratings: [{ animeId: 0 }], limit: 50, rules: 'none' });
    const ids = pure.body.shelves.flatMap(animeIdsOf);
    expect(ids).toHaveLength(9);
    expect(new Set(ids).size).toBe(9);
  });

  it('takes an empty list and one that leaves nothing', async () => {
    expect((await ask({ ratings: [] })).body.shelves.map(({ id }: { id: string }) => id)).toEqual([
      'for-you',
    ]);
    const nothing = await ask({ ratings: [], rules: { minMembers: 9_000_000 } });
    expect(nothing.body.shelves).toEqual([]);
  });

  it('refuses an invalid list, naming the field', async () => {
    for (const [payload, field] of [
      [{ ratings: [{ animeId: 1, rating: 11 }] }, 'ratings[0].rating'],
      [{ ratings: [{ animeId: 1, mood: 'good' }] }, 'mood'],
      [{ ratings: [], limit: 501 }, 'limit'],
      [{ ratings: [], shelf: 'gems' }, 'shelf'],
    ] as const) {
      const { status, body } = await ask(payload);
      expect(status).toBe(400);
      expect(body.detail).toContain(field);
    }
    expect((await ask({})).status).toBe(400);
  });
});
