/** Clients of other languages read an answer that comes while they still send. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/server/http/fastify.ts';
import { type SmallApp, smallApp } from '../../support/small-app.ts';

const run = promisify(execFile);
const TIMES = 4;
const LARGE = 44 << 20;

let small: SmallApp;
let app: App;
let port: number;
let folder: string;
let file: string;

beforeAll(async () => {
  small = await smallApp();
  ({ app } = small);
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
  folder = await mkdtemp(join(tmpdir(), 'osusume-'));
  file = join(folder, 'large.json');
  await writeFile(file, Buffer.alloc(LARGE, 0x20));
});
afterAll(async () => {
  await small.close();
  await rm(folder, { recursive: true });
});

const URLLIB = `
import sys, urllib.request, urllib.error
url, path, type, times = sys.argv[1:]
body = open(path, 'rb').read()
for _ in range(int(times)):
    try:
        print(urllib.request.urlopen(urllib.request.Request(url, body, {'content-type': type})).status)
    except urllib.error.HTTPError as error:
        print(error.code, len(error.read()) > 50)
    except Exception as error:
        print(repr(error))
`;

const CASES = [
  ['too large a body', '/api/recommendations', 'application/json', 413],
  ['too large a file', '/api/import/csv', 'text/csv', 413],
  ['an unknown path', '/api/nothing', 'application/json', 404],
  ['a wrong method', '/api/bundle', 'application/json', 405],
  ['an unknown type', '/api/recommendations', 'text/html', 415],
] as const;

describe('an answer to a request that is still being sent', () => {
  it.each(CASES)('for %s is read by Python', async (_, path, type, status) => {
    const url = `http://127.0.0.1:${port}${path}`;
    const { stdout } = await run('python3', ['-c', URLLIB, url, file, type, String(TIMES)]);
    expect(stdout.trim().split('\n')).toEqual(Array(TIMES).fill(`${status} True`));
  });

  it.each(CASES)('for %s is read by curl', async (_, path, type, status) => {
    const url = `http://127.0.0.1:${port}${path}`;
    // Without the question whether the body is welcome, which curl asks by itself.
    const headers = ['-H', `content-type: ${type}`, '-H', 'expect:'];
    const args = ['-sS', '-w', '\\n%{http_code}', ...headers, '--data-binary', `@${file}`, url];
    for (let n = 0; n < TIMES; n++) {
      const [body, code] = (await run('curl', args)).stdout.split('\n');
      expect([JSON.parse(body).status, code]).toEqual([status, String(status)]);
    }
  });

  it.each(CASES)('for %s is read by fetch', async (_, path, type, status) => {
    const body = Buffer.alloc(LARGE, 0x20);
    for (let n = 0; n < TIMES; n++) {
      const headers = { 'content-type': type };
      const url = `http://127.0.0.1:${port}${path}`;
      const answer = await fetch(url, { method: 'POST', body, headers });
      expect([answer.status, (await answer.json()).status]).toEqual([status, status]);
    }
  });
});

/** @returns what the server sends, until it closes, to a client that waits before it sends a body */
async function askFirst(path: string, headers: Record<string, string>): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const lines = Object.entries({ host: 'a', expect: '100-continue', ...headers });
  socket.write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
    if (text.startsWith('HTTP/1.1 100') && !text.includes('200 OK')) socket.write('{"ratings":[]}');
    if (text.includes('200 OK')) socket.end();
  });
  await once(socket, 'close');
  return text;
}

describe('expect: 100-continue', () => {
  it('is answered by 100 when the body is welcome', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '14' };
    expect(await askFirst('/api/recommendations', headers)).toMatch(
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/,
    );
  });

  it.each(CASES.slice(0, 4))('is refused for %s, without 100', async (_, path, type, status) => {
    const headers = { 'content-type': type, 'content-length': String(LARGE) };
    const text = await askFirst(path, headers);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toMatch(/connection: close/i);
  });
});
