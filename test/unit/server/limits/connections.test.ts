import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { LimitSettings } from '../../../../src/config/limit-settings.ts';
import { parseOptions } from '../../../../src/config/parse-options.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { connectionsByFiles } from '../../../../src/server/limits/connections.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

let app: App;
let port: number;
const sockets: Socket[] = [];
const reported: string[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
  expect(reported.splice(0)).toEqual([]);
});

async function listen(limits: Partial<LimitSettings> = {}): Promise<string> {
  app = await buildApp({
    bundles: new CurrentBundle(),
    page: null,
    limits: { ...parseOptions(LimitSettings, {}, 'limits'), ...limits },
    report: (line) => reported.push(line),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
  return `http://127.0.0.1:${port}`;
}

async function open(text = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  await once(socket, 'connect');
  if (text) socket.write(text);
  return socket;
}

/** Everything that the server sends until it closes the connection. */
async function read(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

const GET = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n';

describe('connections', () => {
  it('that send nothing whole make room for visitors', async () => {
    const url = await listen({ connections: 20 });
    for (let n = 0; n < 60; n++) await open('G');
    for (let n = 0; n < 20; n++) expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await expect.poll(() => sockets.filter((socket) => !socket.destroyed).length).toBeLessThan(21);
  });

  it('that are idle make room for new ones, and those with a request under way stay', async () => {
    await listen({ connections: 3 });
    const receiving = await open(
      'POST /api/recommendations HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{"rat',
    );
    const idle = await open(GET);
    await once(idle, 'data');
    await once(await open(GET), 'data');
    const idleClosed = once(idle, 'close');
    const last = await open(GET);
    await Promise.all([idleClosed, once(last, 'data')]);
    const answer = once(receiving, 'data');
    receiving.write('ings":[]}');
    expect(String((await answer)[0])).toContain('503');
  });

  it.each([
    ['whose headers do not arrive in time', 'GET / HTTP/1.1\r\nhost'],
    [
      'whose body does not arrive in time',
      'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ],
  ])('%s get 408 and are closed', async (_, text) => {
    await listen({ headerSeconds: 0.3, requestSeconds: 0.6 });
    expect(await read(await open(text))).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('on which nothing moves are closed', async () => {
    await listen({ idleSeconds: 0.3 });
    expect(await read(await open())).toBe('');
    const kept = await open(GET);
    expect(await read(kept)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('answer pipelined requests one after another, and are closed when there are too many', async () => {
    await listen();
    const some = await open(GET.repeat(50));
    let text = '';
    some.on('data', (chunk) => {
      text += chunk;
    });
    await expect.poll(() => text.split('HTTP/1.1 200').length - 1).toBe(50);
    const many = await open(GET.repeat(5000));
    many.resume();
    await once(many, 'close');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('that are reset while their request runs are no failure of the server', async () => {
    const url = await listen();
    for (let n = 0; n < 20; n++) {
      const socket = await open(
        'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 30\r\n\r\n{"query":"{ bundle { ver',
      );
      await sleep(1);
      socket.resetAndDestroy();
    }
    for (let n = 0; n < 20; n++) {
      const body = '{"query":"{ bundle { version } }"}';
      const socket = await open(
        `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      socket.resetAndDestroy();
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('with bytes of TLS, of HTTP/2 or of nothing known are refused and closed', async () => {
    await listen();
    for (const bytes of [
      '\x16\x03\x01\x02\x00\x01\x00',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\0\0',
    ]) {
      expect(await read(await open(bytes))).toMatch(/^HTTP\/1\.1 400 /);
    }
  });
});

describe('connectionsByFiles()', () => {
  const limits = (soft: string) => () =>
    `Limit\nMax open files            ${soft}    4096   files\n`;
  it('leaves files for other things', () => {
    expect(connectionsByFiles(limits('1024'))).toBe(824);
    expect(connectionsByFiles(limits('100'))).toBe(64);
    expect(connectionsByFiles(limits('1048576'))).toBe(4096);
    expect(connectionsByFiles(limits('unlimited'))).toBe(4096);
    const missing = () => {
      throw new Error('ENOENT');
    };
    expect(connectionsByFiles(missing)).toBe(824);
  });
});
