/** What operators see has nothing of what people send: values are planted in every input and looked for in all output. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../src/recommend/bundle.ts';
import { buildApp } from '../../../src/server/app.ts';
import { CurrentBundle } from '../../../src/server/state/current-bundle.ts';
import { openErrorReports } from '../../../src/watch/error-reports.ts';
import { openLog } from '../../../src/watch/log.ts';
import { type BuiltCommand, runBuilt } from '../../support/built-command.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

const KEY = 'planted-admin-key-0123456789';
const ADDRESS = '203.0.113.77';
/** In every value that a test sends, in one spelling or the other. */
const PLANTED = /planted|203\.0\.113/i;
const UUID = '5f0c0bd0-9a2f-4f3e-8f0c-3f5a35b0a001';

type Line = Readonly<Record<string, unknown>>;

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

describe('a running server', () => {
  let home: string;
  let version: string;
  let site: Receiver;
  let collector: Receiver;
  let service: Receiver;
  let server: BuiltCommand;
  let url: string;
  let metricsUrl: string;

  beforeAll(async () => {
    home = await newHome();
    ({ version } = await publishSmall(home));
    [site, collector, service] = await Promise.all([
      startReceiver(500),
      startReceiver(),
      startReceiver(),
    ]);
    const args = ['serve', '--home', home, '--port', '0', '--posters', 'off'];
    server = runBuilt([...args, '--metrics-port', '0'], {
      OSUSUME_ADMIN_KEY: KEY,
      OSUSUME_LOG_FORMAT: 'json',
      OSUSUME_LOG_LEVEL: 'debug',
      OSUSUME_TRACE_OTLP: collector.url,
      OSUSUME_ERRORS_DSN: `http://key@127.0.0.1:${service.port}/1`,
      OSUSUME_ANILIST_URL: site.url,
      OSUSUME_TRUST_PROXY: '127.0.0.1',
    });
    [, url] = await server.until(/Osusume is at (http:[^\s"]+)/);
    [, metricsUrl] = await server.until(/Metrics are at (http:[^\s"]+)/);
  });
  afterAll(async () => {
    await server?.stop();
    for (const receiver of [site, collector, service]) receiver?.close();
    await rm(home, { recursive: true });
  });

  const HEADERS = {
    'x-forwarded-for': ADDRESS,
    'x-request-id': 'planted-request-id',
    cookie: 'session=planted-cookie',
    'user-agent': 'planted-agent',
    referer: 'https://planted.example/?planted=1',
    'x-planted': 'planted-header',
  };
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { ...HEADERS, ...init.headers } });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('answers with the id of the request, which problems have, too', async () => {
    const own = await fetch(`${url}/api/genres-planted`, { headers: { 'x-request-id': UUID } });
    expect(own.headers.get('x-request-id')).toBe(UUID);
    expect(await own.json()).toMatchObject({ status: 404, request: UUID });
    const made = await ask('/healthz');
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has nothing in its log, metrics, traces and reports of what it was sent', async () => {
    await sendEverywhere();
    const metrics = await (await fetch(metricsUrl)).text();
    expect(metrics).toContain('osusume_http_requests_in_flight');
    expect(metrics).toMatch(
      /osusume_upstream_requests_total\{upstream="lists-anilist",outcome="failing"\} \d/,
    );
    expect(metrics).toMatch(/^osusume_wrong_keys_total [2-9]$/m);
    expect(metrics).not.toMatch(PLANTED);
    expect(await server.stop()).toBe(0);
    const output = server.output().replaceAll(home, '(home)');
    expect(output).not.toMatch(PLANTED);
    expect(JSON.stringify(collector.received)).not.toMatch(PLANTED);
    expect(JSON.stringify(service.received)).not.toMatch(PLANTED);
    expectLines(linesOf(output.replace(/^Closed\.$/m, '')));
    expectSpans();
  });

  async function sendEverywhere(): Promise<void> {
    const ratings = [{ animeId: 10, rating: 9 }];
    await ask('/api/anime?query=planted+query');
    await ask('/api/anime/10?planted=1');
    await ask('/planted/path?planted=query');
    await ask('/%planted%zz');
    await ask(`/api/import/anilist/PlantedName`);
    await post('/api/recommendations', { ratings, planted: 'planted-field' });
    await post('/api/recommendations', { ratings }, { 'x-request-id': UUID });
    await post('/api/recommendations', '{"ratings": "planted-text');
    await post('/api/recommendations:batch', { profiles: [{ id: 'planted-id', ratings }] });
    await post('/api/chat', { message: 'planted wish like planted' });
    await post('/api/explanations', { ratings, animeId: 20, planted: 'planted' });
    await post('/graphql', { query: 'query Planted { planted(planted: "planted") }' });
    await post('/api/import/csv', 'anime_id,planted\n1,planted-title\nplanted,planted\n', {
      'content-type': 'text/csv',
    });
    await post('/api/admin/session', { key: 'planted-wrong-key-0123456789' });
    await ask('/api/admin/status', {
      headers: { authorization: 'Bearer planted-wrong-key-0123456789' },
    });
    await sendBytes('planted bytes that are no request\r\n\r\n');
    for (let n = 0; n < 40; n++) await ask('/api/anime/planted');
  }

  function sendBytes(bytes: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
      socket.resume().once('close', () => resolve());
      socket.once('error', reject);
    });
  }

  function expectLines(lines: readonly Line[]): void {
    for (const line of lines)
      expect(line).toMatchObject({ severity: expect.any(String), message: expect.any(String) });
    const of = (fields: Line) => lines.filter((line) => matches(line, fields));
    expect(of({ message: `Osusume is at ${url}` })).toHaveLength(1);
    const [list] = of({ request: UUID, status: 200 });
    expect(list).toMatchObject({
      severity: 'INFO',
      method: 'POST',
      route: '/api/recommendations',
      ms: expect.any(Number),
      bundle: version,
      trace: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(of({ route: '/api/import/anilist/:name', status: 503 })).toHaveLength(1);
    expect(of({ route: '(unknown)', status: 404 }).length).toBeGreaterThan(0);
    expect(of({ route: '(unreadable)', status: 400 })).toHaveLength(2);
    expect(of({ route: '/healthz', severity: 'DEBUG' })).toHaveLength(1);
    const wrong = lines.filter(({ message }) => /^Wrong key/.test(String(message)));
    expect(wrong.map(({ severity, route }) => [severity, route])).toEqual([
      ['WARNING', '/api/admin/session'],
      ['WARNING', '/api/admin/status'],
    ]);
    const burst = lines.find(({ message }) => /requests were refused/.test(String(message)));
    expect(burst).toMatchObject({
      severity: 'WARNING',
      message: expect.stringContaining('40 × 400 at GET /api/anime/:animeId'),
    });
  }

  /** https://opentelemetry.io/docs/specs/otlp/#otlphttp: what the collector got, as JSON. */
  function expectSpans(): void {
    const spans = collector.received.flatMap(({ path, body }) => {
      expect(path).toBe('/v1/traces');
      return spansIn(body);
    });
    const list = spans.find(
      ({ name, attributes }) =>
        name === 'POST /api/recommendations' && JSON.stringify(attributes).includes(UUID),
    );
    expect(list).toBeDefined();
    const parts = spans.filter((span) => span.parentSpanId === list?.spanId);
    expect(parts.map(({ name }) => name).sort()).toEqual(['read', 'rules', 'score', 'write']);
    for (const part of parts) expect(part.traceId).toBe(list?.traceId);
  }
});

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: unknown;
}

function spansIn(body: string): Span[] {
  const { resourceSpans } = JSON.parse(body) as {
    resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
  };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function matches(line: Line, fields: Line): boolean {
  return Object.entries(fields).every(([name, value]) => line[name] === value);
}

describe('an unexpected failure', () => {
  it('is logged and reported with its stack, and without what the request contained', async () => {
    const home = await newHome();
    const { version } = await publishSmall(home);
    const folder = mkdtempSync(join(tmpdir(), 'osusume-log-'));
    const service = await startReceiver();
    const bundle = await openBundle(home);
    const bundles = new CurrentBundle();
    const fail = () => Promise.reject(new Error(`planted query of ${ADDRESS} is not there`));
    bundles.replace({ ...bundle, search: fail });
    const log = openLog({ format: 'json', level: 'info', to: join(folder, 'log') });
    const dsn = `http://key@127.0.0.1:${service.port}/7`;
    const errors = openErrorReports({ dsn, environment: 'test' });
    const app = await buildApp({
      bundles,
      page: null,
      report: (line, fields) => log.error(line, fields),
      watch: { log, errors },
    });
    const answer = await app.inject({
      url: '/api/anime?query=planted%20query',
      headers: { 'x-request-id': UUID, 'x-forwarded-for': ADDRESS },
    });
    expect(answer.statusCode).toBe(500);
    await app.close();
    await errors?.close();
    await log.close();
    const written = readFileSync(join(folder, 'log'), 'utf8');
    expect(written).not.toMatch(PLANTED);
    const [error, request] = linesOf(written);
    expect(error).toMatchObject({
      severity: 'ERROR',
      message: expect.stringMatching(
        /^GET \/api\/anime failed: Error: … of … is not there\n\s+at /,
      ),
      request: UUID,
      route: '/api/anime',
      bundle: version,
    });
    expect(request).toMatchObject({ severity: 'ERROR', status: 500, request: UUID });
    const [{ path, headers, body }] = service.received;
    expect(path).toBe('/api/7/envelope/');
    expect(headers['content-type']).toBe('application/x-sentry-envelope');
    expect(body).not.toMatch(PLANTED);
    const event = JSON.parse(body.split('\n')[2]) as Record<string, unknown>;
    expect(event).toMatchObject({
      tags: { route: '/api/anime', method: 'GET', request: UUID, bundle: version },
      exception: { values: [{ value: '… of … is not there' }] },
    });
    expect(event).not.toHaveProperty('request');
    expect(event).not.toHaveProperty('user');
    expect(event).not.toHaveProperty('server_name');
    await bundles.close();
    service.close();
    await rm(home, { recursive: true });
    rmSync(folder, { recursive: true });
  });
});
