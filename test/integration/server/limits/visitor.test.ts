import { rm } from 'node:fs/promises';
import { createServer, type OutgoingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrustProxy } from '../../../../src/config/trust-proxy-option.ts';
import { type Served, serve } from '../../../../src/serve.ts';
import { buildApp } from '../../../../src/server/app.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { type ModelServer, modelServer, says } from '../../../support/model-server.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';

let home: string;
let model: ModelServer;
let served: Served;
const proxies: Server[] = [];

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  model = await modelServer(says('You loved Known. It is for you.'));
});
afterAll(async () => {
  await model.close();
  await rm(home, { recursive: true });
});
beforeEach(() => {
  proxies.length = 0;
});
afterEach(async () => {
  await Promise.all(proxies.map(closed));
  await served.close();
});

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A server at which each visitor may have the model's words once. */
async function start(trustProxy?: TrustProxy): Promise<string> {
  const logger = { info: () => {}, error: () => {} };
  const words = { baseUrl: model.url, model: 'small', perVisitor: 1, remembered: 0 };
  served = await serve({
    home,
    host: '127.0.0.1',
    port: 0,
    logger,
    page: null,
    textGeneration: words,
    trustProxy,
  });
  return served.url;
}

/** Hands requests on, and adds the visitor's address to X-Forwarded-For, as nginx does. */
async function proxyTo(url: string): Promise<string> {
  const proxy = createServer((incoming, outgoing) => {
    const before = incoming.headers['x-forwarded-for'];
    const visitor = incoming.socket.remoteAddress;
    const forwarded = before === undefined ? visitor : `${before}, ${visitor}`;
    const headers = { ...incoming.headers, 'x-forwarded-for': forwarded };
    const inner = request(url + incoming.url, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(inner);
  });
  proxies.push(proxy);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

const ABOUT = { ratings: [{ animeId: 0, rating: 9 }], animeId: 10 };

/** @param visitor the address of the visitor's own machine */
function post(url: string, body: object, visitor: string, more: OutgoingHttpHeaders = {}) {
  const headers = { 'content-type': 'application/json', ...more };
  return new Promise<string>((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, localAddress: visitor }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve(text));
    });
    sent.on('error', reject).end(JSON.stringify(body));
  });
}

/** Why the model did not write; null = it did. */
async function why(url: string, visitor: string, forged?: string): Promise<string | null> {
  const headers = forged === undefined ? {} : { 'x-forwarded-for': forged };
  const answer = await post(`${url}/api/explanations`, ABOUT, visitor, headers);
  return JSON.parse(answer).why;
}

describe('trustProxy', () => {
  it('is nobody by default: a forged address changes nothing', async () => {
    const url = await start();
    expect(await why(url, '127.0.0.2', '203.0.113.1')).toBeNull();
    for (const forged of ['203.0.113.2', '203.0.113.3, 127.0.0.1', '::1', 'nonsense'])
      expect(await why(url, '127.0.0.2', forged)).toBe('budget');
    expect(await why(url, '127.0.0.3')).toBeNull();
  });

  it('without it, visitors behind a proxy share one budget', async () => {
    const proxy = await proxyTo(await start());
    expect(await why(proxy, '127.0.0.2')).toBeNull();
    expect(await why(proxy, '127.0.0.3')).toBe('budget');
  });

  it.each<[string, TrustProxy]>([
    ['an address', ['127.0.0.1']],
    ['a subnet', ['10.0.0.0/8', '127.0.0.0/31']],
    ['one hop', 1],
  ])(
    'gives visitors behind a proxy that is %s budgets of their own, whatever they send',
    async (_, trustProxy) => {
      const proxy = await proxyTo(await start(trustProxy));
      expect(await why(proxy, '127.0.0.2')).toBeNull();
      expect(await why(proxy, '127.0.0.2')).toBe('budget');
      expect(await why(proxy, '127.0.0.3')).toBeNull();
      for (const forged of ['203.0.113.1', '127.0.0.4', '203.0.113.2, 203.0.113.3', ','])
        expect(await why(proxy, '127.0.0.2', forged)).toBe('budget');
      const query = '{ explanation(ratings: [{ animeId: 0, rating: 9 }], animeId: 10) { why } }';
      const graph = async (visitor: string) =>
        JSON.parse(await post(`${proxy}/graphql`, { query }, visitor)).data.explanation.why;
      expect(await graph('127.0.0.3')).toBe('budget');
      expect(await graph('127.0.0.5')).toBeNull();
    },
  );

  it('counts the hops that are trusted, and no more', async () => {
    const url = await start(2);
    const outer = await proxyTo(await proxyTo(url));
    expect(await why(outer, '127.0.0.2')).toBeNull();
    expect(await why(outer, '127.0.0.2', '203.0.113.1')).toBe('budget');
    expect(await why(outer, '127.0.0.3', '203.0.113.1')).toBeNull();
  });

  it('does not believe a visitor who is not one of the proxies', async () => {
    const url = await start(['127.0.0.1', '10.0.0.0/8']);
    expect(await why(url, '127.0.0.2', '203.0.113.1')).toBeNull();
    expect(await why(url, '127.0.0.2', '203.0.113.2')).toBe('budget');
  });

  it("tells the operators' wrong keys apart by visitor too", async () => {
    await start();
    const lines: string[] = [];
    const warn = (line: string) => void lines.push(line);
    const admin = { home, key: 'a-key-for-the-operators', warn };
    const options = { bundles: new CurrentBundle(), page: null, admin, report: () => {} };
    const app = await buildApp({ ...options, trustProxy: ['127.0.0.1'] });
    const status = async (key: string, visitor: string) => {
      const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': visitor };
      return (await app.inject({ url: '/api/admin/status', headers })).statusCode;
    };
    for (let n = 0; n < 2; n++) expect(await status(`wrong-${n}`, '192.0.2.1')).toBe(401);
    expect(await status('wrong', '192.0.2.2')).toBe(401);
    for (const visitor of ['192.0.2.1', '192.0.2.2'])
      expect(await status(admin.key, visitor)).toBe(200);
    await app.close();
    expect(lines).toEqual(
      [1, 2, 1].map((number) => `Wrong key for the console, number ${number} of its visitor`),
    );
  });
});
