/** Connections that never end, end too early, or carry bytes that are no request. */
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { head, openSocket, readAll, send } from './send.ts';
import { attackSite } from './withstand.ts';

const MB = 1 << 20;
const JSON_TYPE = { 'content-type': 'application/json' };
/** seconds: short ones, so that the tests need not wait for minutes */
const HEADERS = 2;
const IDLE = 3;
const WHOLE = 5;
/** ms until all are closed, and the server has noticed */
const CLOSED = 1000 * WHOLE + 10_000;

const site = attackSite({
  limits: { headerSeconds: HEADERS, idleSeconds: IDLE, requestSeconds: WHOLE, connections: 2000 },
});

/** What a new visitor gets: a connection of its own. */
function newVisitor(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(`${url}/api/bundle`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).once('error', () => resolve(0));
  });
}

async function openMany(count: number, port: number, bytes: string): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let n = 0; n < count; n++) sockets.push(await openSocket(port, bytes));
  return sockets;
}

async function allClosed(sockets: readonly Socket[], ms: number): Promise<boolean> {
  // The end is noticed only by who reads.
  for (const socket of sockets) socket.resume();
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50))
    if (sockets.every(({ closed }) => closed)) return true;
  return false;
}

/** A new visitor is answered while they are open; the server closes all of them. */
const holds = (count: number, bytes: string, drip = '') =>
  site.withstands(async ({ port, url }) => {
    const sockets = await openMany(count, port, bytes);
    const dripping = setInterval(() => {
      for (const socket of sockets) if (drip && socket.writable) socket.write(drip);
    }, 500);
    expect(await newVisitor(url)).toBe(200);
    const closed = await allClosed(sockets, CLOSED);
    clearInterval(dripping);
    for (const socket of sockets) socket.destroy();
    expect(closed, 'the server closes them').toBe(true);
  });

describe('requests without an end', () => {
  const body = head('/api/recommendations', { ...JSON_TYPE, 'content-length': 100_000 });

  it('1,050 connections with one byte each', () => holds(1050, 'G'));
  it('1,050 connections without a byte', () => holds(1050, ''));
  it('headers, a byte at a time', () => holds(200, 'GET / HTTP/1.1\r\nx-long: ', 'x'));
  it('bodies, a byte at a time', () => holds(200, body, ' '));
  it('bodies that never come', () => holds(200, body));
  it('40 batches that stop in the middle', async () => {
    // As many as a batch may have, so that it is not refused for their number.
    const profile = `{"ratings":[${Array(100).fill('{"animeId":1,"rating":7}').join(',')}]},`;
    const profiles = profile.repeat(900);
    await holds(
      40,
      `${head('/api/recommendations:batch', { ...JSON_TYPE, 'content-length': 32 * MB })}{"profiles":[${profiles}`,
    );
  });
  it('chunks without an end', () =>
    holds(
      50,
      `${head('/api/taste', { ...JSON_TYPE, 'transfer-encoding': 'chunked' })}1\r\n[\r\n`,
      '1\r\n[\r\n',
    ));
  it('answers that nobody reads', () => {
    const profiles = Array.from({ length: 500 }, () => ({ ratings: [{ animeId: 1 }], limit: 100 }));
    const sent = JSON.stringify({ profiles });
    return site.withstands(async ({ port, url }) => {
      const request = head('/api/recommendations:batch', {
        ...JSON_TYPE,
        'content-length': sent.length,
      });
      const sockets = await openMany(10, port, request + sent);
      await sleep(1000 * IDLE);
      expect(await newVisitor(url)).toBe(200);
      for (const socket of sockets) socket.destroy();
    });
  });
});

describe('requests that end too early', () => {
  it('300 resets in the middle of a body, and after it', () =>
    site.withstands(async ({ port, log }) => {
      const whole = JSON.stringify({ ratings: [{ animeId: 1 }] });
      const begin = head('/api/recommendations', { ...JSON_TYPE, 'content-length': whole.length });
      for (let n = 0; n < 300; n++) {
        const socket = await openSocket(port, begin + whole.slice(0, n % 2 ? whole.length : 10));
        await sleep(n % 7);
        socket.resetAndDestroy();
      }
      await sleep(200);
      expect(log()).not.toMatch(/failed:/);
    }));
});

describe('bytes', () => {
  const first = (bytes: string | Uint8Array, status: RegExp) =>
    site.withstands(async ({ port }) => {
      const socket = await openSocket(port, bytes);
      expect((await readAll(socket, 3000)).slice(0, 200)).toMatch(status);
      socket.destroy();
    });
  const refused = /^(HTTP\/1\.1 4\d\d|$)/;

  it('1,000 requests at once on one connection', () =>
    site.withstands(async ({ port }) => {
      const one = 'GET /api/anime?query=shimgeky HTTP/1.1\r\nhost: x\r\n\r\n';
      const socket = await openSocket(port, one.repeat(1000));
      await readAll(socket, 2000);
      socket.destroy();
    }));
  it('a header of 64 kB', () =>
    first(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(65_536)}\r\n\r\n`, refused));
  // Node reads the first 2,000 and leaves out the others.
  it('5,000 headers', () =>
    first(
      `GET /api/bundle HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${'a: b\r\n'.repeat(5000)}\r\n`,
      /^HTTP\/1\.1 (200|431)/,
    ));
  it('an address of 64 kB', () =>
    first(`GET /${'a'.repeat(65_536)} HTTP/1.1\r\nhost: x\r\n\r\n`, refused));
  it('a query of a thousand fields', () =>
    first(
      `GET /api/anime?${'a=b&'.repeat(1000)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      refused,
    ));
  it('two lengths', () =>
    first(
      'POST /api/taste HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      refused,
    ));
  it('a length and chunks', () =>
    first(
      `${head('/api/taste', { ...JSON_TYPE, 'content-length': 4, 'transfer-encoding': 'chunked' })}0\r\n\r\n`,
      refused,
    ));
  it('a chunk of more bytes than there are', () =>
    first(
      `${head('/api/taste', { ...JSON_TYPE, 'transfer-encoding': 'chunked' })}fffffffffffffffff\r\n`,
      refused,
    ));
  it('the beginning of TLS', () => first(Buffer.from('16030100c6010000c20303', 'hex'), refused));
  it('zeros', () => first(Buffer.alloc(100_000), refused));
});

describe('a body that is too large', () => {
  it('is answered with 413 although the client sends all of it first', () =>
    site.withstands(async ({ url }) => {
      for (const path of ['/api/recommendations', '/api/import/csv', '/graphql']) {
        const { status, text } = await send(url + path, {
          headers: JSON_TYPE,
          body: ' '.repeat(44 * MB),
        });
        expect(status, text).toBe(413);
      }
    }));
  it('is answered with 413 and not with 100 when the client asks first', () =>
    site.withstands(async ({ port }) => {
      const headers = { ...JSON_TYPE, 'content-length': 99 * MB, expect: '100-continue' };
      const socket = await openSocket(port, head('/api/recommendations', headers));
      const answer = await readAll(socket, 3000);
      expect(answer).toMatch(/^HTTP\/1\.1 413/);
      socket.destroy();
    }));
});
