import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originOf, withSharedHead } from '../../../../src/server/http/shared-head.ts';
import type { Card } from '../../../../src/share/card.ts';
import { TooManyCards } from '../../../../src/share/card-thread.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';

const HTML = `<!doctype html><html><head>
<!-- shared --><title>Osusume</title><!-- /shared -->
<script>let x = 1;</script></head><body></body></html>`;

describe('shared links', () => {
  let folder: string;
  let small: SmallApp;
  const drawn: Card[] = [];
  const cards = {
    draw: async (card: Card) => {
      if (card.heading.includes('Odd')) throw new TooManyCards('busy');
      drawn.push(card);
      return new Uint8Array([0x89, 0x50]);
    },
    close: async () => undefined,
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-'));
    await writeFile(join(folder, 'index.html'), HTML);
    small = await smallApp({ page: folder, cards });
  });
  afterAll(async () => {
    await small.close();
    await rm(folder, { recursive: true });
  });
  const get = (url: string, headers: Record<string, string> = {}) =>
    small.app.inject({ url, headers: { host: 'osusume.example', ...headers } });
  const metaOf = (html: string, name: string) =>
    new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];

  it('a list says what it is for, and names its picture', async () => {
    const { body, headers } = await get('/?picks=10.7,20.9,70.seen,80.no,90.3&types=TV');
    expect(body).toContain('<title>What to watch after Saga, Loner and Film</title>');
    expect(metaOf(body, 'og:title')).toBe('What to watch after Saga, Loner and Film');
    expect(metaOf(body, 'og:image')).toBe(
      'http://osusume.example/api/share/picture?titles=20,10,70&amp;kind=list&amp;of=3',
    );
    expect(metaOf(body, 'og:url')).toBe(
      'http://osusume.example/?picks=10.7,20.9,70.seen,80.no,90.3&amp;types=TV',
    );
    expect(metaOf(body, 'twitter:card')).toBe('summary_large_image');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(headers['content-security-policy']).toContain("script-src 'self' 'sha256-");
    expect(body).toContain('<script>let x = 1;</script>');
  });

  it('an imported list is named by its favourites', async () => {
    const { body } = await get('/?list=abc&top=20.10,10.9');
    expect(metaOf(body, 'og:title')).toBe('What to watch after Saga and Loner');
  });

  it('a watchlist keeps its order, and a title has a head of its own', async () => {
    const watchlist = await get('/watchlist?picks=70.plan,10.9,20.plan');
    expect(metaOf(watchlist.body, 'og:title')).toBe('A watchlist of 2 anime');
    expect(metaOf(watchlist.body, 'og:description')).toMatch(/^Film and Saga\. /);
    expect(metaOf(watchlist.body, 'og:image')).toContain(
      'titles=70,20&amp;kind=watchlist&amp;of=2',
    );
    const title = await get('/?open=10');
    expect(metaOf(title.body, 'og:title')).toBe('Loner (1998)');
  });

  it('is in the language of whoever shares it', async () => {
    const { body } = await get('/?picks=20.9,10.8&card=ja');
    expect(metaOf(body, 'og:title')).toBe('「Saga」が好きな人へのおすすめ');
    expect(metaOf(body, 'og:locale')).toBe('ja_JP');
    expect(metaOf(body, 'og:image')).toContain('&amp;language=ja');
  });

  it.each([
    '/',
    '/?',
    '/?types=TV',
    '/?picks=60.10',
    '/?picks=999999.9',
    '/?picks=x.y,,.,10',
    `/?picks=${'9'.repeat(40)}.9`,
    '/?open=60',
    '/watchlist?picks=10.9',
    '/taste',
  ])('%s is the page as it is: nothing in it can be shown to everyone', async (url) => {
    const { body, statusCode } = await get(url);
    expect([statusCode, body]).toEqual([200, HTML]);
  });

  it('nothing of an address or a host gets into the page as markup', async () => {
    const nasty = encodeURIComponent('"><script>alert(1)</script>');
    const { body } = await get(`/?picks=10.9&in=${nasty}&x="><script>y`, { host: '"><b>.example' });
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).not.toContain('<b>');
    expect(metaOf(body, 'og:image')).toMatch(/^\/api\/share\/picture/);
  });

  it('a link with thousands of titles is read to an end', async () => {
    const picks = Array.from({ length: 1500 }, (_, n) => `${n}.9`).join(',');
    const { body } = await get(`/?picks=${picks}`);
    expect(metaOf(body, 'og:title')).toBe('What to watch after Known, Loner and 7 more');
  });

  it('a picture is drawn once, from the catalogue, and cached', async () => {
    drawn.length = 0;
    const url = '/api/share/picture?titles=20,10,60,999&kind=watchlist&of=14';
    const first = await get(url);
    expect(first.headers).toMatchObject({
      'content-type': 'image/png',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(first.headers['cache-control']).toContain('public, max-age=86400');
    expect(first.rawPayload).toEqual(Buffer.from([0x89, 0x50]));
    await get(url);
    expect(drawn.map(({ heading, titles }) => [heading, titles.map(({ name }) => name)])).toEqual([
      ['A watchlist of 14 anime', ['Saga', 'Loner']],
    ]);
    const known = await get(url, { 'if-none-match': String(first.headers.etag) });
    expect([known.statusCode, known.body]).toEqual([304, '']);
  });

  it.each([
    ['titles=', 400],
    ['titles=1,2,3,4,5,6,7', 400],
    ['titles=1.5', 400],
    ['titles=10&kind=poem', 400],
    ['titles=10&of=0', 400],
    ['titles=10&heading=hello', 400],
    ['titles=60', 404],
    ['titles=999', 404],
    ['titles=90', 503],
  ])('a picture of %s is status %i', async (query, status) => {
    const answer = await get(`/api/share/picture?${query}`);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['cache-control']).toBe('no-store');
    if (status === 503) expect(answer.headers['retry-after']).toBe('3');
  });
});

describe('withSharedHead()', () => {
  it('escapes every field, and takes $ as it is', () => {
    const fields = { title: `<&>"'$&$1`, description: '"><script>', locale: 'en_GB' };
    const rest = { url: '"', picture: "'", pictureText: '<i>', width: 1, height: 2 };
    const html = withSharedHead(HTML, { ...fields, ...rest });
    expect(html).toContain('<title>&lt;&amp;&gt;&quot;&#39;$&amp;$1</title>');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('<i>');
  });
});

describe('originOf()', () => {
  it.each([
    ['https', 'osusume.example', 'https://osusume.example'],
    ['http', 'localhost:3000', 'http://localhost:3000'],
    ['http', '[::1]:3000', 'http://[::1]:3000'],
    ['http', 'a b', ''],
    ['http', 'x/y', ''],
    ['http', undefined, ''],
    ['javascript', 'x', ''],
  ])('%s and %s give %j', (protocol, host, origin) => {
    expect(originOf(protocol, host)).toBe(origin);
  });
});
