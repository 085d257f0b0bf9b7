import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../src/recommend/bundle.ts';
import { buildApp } from '../../../src/server/app.ts';
import type { App } from '../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

let home: string;
let version: string;
let app: App;
const reported: string[] = [];
const bundles = new CurrentBundle();

beforeAll(async () => {
  home = await newHome();
  ({ version } = await publishSmall(home));
  bundles.replace(await openBundle(home));
  app = await buildApp({ bundles, page: null, report: (line) => reported.push(line) });
});
afterAll(async () => {
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

async function get(url: string) {
  const response = await app.inject(url);
  return {
    status: response.statusCode,
    type: String(response.headers['content-type']),
    body: response.json(),
  };
}

async function ask(payload: unknown) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const response = await app.inject({
    method: 'POST',
    url: '/api/recommendations',
    payload: text,
    headers: { 'content-type': 'application/json' },
  });
  return {
    status: response.statusCode,
    type: String(response.headers['content-type']),
    body: response.json(),
  };
}

const idsOf = (body: { items: { anime: { animeId: number } }[] }) =>
  body.items.map(({ anime }) => anime.animeId);

describe('POST /api/recommendations', () => {
  it('answers with ranks, titles, scores and reasons', async () => {
    const { status, type, body } = await ask({
      ratings: [{ animeId: 0, rating: 9, status: 'completed' }],
      limit: 2,
    });
    expect(status).toBe(200);
    expect(type).toContain('application/json');
    expect(body.bundle).toBe(version);
    expect(body.ignored).toEqual([]);
    expect(body.items.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2]);
    const [{ anime, score, because }] = body.items;
    expect(anime).toMatchObject({
      animeId: 10,
      title: 'Loner',
      genres: ['Drama'],
      synopsis: 'A story.',
    });
    expect(because).toEqual([{ animeId: 0, title: 'Known', share: 1, contribution: score }]);
  });

  it('switches the rules off with "none", and each one by itself', async () => {
    const ratings = [{ animeId: 0 }, { animeId: 10, status: 'plan_to_watch' }];
    expect(idsOf((await ask({ ratings, rules: 'none', limit: 500 })).body)).toEqual([
      10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    expect(idsOf((await ask({ ratings })).body)).toEqual([10, 20, 70, 80, 90]);
    expect(
      idsOf(
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
    expect(idsOf(filtered.body)).toEqual([20]);
  });

  it('lists unknown ids as ignored and answers all the same', async () => {
    const { status, body } = await ask({
      ratings: [{ animeId: 0 }, { animeId: 123456 }, { animeId: -5 }],
    });
    expect(status).toBe(200);
    expect(body.ignored).toEqual([123456, -5]);
  });

  it('answers an empty list with what is listed most', async () => {
    expect(idsOf((await ask({ ratings: [], limit: 2 })).body)).toEqual([0, 10]);
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

describe('GET /api/anime', () => {
  it('finds titles by name', async () => {
    const { body } = await get('/api/anime?query=lonar&limit=1');
    expect(body.items).toHaveLength(1);
    expect(body.items[0].title).toBe('Loner');
    expect((await get('/api/anime?query=night')).body.items).toEqual([]);
    expect((await get('/api/anime?query=night&adult=true')).body.items[0].title).toBe('Night');
    expect((await get('/api/anime')).body.items[0].title).toBe('Known');
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
      expect(idsOf(body)).toEqual([10, 20, 30, 40, 50, 70]);
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
    const posted = await ask({
      ratings: [
        { animeId: 0, rating: 9 },
        { animeId: 30, status: 'plan_to_watch' },
      ],
      limit: 3,
    });
    expect(body).toEqual(posted.body);
    expect(idsOf((await get('/api/users/7/recommendations?rules=none')).body)).toContain(60);
  });
});

describe('the other routes', () => {
  it('/api/bundle says what is served', async () => {
    expect((await get('/api/bundle')).body).toMatchObject({
      version,
      people: 3,
      titles: 10,
      interactions: 6,
      model: 'slim',
      origin: { synthetic: true },
      metrics: { likedNdcg10: 0.57 },
    });
    expect((await get('/api/bundle')).body.genres).toContain('Drama');
  });

  it('/api/starters gives well-known titles', async () => {
    expect(
      (await get('/api/starters?limit=2')).body.items.map(({ title }: { title: string }) => title),
    ).toEqual(['Known', 'Loner']);
  });

  it('/api/v1 is this version of /api, its problems and its queries too', async () => {
    const payload = { ratings: [{ animeId: 1 }], limit: 3 };
    const [newest, first] = await Promise.all(
      ['/api', '/api/v1'].map((root) =>
        app.inject({ method: 'POST', url: `${root}/recommendations`, payload }),
      ),
    );
    expect(first.statusCode).toBe(200);
    expect(first.body).toBe(newest.body);
    expect((await get('/api/v1/starters?limit=2')).body).toEqual(
      (await get('/api/starters?limit=2')).body,
    );
    for (const path of ['anime/99999999', 'starters?limit=-1', 'nothing-here']) {
      const [old, now] = [await get(`/api/v1/${path}`), await get(`/api/${path}`)];
      expect(old).toEqual(now);
      expect(old.type).toContain('application/problem+json');
    }
    expect((await get('/api/v2/starters')).status).toBe(404);
  });

  it('/healthz and /readyz are fine', async () => {
    expect((await get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await get('/readyz')).body).toEqual({ status: 'ready', bundle: version });
  });

  it('unknown routes are 404 problems, unknown methods 405 ones that say which would do', async () => {
    expect(await get('/api/nothing')).toMatchObject({ status: 404, body: { title: 'Not Found' } });
    const refused = await app.inject({ method: 'DELETE', url: '/api/anime/0?x=1' });
    expect(refused.statusCode).toBe(405);
    expect(refused.headers.allow).toBe('GET, HEAD');
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect((await app.inject({ url: '/api/recommendations' })).headers.allow).toBe('POST');
    expect((await app.inject({ url: '/api/recommendations:batch' })).headers.allow).toBe('POST');
  });

  it('answers are compressed when the client can take it', async () => {
    const response = await app.inject({
      url: '/api/anime?limit=10',
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.headers['content-encoding']).toBe('gzip');
  });

  it('/ says that the page has not been built', async () => {
    expect(await get('/')).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('npm run build') },
    });
  });

  it('/ is the page when it has been built, and unknown files stay 404', async () => {
    const page = await mkdtemp(join(tmpdir(), 'osusume-page-'));
    await writeFile(join(page, 'index.html'), '<title>Osusume</title>');
    const built = await buildApp({ bundles, page, report: () => {} });
    const response = await built.inject('/');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.body).toContain('Osusume');
    expect((await built.inject('/main.js')).statusCode).toBe(404);
    expect((await built.inject('/../../etc/passwd')).statusCode).toBe(404);
    expect((await built.inject('/healthz')).statusCode).toBe(200);
    // Somebody who browses is shown the page, which says so; a program is told the problem.
    const browsing = { headers: { accept: 'text/html,*/*' } };
    const lost = await built.inject({ url: '/nowhere', ...browsing });
    expect([lost.statusCode, lost.headers['content-type']]).toEqual([404, 'text/html']);
    for (const url of ['/api/nowhere', '/gone.js']) {
      const refused = await built.inject({ url, ...browsing });
      expect(refused.headers['content-type']).toMatch('application/problem+json');
    }
    expect((await built.inject('/nowhere')).json()).toMatchObject({ status: 404 });
    // A name that is too long to be looked up is one of nothing, not one that another method would find.
    const long = await built.inject(`/api/import/anilist/${'a'.repeat(150)}`);
    expect(long.json()).toMatchObject({ status: 404, detail: expect.stringMatching(/nothing at/) });
    await built.close();
    await rm(page, { recursive: true });
  });
});

describe('a server without a bundle', () => {
  it('lives, is not ready, and says when to ask again', async () => {
    const early = await buildApp({ bundles: new CurrentBundle(), page: null, report: () => {} });
    expect((await early.inject('/healthz')).statusCode).toBe(200);
    for (const url of [
      '/readyz',
      '/api/bundle',
      '/api/anime',
      '/api/anime/1',
      '/api/starters',
      '/api/users/1',
    ]) {
      const response = await early.inject(url);
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('2');
    }
    await early.close();
  });
});

describe('an unforeseen failure', () => {
  it('is 500 without its cause, which goes to the log', async () => {
    const broken = new CurrentBundle();
    const bundle = await openBundle(home);
    broken.replace({ ...bundle, search: () => Promise.reject(new Error('secret of the disk')) });
    const failing = await buildApp({
      bundles: broken,
      page: null,
      report: (line) => reported.push(line),
    });
    const response = await failing.inject('/api/anime?query=x');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('secret');
    expect(reported.join()).toContain('secret of the disk');
    await failing.close();
    await broken.close();
  });
});
