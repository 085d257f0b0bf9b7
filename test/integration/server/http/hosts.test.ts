import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Served, type ServeOptions, serve } from '../../../../src/serve.ts';
import { newHome } from '../../../support/small-bundle.ts';

const QUIET = { info: () => {}, error: () => {} };
let home: string;
let served: Served;

beforeAll(async () => {
  home = await newHome();
});
afterEach(() => served.close());
afterAll(() => rm(home, { recursive: true }));

async function statusFor(host: string, options: Partial<ServeOptions>): Promise<number> {
  served = await serve({ home, host: '127.0.0.1', port: 0, page: null, logger: QUIET, ...options });
  const { port } = new URL(served.url);
  return new Promise((resolve, reject) => {
    const asked = request({ port, path: '/healthz', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });
}

describe('a server on the loopback address', () => {
  it('refuses names that are not this machine’s', async () => {
    expect(await statusFor('evil.example', {})).toBe(421);
  });

  it.each<[string, string, Partial<ServeOptions>]>([
    ['its own names', 'localhost:3000', {}],
    ['an allowed name', 'osusume.example', { allowedHosts: ['osusume.example'] }],
    ['any name behind a trusted proxy', 'osusume.example', { trustProxy: 1 }],
  ])('answers to %s', async (_, host, options) => {
    expect(await statusFor(host, options)).toBe(200);
  });
});

describe('a server on all addresses', () => {
  it('answers to any name, until some are listed', async () => {
    expect(await statusFor('osusume.example', { host: '0.0.0.0' })).toBe(200);
    await served.close();
    const options = { host: '0.0.0.0', allowedHosts: ['osusume.example'] };
    expect(await statusFor('evil.example', options)).toBe(421);
  });
});
