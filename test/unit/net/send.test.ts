import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBytes, readJson } from '../../../src/net/body.ts';
import { HttpError, statusError } from '../../../src/net/http-error.ts';
import { retry } from '../../../src/net/retry.ts';
import { type HttpRequest, send } from '../../../src/net/send.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

interface Site {
  readonly server: Server;
  readonly origin: string;
  readonly asked: IncomingMessage[];
  answer: Answer;
}

let site: Site;
let foreign: Site;
beforeAll(async () => {
  [site, foreign] = await Promise.all([openSite(), openSite()]);
});
beforeEach(() => {
  for (const one of [site, foreign]) {
    one.asked.length = 0;
    one.answer = (response) => response.end('{}');
  }
});
afterAll(() => {
  for (const { server } of [site, foreign]) {
    server.close();
    server.closeAllConnections();
  }
});

async function openSite(): Promise<Site> {
  const server = createServer((request, response) => {
    opened.asked.push(request);
    opened.answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened: Site = { server, origin, asked: [], answer: () => {} };
  return opened;
}

const SECRET = 's3cret';
const ask = (options: HttpRequest = {}, path = '/') =>
  send('The site', `${site.origin}${path}?key=${SECRET}`, options);
const failure = (promise: Promise<unknown>): Promise<HttpError> =>
  promise.then(
    () => expect.fail('it did not fail'),
    (error) => error,
  );

describe('send()', () => {
  it('sends method, headers and body, and returns the answer whatever its status', async () => {
    let body = '';
    site.answer = async (response, request) => {
      for await (const part of request) body += part;
      response.writeHead(418).end('short and stout');
    };
    const response = await ask({ method: 'POST', headers: { 'x-one': 'two' }, body: 'three' });
    expect(await response.text()).toBe('short and stout');
    expect(response.status).toBe(418);
    expect(site.asked[0]).toMatchObject({ method: 'POST', headers: { 'x-one': 'two' } });
    expect(body).toBe('three');
  });

  it('fails as unreachable where nobody listens, and never shows the address', async () => {
    const error = await failure(send('The site', `http://127.0.0.1:9/path?key=${SECRET}`, {}));
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ failure: 'unreachable', isTemporary: true, status: 0 });
    expect(error.message).toMatch(/^The site cannot be reached \(\w+\)$/);
    expect(String(error.stack)).not.toContain(SECRET);
  });

  it('fails as unreachable when the connection is cut', async () => {
    site.answer = (response) => response.destroy();
    expect(await failure(ask())).toMatchObject({
      failure: 'unreachable',
      message: 'The site cannot be reached (UND_ERR_SOCKET)',
    });
  });

  it('fails as slow when no answer comes in time', async () => {
    site.answer = () => {};
    expect(await failure(ask({ timeoutMs: 30 }))).toMatchObject({
      failure: 'slow',
      isTemporary: true,
      message: 'The site did not answer in time',
    });
  });

  it('ends when it is aborted', async () => {
    const controller = new AbortController();
    site.answer = () => controller.abort();
    expect(await failure(ask({ signal: controller.signal }))).toMatchObject({
      message: 'The site cannot be reached (AbortError)',
    });
  });
});

describe('redirects', () => {
  const redirecting = (location: string) => {
    site.answer = (response, { url }) =>
      url === '/moved' ? response.end('moved') : response.writeHead(302, { location }).end();
  };

  it('are refused unless they are allowed', async () => {
    redirecting('/moved');
    expect(await failure(ask())).toMatchObject({
      failure: 'unusable',
      isTemporary: false,
      message: 'The site redirects to an address that is not allowed',
    });
    expect(site.asked).toHaveLength(1);
  });

  it('are followed within the allowed origins', async () => {
    redirecting('/moved');
    const response = await ask({ redirect: new Set([site.origin]) });
    expect(await response.text()).toBe('moved');
    foreign.answer = (response) => response.end('there');
    redirecting(`${foreign.origin}/x`);
    const there = await ask({ redirect: new Set([site.origin, foreign.origin]) });
    expect(await there.text()).toBe('there');
  });

  it('to a foreign origin, with a password, of another scheme or broken are not followed', async () => {
    const own = site.origin;
    for (const location of [
      `${foreign.origin}/x`,
      own.replace('//', '//user:word@'),
      'file:///etc/passwd',
      'http://[',
    ]) {
      redirecting(location);
      const error = await failure(ask({ redirect: new Set([own]) }));
      expect(error).toMatchObject({ failure: 'unusable' });
    }
    expect(foreign.asked).toHaveLength(0);
    expect(site.asked).toHaveLength(4);
  });

  it('are distinguished from an answer that names what it has created', async () => {
    site.answer = (response) => response.writeHead(201, { location: '/created' }).end('created');
    expect(await (await ask()).text()).toBe('created');
  });

  it('in a circle end', async () => {
    redirecting('/again');
    const error = await failure(ask({ redirect: new Set([site.origin]) }));
    expect(error.message).toBe('The site redirects more than 3 times');
    expect(site.asked).toHaveLength(4);
  });

  it('are the answer with "manual", and followed anywhere with "follow"', async () => {
    redirecting(`${foreign.origin}/x`);
    expect((await ask({ redirect: 'manual' })).headers.get('location')).toContain(foreign.origin);
    expect((await ask({ redirect: 'follow' })).status).toBe(200);
    expect(foreign.asked).toHaveLength(1);
  });
});

describe('readBytes()', () => {
  const read = async (maxBytes: number, options: HttpRequest = {}) =>
    readBytes('The site', await ask(options), maxBytes);

  it('reads a body of the allowed size, and an empty one', async () => {
    site.answer = (response) => response.end('12345');
    expect((await read(5)).toString()).toBe('12345');
    site.answer = (response) => response.writeHead(204).end();
    expect(await read(5)).toHaveLength(0);
  });

  it.each([
    ['announced', { 'content-length': '6' }],
    ['not announced', {}],
  ])('refuses a larger body whose length is %s', async (_, headers) => {
    site.answer = (response) => response.writeHead(200, headers).end('123456');
    expect(await failure(read(5))).toMatchObject({
      failure: 'unusable',
      isTemporary: false,
      message: 'The site sent more than 5 bytes',
    });
  });

  it('does not wait for the end of a body that is too large', async () => {
    site.answer = (response) => response.writeHead(200).write('123456');
    expect(await failure(read(5))).toMatchObject({ failure: 'unusable' });
  });

  it('fails as unreachable when the connection is cut in the middle', async () => {
    site.answer = (response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345', () => response.destroy());
    };
    expect(await failure(read(10))).toMatchObject({
      failure: 'unreachable',
      message: 'The site broke off its answer (UND_ERR_SOCKET)',
    });
  });

  it('fails as slow when the body does not end in time', async () => {
    site.answer = (response) => response.writeHead(200).write('12345');
    expect(await failure(read(10, { timeoutMs: 100 }))).toMatchObject({ failure: 'slow' });
  });
});

describe('readJson()', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['null', null],
    ['<html>', undefined],
    ['', undefined],
  ])('of %s', async (text, expected) => {
    site.answer = (response) => response.end(text);
    expect(await readJson('The site', await ask(), 100)).toEqual(expected);
  });
});

describe('retry() over send()', () => {
  const NOW = Date.parse('2026-01-01T00:00:00Z');
  const attempt = async () => {
    const response = await ask();
    const error = statusError('The site', response, NOW);
    if (error) throw error;
    return readBytes('The site', response, 100);
  };

  it('waits until the date that the server names, then tries again', async () => {
    const pauses: number[] = [];
    site.answer = (response) =>
      site.asked.length === 1
        ? response.writeHead(429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }).end()
        : response.end('here');
    const bytes = await retry(attempt, {
      attempts: 3,
      firstPauseMs: 500,
      now: () => NOW,
      sleep: async (pause) => void pauses.push(pause),
    });
    expect(bytes.toString()).toBe('here');
    expect(pauses).toEqual([9000]);
  });

  it('ends when it is aborted while it waits', async () => {
    const controller = new AbortController();
    site.answer = (response) => response.writeHead(503, { 'retry-after': '3600' }).end();
    const retrying = retry(attempt, {
      attempts: 3,
      firstPauseMs: 500,
      signal: controller.signal,
      onRetry: () => setImmediate(() => controller.abort()),
    });
    await expect(retrying).rejects.toMatchObject({ name: 'AbortError' });
    expect(site.asked).toHaveLength(1);
  });
});
