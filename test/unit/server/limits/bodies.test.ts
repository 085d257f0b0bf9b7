import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { LimitSettings } from '../../../../src/config/limit-settings.ts';
import { parseOptions } from '../../../../src/config/parse-options.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

const CSV = '/api/import/csv';
let app: App;
let port: number;
const sockets: Socket[] = [];

async function listen(bodyMegabytes = 16) {
  app = await buildApp({
    bundles: new CurrentBundle(),
    page: null,
    trustProxy: 1,
    limits: { ...parseOptions(LimitSettings, {}, 'limits'), bodyMegabytes },
    report: (line) => expect.fail(line),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

/** Sends a part of a body and waits, or gets a refusal. */
function begin(visitor: string, bytes: number): Socket {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  socket.write(
    `POST ${CSV} HTTP/1.1\r\nhost: a\r\nx-forwarded-for: ${visitor}\r\ncontent-length: ${12 << 20}\r\n\r\n`,
  );
  socket.write(Buffer.alloc(bytes, 'a'));
  return socket;
}

const statusOf = async (socket: Socket) =>
  /^HTTP\/1\.1 (\d+)/.exec(String((await once(socket, 'data'))[0]))?.[1];
/** @returns the one that is not refused: which of them comes first is up to the system */
const oneOf = (one: Socket, other: Socket) =>
  Promise.race(
    [one, other].map(async (refused) => {
      expect(await statusOf(refused)).toBe('429');
      return refused === one ? other : one;
    }),
  );
const post = (visitor: string, body: string) =>
  fetch(`http://127.0.0.1:${port}${CSV}`, {
    method: 'POST',
    body,
    headers: { 'x-forwarded-for': visitor },
  });

describe('large bodies under way', () => {
  it('are bounded for each visitor, and free again when their clients leave', async () => {
    await listen();
    const held = await oneOf(begin('192.0.2.1', 3 << 20), begin('192.0.2.1', 3 << 20));
    const large = `title\n${'Akira\n'.repeat(20_000)}`;
    const longer = 'x'.repeat(3 << 20);
    expect((await post('192.0.2.1', longer)).status).toBe(429);
    // Small ones are always taken; here there is no bundle to answer from.
    expect((await post('192.0.2.1', 'title\nAkira')).status).toBe(503);
    expect((await post('192.0.2.2', large)).status).toBe(503);
    held.destroy();
    await expect.poll(async () => (await post('192.0.2.1', longer)).status).toBe(503);
  });

  it('are bounded for all visitors together', async () => {
    await listen();
    // Begins anew when it is refused for the sake of the body below.
    const hold = (visitor: string): Socket =>
      begin(visitor, 3 << 20).once('data', () => hold(visitor));
    for (let visitor = 1; visitor <= 5; visitor++) hold(`192.0.2.${visitor}`);
    const another = async () =>
      (await (await post('192.0.2.0', 'x'.repeat(2 << 20))).json()).detail;
    await expect.poll(another).toContain('many large bodies');
    expect((await post('192.0.2.0', 'title\nAkira')).status).toBe(503);
  });

  it('are refused when they unpack to far more than they are', async () => {
    await listen(128);
    const payload = gzipSync(Buffer.alloc(15 << 20, '\r'));
    const headers = { 'content-encoding': 'gzip', 'content-type': 'text/csv' };
    const answer = await fetch(`http://127.0.0.1:${port}${CSV}`, {
      method: 'POST',
      body: payload,
      headers,
    });
    expect(answer.status).toBe(413);
    expect((await answer.json()).detail).toContain('100 times');
  });
});

describe('a body in tiny chunks', () => {
  /** Sends chunks of a byte each; @returns what the server answers until the connection closes */
  async function trickle(chunks: number): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      text += data;
    });
    socket.write(
      `POST ${CSV} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    socket.write(`${'1\r\nx\r\n'.repeat(chunks)}0\r\n\r\n`);
    await new Promise((resolve) => socket.once('close', resolve));
    return text;
  }

  it('is read whole when there are few, and disconnected when there are many', async () => {
    await listen();
    // there is no bundle to place its titles with
    expect(await trickle(5000)).toContain('503 Service Unavailable');
    expect(await trickle(200_000)).toBe('');
  });
});
