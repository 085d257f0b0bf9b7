import { rm } from 'node:fs/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome } from '../../../support/small-bundle.ts';

const KEY = 'a-key-for-the-operators';
const HOST = 'osusume.example';
const OWN = { host: HOST, origin: `http://${HOST}` };
const HOUR = 3_600_000;

const home = await newHome();
let now: number;
let lines: string[];
let app: App;

beforeEach(async () => {
  await app?.close();
  now = Date.parse('2026-03-01T00:00:00Z');
  lines = [];
  app = await build();
});
afterAll(async () => {
  await app.close();
  await rm(home, { recursive: true });
});

function build(options: { allowedOrigins?: string[]; trustProxy?: number } = {}): Promise<App> {
  return buildApp({
    bundles: new CurrentBundle(),
    page: null,
    admin: { home, key: KEY, clock: () => new Date(now), warn: (line) => void lines.push(line) },
    ...options,
    report: () => {},
  });
}

const signIn = (key = KEY, headers: Record<string, string> = OWN, remoteAddress = '192.0.2.1') =>
  app.inject({
    method: 'POST',
    url: '/api/admin/session',
    payload: { key },
    headers,
    remoteAddress,
  });
const cookieOf = (answer: Awaited<ReturnType<typeof signIn>>) =>
  String(answer.headers['set-cookie']).split(';', 1)[0];
const status = async (cookie: string, headers: Record<string, string> = OWN) =>
  (await app.inject({ url: '/api/admin/status', headers: { ...headers, cookie } })).statusCode;

describe('a session of the console', () => {
  it('is opened by the key, and named by a cookie that no script and no other site can use', async () => {
    const answer = await signIn();
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ expiresAt: '2026-03-01T08:00:00.000Z' });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['set-cookie']).toMatch(
      /^osusume-operator=[\w-]{43}; Path=\/api\/admin; Max-Age=28800; HttpOnly; SameSite=Strict$/,
    );
    expect(await status(cookieOf(answer))).toBe(200);
    const asked = { url: '/api/admin/session', headers: { ...OWN, cookie: cookieOf(answer) } };
    expect((await app.inject(asked)).json()).toEqual(answer.json());
    const none = { ...asked, headers: OWN };
    expect((await app.inject(none)).json()).toEqual({ expiresAt: null });
    expect(cookieOf(await signIn())).not.toBe(cookieOf(answer));
  });

  it('is sent over TLS only where the page came over TLS', async () => {
    await app.close();
    app = await build({ trustProxy: 1 });
    const answer = await signIn(KEY, { ...OWN, 'x-forwarded-proto': 'https' });
    expect(answer.headers['set-cookie']).toMatch(/; Secure$/);
  });

  it('ends after eight hours', async () => {
    const cookie = cookieOf(await signIn());
    now += 8 * HOUR - 1;
    expect(await status(cookie)).toBe(200);
    now += 1;
    expect(await status(cookie)).toBe(401);
  });

  it('ends when the operator signs out, also for a copy of the cookie', async () => {
    const cookie = cookieOf(await signIn());
    const other = cookieOf(await signIn());
    const out = await app.inject({
      method: 'DELETE',
      url: '/api/admin/session',
      headers: { ...OWN, cookie },
    });
    expect(out.statusCode).toBe(204);
    expect(out.headers['set-cookie']).toContain('osusume-operator=; ');
    expect(out.headers['set-cookie']).toContain('Max-Age=0');
    expect(await status(cookie)).toBe(401);
    expect(await status(other)).toBe(200);
  });

  it('is not opened by a cookie that was made up', async () => {
    for (const id of ['', 'x', KEY, 'A'.repeat(43), 'A'.repeat(5000), '__proto__'])
      expect(await status(`osusume-operator=${id}`), id).toBe(401);
  });

  it('is one of a bounded number: the oldest ends', async () => {
    const first = cookieOf(await signIn());
    const second = cookieOf(await signIn());
    for (let n = 0; n < 99; n++) await signIn();
    expect(await status(first)).toBe(401);
    expect(await status(second)).toBe(200);
  });

  it('does nothing for pages of other sites', async () => {
    const cookie = cookieOf(await signIn());
    const use = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/api/admin/bundle',
        payload: { version: 'x' },
        headers: { host: HOST, cookie, ...headers },
      });
    const refused: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: OWN.origin },
      { origin: 'https://portal.example' },
      { origin: 'http://osusume.example:8080' },
      { origin: 'null' },
    ];
    for (const headers of refused)
      expect((await use(headers)).statusCode, JSON.stringify(headers)).toBe(403);
    const allowed: Record<string, string>[] = [
      { 'sec-fetch-site': 'same-origin' },
      { origin: OWN.origin },
    ];
    for (const headers of allowed)
      expect((await use(headers)).statusCode, JSON.stringify(headers)).toBe(404);
    expect((await signIn(KEY, { host: HOST, origin: 'https://portal.example' })).statusCode).toBe(
      403,
    );
  });

  it('is not for pages of origins that may use the API', async () => {
    await app.close();
    app = await build({ allowedOrigins: ['*'] });
    for (const url of ['/api/admin/status', '/api/v1/admin/status', '/api/admin/session']) {
      const { headers } = await app.inject({
        method: 'OPTIONS',
        url,
        headers: { origin: 'https://portal.example', 'access-control-request-method': 'POST' },
      });
      expect(headers['access-control-allow-origin'], url).toBeUndefined();
    }
  });
});

describe('a wrong key', () => {
  it('never locks out the right one', async () => {
    const wrong = Array.from({ length: 30 }, () => signIn('not-the-key-of-this-server'));
    const bearer = { authorization: `Bearer ${KEY}` };
    const remoteAddress = '192.0.2.1';
    const scripts = await app.inject({ url: '/api/admin/status', headers: bearer, remoteAddress });
    expect(scripts.statusCode).toBe(200);
    expect((await signIn()).statusCode).toBe(201);
    await app.close();
    const answers = await Promise.all(wrong);
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    for (const { headers, statusCode } of answers)
      if (statusCode === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is logged without itself and without an address', async () => {
    await signIn('not-the-key-of-this-server');
    expect(lines).toEqual(['Wrong key for the console, number 1 of its visitor']);
  });

  it('is one of text', async () => {
    for (const payload of [{}, { key: 5 }, { key: '' }, { key: KEY, more: 1 }, 'key']) {
      const answer = await app.inject({ method: 'POST', url: '/api/admin/session', payload });
      expect([400, 415], JSON.stringify(payload)).toContain(answer.statusCode);
    }
    expect(lines).toEqual([]);
  });
});
