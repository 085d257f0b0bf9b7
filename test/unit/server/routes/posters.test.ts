import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPosters } from '../../../../src/poster/open.ts';
import type { Posters } from '../../../../src/poster/posters.ts';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { serve } from '../../../../src/serve.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import {
  jikanTitle,
  json,
  openUpstreams,
  PNG,
  type Upstreams,
} from '../../../support/upstreams.ts';

let home: string;
let upstreams: Upstreams;
let posters: Posters | null;
let bundles: CurrentBundle;
let app: App;

beforeEach(async () => {
  home = await newHome();
  await publishSmall(home);
  upstreams = await openUpstreams();
  bundles = new CurrentBundle();
  bundles.replace(await openBundle(home));
  posters = await openPosters({ home, ...upstreams.options, report: () => {} });
  app = await buildApp({ bundles, page: null, posters, report: (line) => expect.fail(line) });
});
afterEach(async () => {
  await app.close();
  await posters?.close();
  await bundles.close();
  await upstreams.close();
  await rm(home, { recursive: true });
});

const arrived = (animeId: number) =>
  expect
    .poll(async () => (await app.inject(`/api/posters?ids=${animeId}`)).json().items[0].state)
    .toBe('ready');

describe('GET /api/anime/:animeId/poster', () => {
  it('answers 202 at once while the poster is fetched behind, then the picture with long caching', async () => {
    const coming = await app.inject('/api/anime/10/poster');
    expect(coming.statusCode).toBe(202);
    expect(coming.json()).toEqual({ animeId: 10, state: 'coming' });
    expect(coming.headers).toMatchObject({ 'retry-after': '2', 'cache-control': 'no-store' });
    await arrived(10);
    const here = await app.inject({
      url: '/api/anime/10/poster',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(here.statusCode).toBe(200);
    expect(here.rawPayload).toEqual(PNG);
    expect(here.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('max-age=604800'),
      etag: expect.stringMatching(/^"\w{16}"$/),
    });
    expect(here.headers['content-encoding']).toBeUndefined();
  });

  it('answers 304 to who has the picture already', async () => {
    await app.inject('/api/anime/10/poster');
    await arrived(10);
    const { etag } = (await app.inject('/api/anime/10/poster')).headers;
    for (const known of [`${etag}`, `W/${etag}, "other"`, '*']) {
      const headers = { 'if-none-match': known };
      const response = await app.inject({ url: '/api/anime/10/poster', headers });
      expect(response.statusCode).toBe(304);
      expect(response.body).toBe('');
      expect(response.headers.etag).toBe(etag);
    }
    const headers = { 'if-none-match': '"other"' };
    expect((await app.inject({ url: '/api/anime/10/poster', headers })).statusCode).toBe(200);
  });

  it('answers 404 to a title without a poster, one not in the catalogue, and nonsense with 400', async () => {
    upstreams.jikan = ({ path }, response) =>
      json(response, 200, jikanTitle(Number(path.split('/').at(-1)), null));
    upstreams.anilist = (_, response) => json(response, 200, { data: { Page: { media: [] } } });
    expect((await app.inject('/api/anime/20/poster')).statusCode).toBe(202);
    await expect
      .poll(async () => (await app.inject('/api/anime/20/poster')).statusCode, { timeout: 20_000 })
      .toBe(404);
    const asked = upstreams.asked.length;
    const unknown = await app.inject('/api/anime/999/poster');
    expect(unknown.statusCode).toBe(404);
    expect(unknown.json()).toMatchObject({ status: 404, field: 'animeId' });
    expect((await app.inject('/api/anime/one/poster')).statusCode).toBe(400);
    expect(upstreams.asked).toHaveLength(asked);
  });

  it('a poster that was damaged on disk is fetched again', async () => {
    await app.inject('/api/anime/10/poster');
    await arrived(10);
    const [file] = await readdir(join(home, 'posters'));
    await writeFile(join(home, 'posters', file), 'damaged');
    expect((await app.inject('/api/anime/10/poster')).statusCode).toBe(202);
    await arrived(10);
    expect((await app.inject('/api/anime/10/poster')).rawPayload).toEqual(PNG);
  });
});

describe('GET /api/posters', () => {
  it('says of each title whether its poster is here', async () => {
    await app.inject('/api/posters?ids=10');
    await arrived(10);
    const response = await app.inject('/api/posters?ids=10,20,999');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      posters: 'on',
      items: [
        { animeId: 10, state: 'ready' },
        { animeId: 20, state: 'coming' },
        { animeId: 999, state: 'none' },
      ],
    });
    expect(upstreams.count('/jikan/anime/999')).toBe(0);
  });

  it.each(['', 'ids=', 'ids=a', 'ids=1,', 'ids=-1', `ids=${'1,'.repeat(100)}1`, 'id=1'])(
    'answers 400 to ?%s',
    async (query) => {
      const response = await app.inject(`/api/posters?${query}`);
      expect(response.statusCode).toBe(400);
      expect(response.headers['content-type']).toContain('application/problem+json');
    },
  );

  it('answers a hundred titles at once, while nobody upstream answers, without waiting', async () => {
    let ended = 0;
    upstreams.jikan = (_, response) => response.once('close', () => ended++);
    upstreams.anilist = upstreams.jikan;
    const ids = Array.from({ length: 100 }, (_, at) => at).join();
    const response = await app.inject(`/api/posters?ids=${ids}`);
    expect(response.json().items).toHaveLength(100);
    expect(ended).toBe(0);
  });
});

describe('posters off', () => {
  it('asks nobody, says so, and everything else answers', async () => {
    const off = await buildApp({ bundles, page: null, report: (line) => expect.fail(line) });
    const one = await off.inject('/api/anime/10/poster');
    expect(one.statusCode).toBe(404);
    expect(one.json().detail).toContain('off');
    expect((await off.inject('/api/posters?ids=10,20')).json()).toEqual({
      posters: 'off',
      items: [
        { animeId: 10, state: 'none' },
        { animeId: 20, state: 'none' },
      ],
    });
    expect((await off.inject('/api/anime/10')).statusCode).toBe(200);
    expect(upstreams.asked).toEqual([]);
    await off.close();
  });
});

describe('serve', () => {
  it('starts, answers and closes with no network at all', async () => {
    await upstreams.stop();
    const lines: string[] = [];
    const logger = { info: (line: string) => lines.push(line), error: expect.fail };
    const server = await serve({
      home,
      host: '127.0.0.1',
      port: 0,
      logger,
      page: null,
      posters: upstreams.options,
    });
    const list = await fetch(`${server.url}/api/anime?query=loner`);
    expect(((await list.json()) as { items: unknown[] }).items).toHaveLength(1);
    expect((await fetch(`${server.url}/api/anime/10/poster`)).status).toBe(202);
    await server.close();
    await upstreams.start();
  });
});
