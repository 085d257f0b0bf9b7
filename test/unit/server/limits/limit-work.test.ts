import { afterEach, describe, expect, it } from 'vitest';
import { LimitSettings } from '../../../../src/config/limit-settings.ts';
import { parseOptions } from '../../../../src/config/parse-options.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

let app: App;
afterEach(() => app.close());

async function appWith(limits: Partial<LimitSettings>, trustProxy: number | false = false) {
  app = await buildApp({
    bundles: new CurrentBundle(),
    page: null,
    trustProxy,
    limits: { ...parseOptions(LimitSettings, {}, 'limits'), ...limits },
    report: () => {},
  });
  return app;
}

const from = (remoteAddress: string, url = '/api/import') => app.inject({ url, remoteAddress });

describe('the budget of a visitor', () => {
  it('is named in every answer, with what is left of it', async () => {
    await appWith({ listsPerSecond: 10, listsAtOnce: 20 });
    const { headers } = await from('192.0.2.1');
    expect(headers['ratelimit-policy']).toBe('"lists";q=20;w=2');
    expect(headers.ratelimit).toBe('"lists";r=19;t=1');
    expect((await from('192.0.2.1', '/api/nothing')).statusCode).toBe(404);
  });

  it('ends in 429, which says when to try again', async () => {
    await appWith({ listsPerSecond: 0.001, listsAtOnce: 1 });
    expect((await from('192.0.2.1')).statusCode).toBe(200);
    expect((await from('192.0.2.1')).statusCode).toBe(200);
    const refused = await from('192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(100);
    expect(refused.headers.ratelimit).toMatch(/^"lists";r=0;t=\d+$/);
    expect(refused.json()).toMatchObject({ status: 429, detail: expect.stringContaining('Try') });
  });

  it('is of an IPv6 network, and of nobody else', async () => {
    await appWith({ listsPerSecond: 0.001, listsAtOnce: 0.5 });
    expect((await from('2001:db8:1:2::1')).statusCode).toBe(200);
    expect((await from('2001:db8:1:2::2')).statusCode).toBe(429);
    expect((await from('2001:db8:1:3::1')).statusCode).toBe(200);
  });

  it('does not concern health, the console and what does not exist', async () => {
    await appWith({ listsPerSecond: 0.001, listsAtOnce: 0.5 });
    await from('192.0.2.1');
    expect((await from('192.0.2.1')).statusCode).toBe(429);
    expect((await from('192.0.2.1', '/healthz')).statusCode).toBe(200);
    expect((await from('192.0.2.1', '/readyz')).json().detail).toContain('bundle');
    expect((await from('192.0.2.1', '/admin')).statusCode).toBe(404);
  });

  it('does not concern programs on this machine', async () => {
    await appWith({ listsPerSecond: 0.001, listsAtOnce: 0.5 });
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.0.0.1']) {
      const { statusCode, headers } = await from(address);
      expect(statusCode).toBe(200);
      expect(headers.ratelimit).toBeUndefined();
    }
  });

  it('is of the forwarded address behind a trusted proxy, also on this machine', async () => {
    await appWith({ listsPerSecond: 0.001, listsAtOnce: 0.5 }, 1);
    const forwarded = (address: string) =>
      app.inject({ url: '/api/import', headers: { 'x-forwarded-for': address } });
    expect((await forwarded('192.0.2.1')).statusCode).toBe(200);
    expect((await forwarded('192.0.2.1')).statusCode).toBe(429);
    expect((await forwarded('192.0.2.2')).statusCode).toBe(200);
  });

  it('can be switched off', async () => {
    await appWith({ listsPerSecond: 0, listsAtOnce: 1 });
    for (let n = 0; n < 5; n++) expect((await from('192.0.2.1')).statusCode).toBe(200);
    expect((await from('192.0.2.1')).headers.ratelimit).toBeUndefined();
  });
});

describe('an event loop that is late', () => {
  it('turns costly requests away early, and answers cheap ones', async () => {
    await appWith({ maxEventLoopDelay: 1 });
    const block = setInterval(() => {
      const end = performance.now() + 60;
      while (performance.now() < end);
    }, 1);
    try {
      await expect.poll(async () => (await from('127.0.0.1')).statusCode).toBe(503);
      const refused = await from('127.0.0.1');
      expect(refused.headers['retry-after']).toBe('2');
      expect(refused.json().detail).toContain('Try again');
      expect((await from('127.0.0.1', '/healthz')).statusCode).toBe(200);
    } finally {
      clearInterval(block);
    }
    await expect.poll(async () => (await from('127.0.0.1')).statusCode).toBe(200);
  });
});
