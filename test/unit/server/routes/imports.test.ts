import { rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportsSchema, PreviewSchema } from '../../../../src/api/imports.ts';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { aniListEntry, aniListRefusal, aniListReply } from '../../../support/anilist-answers.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import { syntheticExport } from '../../../support/synthetic-export.ts';
import { type UpstreamServer, upstreamServer } from '../../../support/upstream-server.ts';

let home: string;
let app: App;
let site: UpstreamServer;
let now = 0;
let failures = 0;
const reported: string[] = [];
const bundles = new CurrentBundle();

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  bundles.replace(await openBundle(home));
  site = await upstreamServer();
  app = await buildApp({
    bundles,
    page: null,
    sites: {
      anilist: site.url,
      myanimelist: site.url,
      effects: {
        sleep: async (milliseconds) => {
          now += milliseconds;
        },
        now: () => now,
      },
      limits: { timeout: 500, attempts: 2 },
    },
    report: (line) => reported.push(line),
  });
});
afterAll(async () => {
  await app.close();
  await site.close();
  await bundles.close();
  await rm(home, { recursive: true });
  expect(reported).toEqual([]);
});

async function send(path: string, payload: string | Buffer, type = 'application/octet-stream') {
  const headers = { 'content-type': type };
  return answerOf(await app.inject({ method: 'POST', url: path, payload, headers }));
}

async function get(url: string) {
  return answerOf(await app.inject(url));
}

function answerOf(response: Awaited<ReturnType<App['inject']>>) {
  const type = String(response.headers['content-type']);
  const body = response.json();
  if (response.statusCode !== 200) expect(type).toContain('application/problem+json');
  return { status: response.statusCode, body };
}

const XML = syntheticExport([
  { animeId: 10, title: 'Loner', score: 9 },
  { animeId: 20, title: 'Saga', score: 0, status: 'Plan to Watch', watched: 0 },
  { animeId: 999, title: 'Not here', score: 5 },
]);

describe('POST /api/import/mal-xml', () => {
  it('previews an export, plain or packed, whatever type it is sent as', async () => {
    const { status, body } = await send('/api/import/mal-xml', XML, 'text/xml');
    expect(status).toBe(200);
    expect(Value.Errors(PreviewSchema, body)).toEqual([]);
    expect(body).toMatchObject({
      source: 'mal-xml',
      owner: 'synthetic',
      scale: '1-10',
      unknown: [{ title: 'Not here', animeId: 999, reason: 'newer', rating: 5 }],
      statuses: { completed: 1, plan_to_watch: 1 },
      ratings: [
        { animeId: 10, rating: 9, status: 'completed' },
        { animeId: 20, status: 'plan_to_watch' },
      ],
    });
    expect(body.matched[0].anime).toMatchObject({ animeId: 10, title: 'Loner', genres: ['Drama'] });
    for (const type of ['application/gzip', 'application/json', 'text/plain'])
      expect((await send('/api/import/mal-xml', gzipSync(XML), type)).body).toEqual(body);
  });

  it('gives ratings that POST /api/recommendations takes as they are', async () => {
    const { body } = await send('/api/import/mal-xml', XML);
    const { status } = await send(
      '/api/recommendations',
      JSON.stringify({ ratings: body.ratings }),
      'application/json',
    );
    expect(status).toBe(200);
  });

  it.each<[string, string | Buffer, number, RegExp]>([
    ['nothing', '', 400, /The file is empty/],
    ['a web page', '<html/>', 400, /is a web page/],
    ['a feed', '<feed/>', 400, /is not a MyAnimeList export/],
    [
      'a workbook',
      Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
      400,
      /Excel.*save it as CSV/,
    ],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><myanimelist/>', 400, /has a DOCTYPE/],
    ['half a packed file', gzipSync(XML).subarray(0, 99), 400, /is cut off/],
    ['a bomb', gzipSync(`<myanimelist>${'<a/>'.repeat(1 << 21)}`), 413, /100 times its size/],
    ['a long text', gzipSync(Buffer.alloc(33 << 20, ' ')), 413, /100 times its size/],
    ['too much', Buffer.alloc((40 << 20) + 1, ' '), 413, /larger than 40 MiB/],
  ])('answers %s with a problem', async (_, payload, status, detail) => {
    const answer = await send('/api/import/mal-xml', payload);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(detail) } });
  });

  it('says how to send a file that came as a form', async () => {
    const answer = await send('/api/import/csv', '--x--', 'multipart/form-data; boundary=x');
    expect(answer).toMatchObject({
      status: 415,
      body: { detail: expect.stringContaining('curl --data-binary') },
    });
  });
});

describe('POST /api/import/csv', () => {
  it('previews a CSV', async () => {
    const { status, body } = await send(
      '/api/import/csv',
      'mal_id,score\n10,85\n20,100\n',
      'text/csv',
    );
    expect(status).toBe(200);
    expect(Value.Errors(PreviewSchema, body)).toEqual([]);
    expect(body).toMatchObject({ source: 'csv', owner: null, scale: '1-100' });
    expect(body.matched.map(({ rating }: { rating: number }) => rating)).toEqual([10, 9]);
  });

  it('finds titles by name, and names those that it cannot tell apart with their line', async () => {
    const text = 'Title,Score\nsaga 2ND season,9\nLoner,8\nNowhere,10\n';
    const { status, body } = await send('/api/import/csv', text, 'text/csv');
    expect(status).toBe(200);
    expect(Value.Errors(PreviewSchema, body)).toEqual([]);
    expect(body.ratings).toEqual([
      { animeId: 30, rating: 9, status: 'completed' },
      { animeId: 10, rating: 8, status: 'completed' },
    ]);
    expect(body.unknown).toEqual([
      expect.objectContaining({ title: 'Nowhere', reason: 'unlike-any', line: 4, rating: 10 }),
    ]);
  });

  it.each<[string | Buffer, RegExp]>([
    ['', /The file is empty/],
    ['anime_id\nx\n', /The file: no row can be read. In line 2, the id is "x"/],
    ['{"a":1,', /is JSON that is damaged or cut off/],
  ])('answers %j with a problem', async (payload, detail) => {
    expect(await send('/api/import/csv', payload)).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(detail) },
    });
  });
});

describe('GET /api/import/anilist/:name', () => {
  it('previews a public list, and asks once for all who want it', async () => {
    const entries = [aniListEntry(1, { idMal: 10, score: 92 }), aniListEntry(2, { idMal: null })];
    site.play((asked) => aniListReply(asked, entries));
    const answers = await Promise.all(
      ['Aoi', 'aoi', 'Aoi'].map((name) => get(`/api/import/anilist/${name}`)),
    );
    const [{ status, body }] = answers;
    expect(status).toBe(200);
    expect(Value.Errors(PreviewSchema, body)).toEqual([]);
    expect(body).toMatchObject({
      source: 'anilist',
      scale: '1-100',
      ratings: [{ animeId: 10, rating: 9 }],
      unknown: [{ title: 'Title 2', reason: 'no-id' }],
    });
    for (const answer of answers) expect(answer.body.ratings).toEqual(body.ratings);
    await get('/api/import/anilist/Aoi');
    expect(site.asked).toHaveLength(1);
    now += 61_000;
    await get('/api/import/anilist/Aoi');
    expect(site.asked).toHaveLength(2);
  });

  it.each([
    [{ status: 500 }, 502, /is out of order/],
    [{ status: 429 }, 504, /asked too often/],
    [{ text: 'nonsense' }, 502, /not a list/],
    ['silence' as const, 504, /takes too long/],
    ['hang up' as const, 502, /cannot be reached/],
  ])('answers %j with a problem and keeps nothing', async (reply, status, detail) => {
    site.play(() => reply);
    const path = `/api/import/anilist/fails-${failures++}`;
    expect(await get(path)).toMatchObject({
      status,
      body: { detail: expect.stringMatching(detail) },
    });
    site.play((asked) => aniListReply(asked, []));
    expect((await get(path)).status).toBe(200);
  });

  it.each([
    [aniListRefusal('Private User', 404), 403, /is private/],
    [aniListRefusal('User not found', 404), 404, /knows nobody called/],
  ])('answers %j with a problem, and remembers it for a while', async (reply, status, detail) => {
    site.play(() => reply);
    const path = `/api/import/anilist/fails-${failures++}`;
    for (const url of [path, path, path.replace('fails', 'FAILS')])
      expect(await get(url)).toMatchObject({
        status,
        body: { detail: expect.stringMatching(detail) },
      });
    expect(site.asked).toHaveLength(1);
    site.play((asked) => aniListReply(asked, []));
    now += 61_000;
    expect((await get(path)).status).toBe(200);
  });

  it('refuses an invalid name without asking the site', async () => {
    site.play(() => ({ status: 500 }));
    for (const name of ['%20', 'a%2Fb', '..%2F..', '@me', 'x'.repeat(41)])
      expect((await get(`/api/import/anilist/${name}`)).status).toBe(400);
    expect(site.asked).toHaveLength(0);
  });

  it('looks up only so many names at once, and lets nobody wait for a site that hangs', async () => {
    site.play(() => 'silence');
    const answers = await Promise.all(
      Array.from({ length: 26 }, (_, n) => get(`/api/import/anilist/user${n}`)),
    );
    const reasons = answers.map(({ status, body }) => `${status} ${body.detail}`);
    expect(reasons.filter((one) => /^503 Many lists are being looked up/.test(one))).toHaveLength(
      2,
    );
    for (const reason of reasons)
      expect(reason).toMatch(
        /^503 (Many lists|AniList does not answer)|^504 AniList takes too long/,
      );
    const before = site.asked.length;
    expect(await get('/api/import/anilist/later')).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('AniList does not answer at the moment') },
    });
    expect(site.asked).toHaveLength(before);
    site.play((asked) => aniListReply(asked, []));
    now += 200_000;
    expect((await get('/api/import/anilist/later')).status).toBe(200);
  });

  it('gives each visitor a budget, and says when there is more of it', async () => {
    site.play((asked) => aniListReply(asked, []));
    const ask = (name: string) =>
      app.inject({ url: `/api/import/anilist/${name}`, remoteAddress: '198.51.100.7' });
    for (let n = 0; n < 10; n++) expect((await ask(`budget${n}`)).statusCode).toBe(200);
    const refused = await ask('budget10');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // What is known costs nothing, and others have budgets of their own.
    expect((await ask('budget9')).statusCode).toBe(200);
    expect((await get('/api/import/anilist/budget10')).status).toBe(200);
    now += 1000 * Number(refused.headers['retry-after']);
    expect((await ask('budget11')).statusCode).toBe(200);
  });
});

describe('GET /api/import/myanimelist/:name', () => {
  it('says that there is no client id, and points to the export', async () => {
    expect(await get('/api/import/myanimelist/Aoi')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('MAL_CLIENT_ID') },
    });
  });
});

describe('GET /api/import', () => {
  it('says what can be brought', async () => {
    const { body } = await get('/api/import');
    expect(Value.Errors(ImportsSchema, body)).toEqual([]);
    expect(body).toEqual({ files: ['mal-xml', 'csv'], names: ['anilist'], largest: 40 << 20 });
  });
});
