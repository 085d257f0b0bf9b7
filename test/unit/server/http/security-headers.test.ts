import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';

const SCRIPT = "\n  document.title = 'x';\n";
const HTML = `<!doctype html><head><title>x</title></head><script>${SCRIPT}</script><script src="/main.js"></script>`;
const HASH = `'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`;
const ORIGIN = 'https://portal.example';

const bundles = new CurrentBundle();
let home: string;
let folder: string;
let app: App;

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  bundles.replace(await openBundle(home));
  folder = await mkdtemp(join(tmpdir(), 'osusume-headers-'));
  for (const name of ['web', 'admin']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'index.html'), HTML);
  }
  await writeFile(join(folder, 'web', 'embed.js'), '');
  await writeFile(join(folder, 'web', 'worker.js'), '');
  app = await build();
});
afterAll(async () => {
  await app.close();
  await bundles.close();
  await Promise.all([home, folder].map((path) => rm(path, { recursive: true })));
});

function build(frameAncestors?: readonly string[]): Promise<App> {
  return buildApp({
    bundles,
    page: join(folder, 'web'),
    admin: { home, key: 'a-key-for-the-operators', page: join(folder, 'admin') },
    allowedOrigins: [ORIGIN],
    frameAncestors,
    report: () => {},
  });
}

/** Every path with its methods, read from the router's own drawing of its tree. */
function routesOf({ printRoutes }: App): { method: 'GET' | 'POST'; url: string }[] {
  const above: string[] = [];
  return printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, part, methods] = /^([│├└─ ]*)(\S*) ?\((.*)\)$/.exec(line) ?? [];
      if (methods === undefined) return [];
      const depth = indent.length / 4;
      above[depth - 1] = part;
      const url = above.slice(0, depth).join('').replace('*', 'nothing').replace(/:\w+/g, '1');
      return methods
        .split(', ')
        .filter((method) => method === 'GET' || method === 'POST')
        .map((method) => ({ method: method as 'GET' | 'POST', url: url || '/' }));
    });
}

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': expect.stringContaining("default-src 'none'"),
  'cache-control': expect.any(String),
};

function expectSecured(headers: Record<string, unknown>, where: string): void {
  expect(headers, where).toMatchObject(ALWAYS);
  expect(headers['content-security-policy'], where).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy'], where).not.toContain('unsafe');
  expect(headers['cross-origin-resource-policy'], where).toMatch(/^(same|cross)-origin$/);
  if (!String(headers['content-type']).includes('text/html')) return;
  expect(headers, where).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'x-frame-options': 'DENY',
  });
}

describe('the headers of security', () => {
  it('are on the answers of all routes, with and without what they ask for', async () => {
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(30);
    for (const { method, url } of routes) {
      const answer = await app.inject({ method, url });
      expectSecured(answer.headers, `${method} ${url} ${answer.statusCode}`);
    }
  });

  it('are on errors, redirects, files and preflight answers', async () => {
    const asked = [
      ['GET', '/no-such-path', 404],
      ['GET', '/no/such/file.js', 404],
      ['DELETE', '/api/bundle', 405],
      ['TRACE', '/', 405],
      ['GET', '/%zz', 400],
      ['GET', `/api/anime/${'1'.repeat(200)}`, 404],
      ['POST', '/api/recommendations', 400],
      ['GET', '/admin', 302],
      ['GET', '/embed.js', 200],
      ['GET', '/docs/static/swagger-ui.css', 200],
      ['OPTIONS', '/api/bundle', 204],
    ] as const;
    for (const [method, url, status] of asked) {
      const preflight = { origin: ORIGIN, 'access-control-request-method': 'POST' };
      const headers = method === 'OPTIONS' ? preflight : { accept: 'text/html' };
      const answer = await app.inject({ method: method as 'GET', url, headers });
      expect(answer.statusCode, `${method} ${url}`).toBe(status);
      expectSecured(answer.headers, `${method} ${url}`);
    }
  });

  it('are on the refusal of bytes that are no request', async () => {
    const server = await build();
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    const answer = Buffer.concat(chunks).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    const lines = answer.split('\r\n\r\n', 1)[0].split('\r\n').slice(1);
    expectSecured(Object.fromEntries(lines.map((line) => line.split(': ', 2))), 'bytes');
    await server.close();
  });

  it('let a document run the scripts it was built with, and no other', async () => {
    for (const url of ['/', '/taste', '/admin/', '/no-such-screen']) {
      const { headers, body } = await app.inject({ url, headers: { accept: 'text/html' } });
      expect(body, url).toBe(HTML);
      expect(headers['content-security-policy'], url).toContain(`script-src 'self' ${HASH};`);
    }
    // The policy of a worker is that of its file: it has to fetch.
    const worker = await app.inject('/worker.js');
    expect(worker.headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it('let other origins load the element, and nothing else without CORS', async () => {
    const policyOf = async (url: string) =>
      (await app.inject(url)).headers['cross-origin-resource-policy'];
    expect(await policyOf('/embed.js')).toBe('cross-origin');
    expect(await policyOf('/embed.js?v=1')).toBe('cross-origin');
    for (const url of ['/', '/worker.js', '/api/bundle', '/openapi.json', '/healthz'])
      expect(await policyOf(url), url).toBe('same-origin');
  });

  it('let only the pages that the operator names show the page in a frame', async () => {
    const framed = await build([ORIGIN]);
    const { headers } = await framed.inject('/');
    expect(headers['content-security-policy']).toContain(`frame-ancestors ${ORIGIN}`);
    expect(headers['x-frame-options']).toBeUndefined();
    for (const url of ['/admin/', '/docs', '/api/bundle'])
      expectSecured((await framed.inject(url)).headers, url);
    await framed.close();
  });
});

describe('what is kept of answers', () => {
  it('is nothing where they are about one person', async () => {
    const post = (url: string, payload: object | string) =>
      app.inject({ method: 'POST', url, payload });
    const ratings = [{ animeId: 0, rating: 9 }];
    const answers = await Promise.all([
      post('/api/recommendations', { ratings }),
      post('/api/recommendations:batch', { profiles: [{ ratings }] }),
      post('/api/taste', { ratings }),
      post('/api/import/csv', 'animeId,rating\n0,9\n'),
      post('/api/chat', { messages: [{ role: 'user', content: 'something short' }] }),
      post('/api/explanations', { ratings, animeId: 10 }),
      post('/graphql', { query: '{ bundle { version } }' }),
      app.inject('/api/import'),
      app.inject('/api/admin/status'),
    ]);
    for (const { headers, statusCode } of answers)
      expect(headers['cache-control'], String(statusCode)).toBe('no-store');
  });

  it('is kept by no shared cache where they are about a user, and revalidated where they are about all', async () => {
    for (const url of ['/api/users/2', '/api/users/2/recommendations'])
      expect((await app.inject(url)).headers['cache-control']).toBe('private, no-cache');
    for (const url of ['/api/bundle', '/api/anime/0', '/openapi.json'])
      expect((await app.inject(url)).headers['cache-control']).toBe('public, no-cache');
    expect((await app.inject('/')).headers['cache-control']).toBe('public, max-age=0');
  });
});
