import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../src/recommend/bundle.ts';
import { buildApp } from '../../../src/server/app.ts';
import type { App } from '../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../src/server/state/current-bundle.ts';
import { getJson } from '../../support/small-app.ts';
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

const get = (url: string) => getJson(app, url);

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
      const headers = { 'x-request-id': '5f0c0bd0-9a2f-4f3e-8f0c-3f5a35b0a001' };
      const problem = async (url: string) => {
        const answer = await app.inject({ url, headers });
        return { type: String(answer.headers['content-type']), body: answer.json() };
      };
      const [old, now] = [await problem(`/api/v1/${path}`), await problem(`/api/${path}`)];
      expect(old).toEqual(now);
      expect(old.type).toContain('application/problem+json');
    }
    expect((await get('/api/v2/starters')).status).toBe(404);
  });

  it('/healthz and /readyz are fine', async () => {
    expect((await get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await get('/readyz')).body).toEqual({
      status: 'ready',
      bundle: version,
      fallback: false,
    });
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
    // A browser gets the page, which says so; a program gets the problem.
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
    const response = await failing.inject('/api/anime?query=what-was-searched-for');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('secret');
    expect(reported.join()).toContain('GET /api/anime failed: Error: secret of the disk');
    expect(reported.join()).not.toContain('what-was-searched-for');
    await failing.close();
    await broken.close();
  });
});
