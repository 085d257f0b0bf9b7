import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postJson, type SmallApp, smallApp } from '../../../support/small-app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await smallApp();
});
afterAll(() => small.close());

const LIST = { ratings: [{ animeId: 0, rating: 10 }] };
const ask = (animeId: number | string, body: unknown = LIST) =>
  postJson(small.app, `/api/anime/${animeId}/opinion`, body);

describe('POST /api/anime/:animeId/opinion', () => {
  it('answers with an expected score in its interval, and what it is made of', async () => {
    const { status, body } = await ask(10);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      animeId: 10,
      expected: { coverage: 0.8, scored: 1 },
      raising: [{ animeId: 0, title: 'Known', rating: 10 }],
      lowering: [],
      because: [{ animeId: 0, title: 'Known', share: 1 }],
      against: [],
      order: null,
      speakingFor: [],
      speakingAgainst: [],
      listed: null,
      ignored: [],
    });
    const { score, low, high, everyone, level } = body.expected;
    expect(low).toBeLessThan(score);
    expect(score).toBeLessThan(high);
    expect(everyone + level + body.raising[0].points).toBeCloseTo(score, 6);
  });

  it('is about titles that are no part of the list, adult ones and unknown ids among the ratings', async () => {
    const { status, body } = await ask(60, { ratings: [...LIST.ratings, { animeId: 999 }] });
    expect(status).toBe(200);
    expect(body.ignored).toEqual([999]);
  });

  it('says how the title stands on the list', async () => {
    const { body } = await ask(0, { ratings: [{ animeId: 0, status: 'watching' }] });
    expect(body.listed).toEqual({ rating: null, status: 'watching' });
    expect(body.expected.scored).toBe(0);
  });

  it.each([
    ['an unknown title', 999, LIST, 404, 'animeId'],
    ['an id that is none', 'x', LIST, 400, 'animeId'],
    ['no list', 10, {}, 400, 'ratings'],
    ['a rating of eleven', 10, { ratings: [{ animeId: 0, rating: 11 }] }, 400, 'ratings[0].rating'],
    ['an unknown field', 10, { ...LIST, limit: 3 }, 400, 'limit'],
    ['an unknown field of a rating', 10, { ratings: [{ animeId: 0, x: 1 }] }, 400, 'ratings[0].x'],
  ])('refuses %s', async (_, animeId, body, status, field) => {
    const answer = await ask(animeId, body);
    expect(answer.status).toBe(status);
    expect(answer.body.field).toBe(field);
  });
});
