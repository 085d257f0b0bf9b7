import { describe, expect, it } from 'vitest';
import { openErrorReports } from '../../../src/watch/error-reports.ts';

const DSN = 'https://publickey@errors.example/some/where/42';

/** Reports to a service that answers with `status`. */
function reportsTo(answer: () => Response) {
  const sent: { url: string; headers: Headers; lines: unknown[] }[] = [];
  const time = { now: Date.parse('2026-01-01T00:00:00Z') };
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const lines = String(init?.body).trimEnd().split('\n');
    sent.push({
      url: String(url),
      headers: new Headers(init?.headers),
      lines: lines.map((line) => JSON.parse(line) as unknown),
    });
    return answer();
  };
  const reports = openErrorReports({ dsn: DSN, environment: 'test', fetch, now: () => time.now });
  if (!reports) throw new Error('There is a DSN');
  return { reports, sent, time };
}

const ok = () => new Response('{}');

describe('openErrorReports()', () => {
  it('is nothing without a DSN', () => {
    expect(openErrorReports({ dsn: null, environment: 'test' })).toBeNull();
  });

  it.each([
    'errors.example/1',
    'https://errors.example/1',
    'https://key@errors.example/',
    'ftp://key@x/1',
  ])('refuses %s without repeating it', (dsn) => {
    const open = () => openErrorReports({ dsn, environment: 'test' });
    expect(open).toThrow(/errors\.dsn is not the address of a project/);
    expect(open).not.toThrow(dsn);
  });

  it('sends an envelope to the project, with the key in a header', async () => {
    const { reports, sent } = reportsTo(ok);
    reports.report(new TypeError('broken'), {
      route: '/api/taste',
      status: 500,
      bundle: undefined,
    });
    await reports.close();
    const [{ url, headers, lines }] = sent;
    expect(url).toBe('https://errors.example/some/where/api/42/envelope/');
    expect(headers.get('x-sentry-auth')).toMatch(
      /^Sentry sentry_version=7, sentry_client=osusume\/[\d.]+, sentry_key=publickey$/,
    );
    const [envelope, item, event] = lines as Record<string, unknown>[];
    expect(item).toEqual({ type: 'event' });
    expect(envelope.event_id).toBe(event.event_id);
    expect(event).toMatchObject({
      event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      timestamp: Date.parse('2026-01-01T00:00:00Z') / 1000,
      level: 'error',
      environment: 'test',
      tags: { route: '/api/taste', status: '500' },
      exception: { values: [{ type: 'TypeError', value: 'broken' }] },
    });
    expect(JSON.stringify(event)).not.toContain('publickey');
  });

  it('takes out of the message what the request contained', async () => {
    const { reports, sent } = reportsTo(ok);
    reports.report(new Error('no planted title'), {}, { body: { title: 'planted title' } });
    await reports.close();
    expect(JSON.stringify(sent)).not.toContain('planted');
  });

  it('sends twenty reports a minute, and then says how many it left out', async () => {
    const { reports, sent, time } = reportsTo(ok);
    for (let n = 0; n < 50; n++) reports.report(new Error('again'));
    await reports.close();
    expect(sent).toHaveLength(20);
    time.now += 60_000;
    reports.report(new Error('later'));
    await reports.close();
    expect(sent.at(-1)?.lines[2]).toMatchObject({ extra: { 'reports left out before': 30 } });
  });

  it('leaves a service alone for as long as it asks, and one that is away for a minute', async () => {
    const busy = () => new Response('', { status: 429, headers: { 'retry-after': '300' } });
    const { reports, sent, time } = reportsTo(busy);
    const tryAgainAfter = async (seconds: number) => {
      time.now += 1000 * seconds;
      reports.report(new Error('again'));
      await reports.close();
      return sent.length;
    };
    expect(await tryAgainAfter(0)).toBe(1);
    expect(await tryAgainAfter(299)).toBe(1);
    expect(await tryAgainAfter(2)).toBe(2);
    const away = reportsTo(() => {
      throw new TypeError('fetch failed');
    });
    away.reports.report(new Error('first'));
    await away.reports.close();
    away.reports.report(new Error('second'));
    await away.reports.close();
    expect(away.sent).toHaveLength(1);
  });
});
