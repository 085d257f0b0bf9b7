import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { isLoopback } from '../../../../src/server/http/hosts.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

let app: App;
afterEach(() => app?.close());

async function appFor(hosts: readonly string[] | null) {
  const bundles = new CurrentBundle();
  app = await buildApp({ bundles, page: null, hosts, report: () => {} });
}
const ask = async (host: string) => app.inject({ url: '/healthz', headers: { host } });
const LOCAL = [
  'localhost',
  'LOCALHOST:3000',
  'osusume.localhost:3000',
  '127.0.0.1:3000',
  '192.0.2.7',
  '[::1]:3000',
  'localhost.',
  'osusume:3000',
];
const OTHER = [
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  'evil.local',
  '127.0.0.1.evil.example',
  'evil.example:localhost',
  'x@localhost.example',
  '[::1',
];

describe('a server of one machine', () => {
  it('answers to names that only this machine has, and to addresses', async () => {
    await appFor([]);
    for (const host of LOCAL) expect((await ask(host)).statusCode, host).toBe(200);
  });

  it('refuses pages that gave their own name its address, and says what an operator can do', async () => {
    await appFor([]);
    for (const host of [...OTHER, ...LOCAL.slice(0, 1), ...OTHER]) {
      const answer = await ask(host);
      expect(answer.statusCode, host).toBe(host === 'localhost' ? 200 : 421);
    }
    const { headers, body } = await ask('evil.example');
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(body).detail).toContain('OSUSUME_ALLOWED_HOSTS');
    // Whatever the path: nothing of the server is to be learnt.
    for (const url of ['/', '/api/bundle', '/no-such-path', '/admin'])
      expect((await app.inject({ url, headers: { host: 'evil.example' } })).statusCode).toBe(421);
  });

  it('answers to the names that the operator allows', async () => {
    await appFor(['Osusume.Example']);
    expect((await ask('osusume.example:443')).statusCode).toBe(200);
    expect((await ask('www.osusume.example')).statusCode).toBe(421);
  });
});

describe('a server of a network', () => {
  it('answers to any name', async () => {
    await appFor(null);
    for (const host of [...LOCAL, ...OTHER]) expect((await ask(host)).statusCode, host).toBe(200);
  });
});

describe('isLoopback()', () => {
  it('knows where only this machine can reach a server', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost'])
      expect(isLoopback(host), host).toBe(true);
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'osusume.example', '127.evil'])
      expect(isLoopback(host), host).toBe(false);
  });
});
