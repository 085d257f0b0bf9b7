import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../../../src/server/app.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';

const PORTAL = 'https://portal.example';
const appFor = (allowedOrigins?: readonly string[]) =>
  buildApp({ bundles: new CurrentBundle(), page: null, allowedOrigins, report: () => {} });

describe('pages of other origins', () => {
  it('may use nothing unless the operator says so', async () => {
    const app = await appFor();
    const answer = await app.inject({ url: '/api/bundle', headers: { origin: PORTAL } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    await app.close();
  });

  it('may use the API when their origin is allowed, and no other may', async () => {
    const app = await appFor([PORTAL]);
    for (const url of ['/api/bundle', '/graphql', '/openapi.json', '/embed.js']) {
      const answer = await app.inject({ url, headers: { origin: PORTAL } });
      expect(answer.headers['access-control-allow-origin'], url).toBe(PORTAL);
      expect(String(answer.headers.vary)).toContain('origin');
    }
    for (const origin of ['https://other.example', 'null', `${PORTAL}.evil.example`]) {
      const answer = await app.inject({ url: '/api/bundle', headers: { origin } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(String(answer.headers.vary)).toContain('origin');
    }
    const page = await app.inject({ url: '/', headers: { origin: PORTAL } });
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    await app.close();
  });

  it('get an answer to their preflight request', async () => {
    const app = await appFor(['*']);
    const asked = await app.inject({
      method: 'OPTIONS',
      url: '/api/recommendations',
      headers: { origin: PORTAL, 'access-control-request-method': 'POST' },
    });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': expect.stringContaining('content-type'),
    });
    await app.close();
  });
});

describe('bytes that are no request', () => {
  it.each([
    ['GET /api/anime/%ZZ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
    ['nonsense\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    [`GET /api/anime/${'9'.repeat(200)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, 414],
    ['TRACE /api/bundle HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 405],
  ])('%.40j are answered with a problem', async (bytes, status) => {
    const app = await appFor();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(bytes);
    await ended;
    const [head, body] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status });
    await app.close();
  });
});
