import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { InterruptedError, OsusumeError, UsageError } from '../../../src/error.ts';
import { ingest } from '../../../src/ingest.ts';
import { NO_PROGRESS, type Progress } from '../../../src/progress.ts';
import { type FetchArchiveOptions, fetchArchive } from '../../../src/source/archive.ts';
import { withoutSecrets } from '../../../src/source/resumable-download.ts';
import { writeLockFile } from '../../support/lock-file.ts';
import { zipOf } from '../../support/zip-of.ts';

let home: string;
let server: Server;
let address: string;
let requests: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-archive-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(home, { recursive: true, force: true });
});

const uniform = random(1);
const archive = zipOf({
  'anime.csv': 'MAL_ID,Name\n1,One\n',
  'animelist.csv': `user_id,anime_id,rating,watching_status,watched_episodes\n${'1,1,7,2,1\n'.repeat(3)}`,
  'filler.bin': Buffer.from(Array.from({ length: 450_000 }, () => uniform() * 256)),
});
const sha256 = createHash('sha256').update(archive).digest('hex');

/** Sends the archive, or the range that is asked for; breaks the connection off after `limit` bytes. */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  { etag = '"v1"', limit = Number.POSITIVE_INFINITY } = {},
) {
  const wanted = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const from = wanted && request.headers['if-range'] === etag ? Number(wanted) : 0;
  const body = archive.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    etag,
    'content-length': body.length,
    ...(from > 0
      ? { 'content-range': `bytes ${from}-${archive.length - 1}/${archive.length}` }
      : {}),
  });
  if (body.length <= limit) response.end(body);
  else response.write(body.subarray(0, limit), () => setTimeout(() => response.destroy(), 20));
}

const get = (path = '/data/set', options: Partial<FetchArchiveOptions> = {}) =>
  fetchArchive({
    home,
    url: address + path,
    sleep: async () => {},
    random: () => 0.5,
    ...options,
  });

const inSource = async () => (await readdir(join(home, 'source'))).sort();

describe('fetchArchive()', () => {
  it('follows redirects, and leaves the archive under its name with its checksum', async () => {
    answer = (request, response) => {
      if (request.url === '/data/set')
        response.writeHead(302, { location: '/storage/x?signature=s3cret' }).end();
      else send(request, response);
    };
    const updates: number[] = [];
    const progress: Progress = { ...NO_PROGRESS, update: (done) => void updates.push(done) };
    expect(await get('/data/set', { progress })).toEqual({
      path: join(home, 'source', 'set.zip'),
      bytes: archive.length,
      sha256,
    });
    expect(updates.at(-1)).toBe(archive.length);
    expect(await inSource()).toEqual(['set.zip', 'set.zip.json']);
    expect(await readFile(join(home, 'source', 'set.zip'))).toEqual(archive);
  });

  it('resumes by range where the connection broke, again and again', async () => {
    answer = (request, response) =>
      send(request, response, { limit: requests.length < 4 ? 100_000 : undefined });
    expect((await get()).sha256).toBe(sha256);
    expect(requests).toHaveLength(4);
    expect(requests.slice(1).every(({ headers }) => /^bytes=\d+-$/.test(headers.range ?? ''))).toBe(
      true,
    );
  });

  it('resumes in a later run from what an interrupted one left', async () => {
    answer = (request, response) => send(request, response, { limit: 100_000 });
    await expect(get('/data/set', { attempts: 1 })).rejects.toThrow(
      /failed 1 times in a row.*what has arrived is kept/,
    );
    expect(await inSource()).toEqual(['.set.zip.part', '.set.zip.part.json']);
    answer = (request, response) => send(request, response);
    expect((await get()).sha256).toBe(sha256);
    expect(requests.at(-1)?.headers.range).toMatch(/^bytes=\d+-$/);
  });

  it('starts over when the file has changed on the server', async () => {
    answer = (request, response) =>
      send(request, response, {
        etag: `"v${requests.length}"`,
        limit: requests.length < 2 ? 100_000 : undefined,
      });
    expect((await get()).sha256).toBe(sha256);
    expect(requests).toHaveLength(2);
  });

  it('starts over when the server sends another range than was asked for', async () => {
    answer = (request, response) => {
      if (requests.length === 2)
        response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('wrong');
      else send(request, response, { limit: requests.length === 1 ? 100_000 : undefined });
    };
    expect((await get()).sha256).toBe(sha256);
    expect(requests).toHaveLength(3);
  });

  it('waits as long as a busy server asks, and gives up after some tries', async () => {
    const waits: number[] = [];
    answer = (request, response) => {
      if (requests.length < 3) response.writeHead(429, { 'retry-after': '7' }).end();
      else send(request, response);
    };
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    await get('/data/set', { sleep });
    expect(waits).toEqual([7000, 7000]);
    answer = (_, response) => void response.writeHead(503).end();
    await expect(get('/data/set', { sleep, attempts: 3 })).rejects.toThrow(
      /failed 3 times in a row \(the server answered 503\)/,
    );
    expect(waits.slice(2)).toEqual([1000, 2000]);
  });

  it.each([
    [401, /answered 401: it asks for a login/],
    [404, /answered 404: there is no such archive/],
    [418, /answered 418/],
  ])('fails at once when the server answers %s', async (status, message) => {
    answer = (_, response) => void response.writeHead(status).end('no');
    await expect(get()).rejects.toThrow(message);
    expect(requests).toHaveLength(1);
  });

  it('refuses a file that is not a zip, and leaves nothing', async () => {
    answer = (_, response) =>
      void response.writeHead(200, { etag: '"v"' }).end('<html>Log in</html>');
    await expect(get()).rejects.toThrow(/is not a zip archive/);
    expect(await inSource()).toEqual([]);
  });

  it('stops when interrupted, keeping what has arrived', async () => {
    const controller = new AbortController();
    answer = (request, response) => {
      send(request, response, { limit: 100_000 });
      setTimeout(() => controller.abort(), 10);
    };
    await expect(get('/data/set', { signal: controller.signal })).rejects.toThrow(InterruptedError);
    expect(await inSource()).not.toContain('set.zip');
  });

  it('sends user and password of the address, and shows them to nobody', async () => {
    answer = (_, response) => void response.writeHead(500).end();
    const shown: string[] = [];
    const note = (line: string) => void shown.push(line);
    const url = `${address.replace('//', '//user:p%40ss@')}/data/set?token=s3cret`;
    const failure = await get('', {
      url,
      attempts: 2,
      progress: { ...NO_PROGRESS, step: note, note },
    }).catch((error: Error) => error);
    expect(requests[0].headers.authorization).toBe(
      `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    );
    expect(requests[0].url).toBe('/data/set?token=s3cret');
    expect(`${(failure as Error).message} ${shown.join(' ')}`).not.toMatch(
      /p%40ss|p@ss|s3cret|user:/,
    );
    expect(failure).toBeInstanceOf(OsusumeError);
  });

  it('refuses to write the same archive twice at once', async () => {
    let release = () => {};
    answer = (request, response) => {
      release = () => send(request, response);
    };
    const first = get();
    while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(get()).rejects.toThrow(/has been running "Fetching http/);
    release();
    expect((await first).sha256).toBe(sha256);
  });

  it('takes over the lock of a process of its own number that was killed, as in a container', async () => {
    answer = (request, response) => send(request, response);
    const lock = join(home, 'source', '.set.zip.lock');
    await mkdir(join(home, 'source'));
    await writeLockFile(`${lock}.1`, { pid: process.pid, start: 'an earlier one' });
    expect((await get()).sha256).toBe(sha256);
    expect(await inSource()).toEqual(['set.zip', 'set.zip.json']);
  });

  it('takes an address as it is, "%" included', async () => {
    answer = (request, response) => send(request, response);
    const url = `${address.replace('//', '//user:100%@')}/data/100%.zip`;
    expect((await get('', { url })).path).toBe(join(home, 'source', '100-.zip'));
    expect(requests[0].headers.authorization).toBe(
      `Basic ${Buffer.from('user:100%').toString('base64')}`,
    );
  });

  it('refuses an invalid address', async () => {
    for (const url of ['ftp://x/y.zip', 'nonsense', ''])
      await expect(get('', { url })).rejects.toThrow(UsageError);
  });
});

describe('withoutSecrets()', () => {
  it('keeps host and path only', () => {
    expect(withoutSecrets('https://me:pw@host.org/a/b.zip?key=1#x')).toBe(
      'https://host.org/a/b.zip',
    );
    expect(withoutSecrets('::')).toBe('the address');
  });
});

describe('ingest() from an address', () => {
  it('fetches once, then uses the copy as long as it is whole', async () => {
    answer = (request, response) => send(request, response);
    const url = `${address}/data/set?token=s3cret`;
    const { report } = await ingest({ home, source: url });
    expect(report.source.name).toBe(`${address}/data/set`);
    expect(report.files.map(({ file, kept }) => [file, kept])).toEqual([
      ['set.zip: anime.csv', 1],
      ['set.zip: animelist.csv', 1],
    ]);
    await ingest({ home, source: url });
    expect(requests).toHaveLength(1);
    await writeFile(join(home, 'source', 'set.zip'), archive.subarray(5));
    await ingest({ home, source: url });
    expect(requests).toHaveLength(2);
  });
});
