import { STATUS_CODES } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../../src/server/http/fastify.ts';
import { animeIdsOf, postJson, type SmallApp, smallApp } from '../../../support/small-app.ts';

let small: SmallApp;
let app: App;

beforeAll(async () => {
  small = await smallApp();
  app = small.app;
});
afterAll(() => small.close());

const ask = (payload: unknown) => postJson(app, '/api/recommendations', payload);

describe('POST /api/recommendations', () => {
  it('answers with ranks, titles, scores and reasons', async () => {
    const { status, type, body } = await ask({
      ratings: [{ animeId: 0, rating: 9, status: 'completed' }],
      limit: 2,
    });
    expect(status).toBe(200);
    expect(type).toContain('application/json');
    expect(body.bundle).toBe(small.bundles.version);
    expect(body.ignored).toEqual([]);
    expect(body.items.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2]);
    const [{ anime, score, because, order }] = body.items;
    expect(anime).toMatchObject({
      animeId: 10,
      title: 'Loner',
      genres: ['Drama'],
      synopsis: 'A story.',
    });
    expect(because).toEqual([
      { animeId: 0, title: 'Known', share: 1, shareOfScore: 1, contribution: score },
    ]);
    expect(order).toBeNull();
  });

  it('switches the rules off with "none", and each one by itself', async () => {
    const ratings = [{ animeId: 0 }, { animeId: 10, status: 'plan_to_watch' }];
    expect(animeIdsOf((await ask({ ratings, rules: 'none', limit: 500 })).body)).toEqual([
      10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    expect(animeIdsOf((await ask({ ratings })).body)).toEqual([10, 20, 70, 80, 90]);
    expect(
      animeIdsOf(
        (
          await ask({
            ratings,
            rules: { franchise: false, prerequisites: false, adult: true, planned: false },
          })
        ).body,
      ),
    ).toEqual([20, 30, 40, 50, 60, 70, 80, 90]);
    const filtered = await ask({
      ratings,
      rules: {
        types: ['TV'],
        genresOut: ['Drama'],
        years: [2009, 2011],
        minMembers: 5,
        niche: 0.5,
        variety: 0.2,
      },
    });
    expect(animeIdsOf(filtered.body)).toEqual([20]);
  });

  it('lists unknown ids as ignored and answers all the same', async () => {
    const { status, body } = await ask({
      ratings: [{ animeId: 0 }, { animeId: 123456 }, { animeId: -5 }],
    });
    expect(status).toBe(200);
    expect(body.ignored).toEqual([123456, -5]);
  });

  it('answers an empty list with what is listed most', async () => {
    expect(animeIdsOf((await ask({ ratings: [], limit: 2 })).body)).toEqual([0, 10]);
  });

  it('takes unscored titles as absent, null or 0, and the last entry of a title', async () => {
    const answers = await Promise.all(
      [{}, { rating: null }, { rating: 0 }].map((rating) =>
        ask({
          ratings: [
            { animeId: 0, rating: 3 },
            { animeId: 0, ...rating },
          ],
        }),
      ),
    );
    expect(answers.map(({ body }) => body.items[0].score)).toEqual(
      new Array(3).fill(answers[0].body.items[0].score),
    );
    expect(
      (
        await ask({
          ratings: [
            { animeId: 0, status: 'completed' },
            { animeId: 0, status: 'plan_to_watch' },
          ],
          rules: 'none',
          limit: 1,
        })
      ).body.items[0].anime.animeId,
    ).toBe(0);
  });

  it('returns as many reasons as asked for', async () => {
    expect((await ask({ ratings: [{ animeId: 0 }], because: 0 })).body.items[0].because).toEqual(
      [],
    );
  });

  const malformed: [body: unknown, field: string | undefined][] = [
    [{}, 'ratings'],
    [{ ratings: 5 }, 'ratings'],
    [{ ratings: [{ rating: 5 }] }, 'ratings[0].animeId'],
    [{ ratings: [{ animeId: 0 }, { animeId: '5114' }] }, 'ratings[1].animeId'],
    [{ ratings: [{ animeId: 1.5 }] }, 'ratings[0].animeId'],
    [{ ratings: [{ animeId: 0, rating: 11 }] }, 'ratings[0].rating'],
    [{ ratings: [{ animeId: 0, rating: -1 }] }, 'ratings[0].rating'],
    [{ ratings: [{ animeId: 0, rating: 7.5 }] }, 'ratings[0].rating'],
    [{ ratings: [{ animeId: 0, rating: '9' }] }, 'ratings[0].rating'],
    [{ ratings: [{ animeId: 0, status: 'seen' }] }, 'ratings[0].status'],
    [{ ratings: [{ animeId: 0, score: 9 }] }, 'ratings[0].score'],
    [{ ratings: [], limit: 0 }, 'limit'],
    [{ ratings: [], limit: 501 }, 'limit'],
    [{ ratings: [], limit: '5' }, 'limit'],
    [{ ratings: [], because: 501 }, 'because'],
    [{ ratings: [], extra: 1 }, 'extra'],
    [{ ratings: [], rules: { niche: 2 } }, 'rules.niche'],
    [{ ratings: [], rules: { without: [-1] } }, 'rules.without[0]'],
    [{ ratings: [], rules: { genreIn: ['Action'] } }, 'rules.genreIn'],
    [{ ratings: [], rules: { types: ['TV', 'Radio'] } }, 'rules.types[1]'],
    [{ ratings: [], rules: { years: [2000] } }, 'rules.years'],
    [{ ratings: [], rules: 'all' }, 'rules'],
    [[], undefined],
  ];
  it.each(malformed)('answers %j with 400 that names the field', async (body, field) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400 });
    if (field) expect(answer.body.field).toBe(field);
    expect(answer.body.detail).toContain(field ?? '');
  });

  it.each([
    ['extra', { ratings: [], extra: 1 }],
    ['rules.genreIn', { ratings: [], rules: { genreIn: ['Action'] } }],
    ['ratings[0].score', { ratings: [{ animeId: 0, score: 9 }] }],
  ])('says that %s is not known', async (field, body) => {
    expect((await ask(body)).body.detail).toBe(`${field} is not a known field`);
  });

  it('answers broken JSON, another media type and too much with a problem', async () => {
    expect(await ask('{"ratings":[')).toMatchObject({ status: 400, body: { status: 400 } });
    const xml = await app.inject({
      method: 'POST',
      url: '/api/recommendations',
      payload: '<a/>',
      headers: { 'content-type': 'text/xml' },
    });
    expect(xml.statusCode).toBe(415);
    expect(await ask(`{"ratings":[],"x":"${'x'.repeat(5 << 20)}"}`)).toMatchObject({
      status: 413,
      body: { title: STATUS_CODES[413] },
    });
  });
});
