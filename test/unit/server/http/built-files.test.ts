import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

const SCRIPT = 'console.log("おすすめ");\n'.repeat(200);
const HASHED = 'part-map-screen-J3BICXJP.js';
let outside: string;
let page: string;
let app: App;

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'osusume-'));
  page = join(outside, 'web');
  await mkdir(page);
  const compressed = [
    [`main.js.br`, brotliCompressSync(SCRIPT)],
    [`main.js.gz`, gzipSync(SCRIPT)],
  ] as const;
  const files = [
    ['index.html', '<!doctype html><title>Osusume</title>'],
    ['main.js', SCRIPT],
    [HASHED, 'export {};\n'],
    ['icon.png', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['notes.txt', 'not a file of the page'],
    ...compressed,
  ] as const;
  for (const [name, content] of files) await writeFile(join(page, name), content);
  await writeFile(join(outside, 'secret.json'), '{}');
  app = await build();
});
afterEach(async () => {
  await app.close();
  await rm(outside, { recursive: true });
});

function build(): Promise<App> {
  const report = (line: string) => expect.fail(line);
  return buildApp({ bundles: new CurrentBundle(), page, report });
}

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('the files of a page', () => {
  it('are sent with their types', async () => {
    for (const [url, type] of [
      ['/', 'text/html; charset=utf-8'],
      ['/index.html', 'text/html; charset=utf-8'],
      ['/taste', 'text/html; charset=utf-8'],
      ['/main.js', 'text/javascript; charset=utf-8'],
      ['/icon.png', 'image/png'],
    ]) {
      const answer = await get(url);
      expect([url, answer.statusCode, answer.headers['content-type']]).toEqual([url, 200, type]);
    }
    expect((await get('/icon.png')).rawPayload).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0.0', undefined],
    ['identity', undefined],
    ['', undefined],
  ])('are sent as the build compressed them: Accept-Encoding %s', async (accepted, encoding) => {
    const { headers, rawPayload } = await get('/main.js', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toContain('accept-encoding');
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[String(encoding)];
    expect(String(unpack ? unpack(rawPayload) : rawPayload)).toBe(SCRIPT);
  });

  it('are not sent again to a client that has them', async () => {
    const { headers } = await get('/main.js');
    const again = await get('/main.js', { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/', { 'if-none-match': String(headers.etag) })).statusCode).toBe(200);
  });

  it('are kept for long only where their name says what is in them', async () => {
    expect((await get(`/${HASHED}`)).headers['cache-control']).toContain('immutable');
    expect((await get('/main.js')).headers['cache-control']).toBe('public, max-age=0');
    expect((await get('/')).headers['cache-control']).toBe('public, max-age=0');
  });

  it('are the only files that are sent', async () => {
    for (const url of [
      '/notes.txt',
      '/main.js.br',
      '/nothing.js',
      '/..%2fsecret.json',
      '/%2e%2e/secret.json',
      '/web/main.js',
      '/__proto__',
      '/constructor',
    ])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    expect((await app.inject({ method: 'HEAD', url: '/main.js' })).statusCode).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/main.js' })).statusCode).toBe(404);
  });

  it('stay as they were when the server started, except in development', async () => {
    await writeFile(join(page, 'main.js'), 'changed');
    expect((await get('/main.js')).body).toBe(SCRIPT);
    await app.close();
    const live = '<meta name="live-reload" content="http://127.0.0.1:1" />';
    await writeFile(join(page, 'index.html'), live);
    app = await build();
    await writeFile(join(page, 'main.js'), 'changed again');
    await rm(join(page, 'main.js.br'));
    expect((await get('/main.js', { 'accept-encoding': 'br' })).body).toBe('changed again');
  });
});
