import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { Metrics } from '../../../../src/server/watch/metrics.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';

const KEY = 'a-key-for-operators';

let home: string;
let version: string;
let app: App;
let metrics: Metrics;
const bundles = new CurrentBundle();

beforeAll(async () => {
  home = await newHome();
  ({ version } = await publishSmall(home));
  metrics = await Metrics.open({ bundles, droppedLines: () => 7 });
  const watchLists = metrics.lists.watch.bind(metrics.lists);
  bundles.replace(await openBundle(home, undefined, { watchLists }));
  const admin = { home, key: KEY, metrics };
  app = await buildApp({ bundles, page: null, admin, report: () => {}, watch: { metrics } });
});
afterAll(async () => {
  await app.close();
  metrics.stop();
  await bundles.close();
  await rm(home, { recursive: true });
});

/** The value of a metric with these labels, as the text has them; null = it is not there. */
async function valueAt(name: string, labels = ''): Promise<number | null> {
  const line = `${name}${labels && `{${labels}}`} `;
  const found = (await metrics.text()).split('\n').find((one) => one.startsWith(line));
  return found ? Number(found.slice(line.length)) : null;
}

const recommend = (rules: object = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/recommendations',
    payload: { ratings: [{ animeId: 10, rating: 9 }], limit: 3, rules },
  });

describe('metrics', () => {
  it('count requests by the pattern of their route, and those that no route is for', async () => {
    await app.inject('/api/anime/0');
    await app.inject('/api/anime/20');
    await app.inject('/somebody/else');
    const of = (route: string, status: number) =>
      valueAt(
        'osusume_http_request_duration_seconds_count',
        `route="${route}",method="GET",status="${status}"`,
      );
    await expect.poll(() => of('/api/anime/:animeId', 200)).toBe(2);
    await expect.poll(() => of('(unknown)', 404)).toBe(1);
    expect(await metrics.text()).not.toContain('somebody');
    expect(await valueAt('osusume_http_requests_in_flight')).toBe(0);
  });

  it('count lists by bundle, the rules in force, and stages', async () => {
    const before = (await valueAt('osusume_recommendations_total', `bundle="${version}"`)) ?? 0;
    expect((await recommend()).statusCode).toBe(200);
    await recommend({ niche: 0.5, seen: true, familiar: false });
    expect(await valueAt('osusume_recommendations_total', `bundle="${version}"`)).toBe(before + 2);
    expect(await valueAt('osusume_rules_applied_total', 'rule="niche"')).toBe(1);
    for (const rule of ['seen', 'familiar'])
      expect(await valueAt('osusume_rules_applied_total', `rule="${rule}"`)).toBe(before + 1);
    expect(await valueAt('osusume_rules_applied_total', 'rule="franchise"')).toBe(before + 2);
    for (const stage of ['read', 'score', 'rules', 'write'])
      expect(await valueAt('osusume_stage_duration_seconds_count', `stage="${stage}"`)).toBe(
        before + 2,
      );
  });

  it('count popular and different titles', async () => {
    const { items } = (await recommend()).json() as { items: unknown[] };
    // All ten titles of the small catalogue are among the hundred most popular.
    expect(await valueAt('osusume_recommended_titles_total', 'popular="false"')).toBe(0);
    expect(await valueAt('osusume_recommended_titles_total', 'popular="true"')).toBeGreaterThan(
      items.length,
    );
    expect(await valueAt('osusume_recommended_titles_distinct')).toBe(bundles.recommended.titles);
  });

  it('do not count a portrait as a list', async () => {
    const of = () => valueAt('osusume_recommendations_total', `bundle="${version}"`);
    const before = await of();
    const payload = { ratings: [{ animeId: 10, rating: 9 }] };
    const portrait = await app.inject({ method: 'POST', url: '/api/taste', payload });
    expect(portrait.statusCode).toBe(200);
    expect(await of()).toBe(before);
  });

  it('say which bundle is in use, since when, and what was refused', async () => {
    const { about } = await bundles.use((bundle) => bundle);
    const labels = `version="${version}",source="${about.origin.name}"`;
    expect(await valueAt('osusume_bundle_info', labels)).toBe(1);
    expect(await valueAt('osusume_bundle_created_timestamp_seconds')).toBe(
      Date.parse(about.publishedAt) / 1000,
    );
    expect(await valueAt('osusume_bundle_is_fallback')).toBe(0);
    bundles.refuse('damaged');
    bundles.refuse('damaged');
    bundles.refuse('unsigned');
    expect(await valueAt('osusume_bundle_refusals_total', 'reason="damaged"')).toBe(2);
    expect(await valueAt('osusume_bundle_refusals_total', 'reason="unsigned"')).toBe(1);
    expect(await valueAt('osusume_bundle_swaps_total')).toBe(0);
    bundles.replace(await openBundle(home), { named: 'another', reason: 'it is damaged' });
    expect(await valueAt('osusume_bundle_swaps_total')).toBe(1);
    expect(await valueAt('osusume_bundle_is_fallback')).toBe(1);
  });

  it('have no bundle while there is none', async () => {
    const empty = await Metrics.open({ bundles: new CurrentBundle() });
    const text = await empty.text();
    empty.stop();
    expect(text).not.toMatch(/^osusume_bundle_(info|created_timestamp_seconds)\b.* /m);
    expect(text).toMatch(/^osusume_bundle_swaps_total 0$/m);
  });

  it('count caches, other services and what may still be asked of them', async () => {
    metrics.services.cache('posters', true);
    metrics.services.cache('posters', false);
    metrics.services.asked('posters-jikan', 'answered');
    metrics.services.asked('posters-jikan', 'slow');
    metrics.services.budget('posters-jikan', () => 12);
    expect(await valueAt('osusume_cache_requests_total', 'cache="posters",result="hit"')).toBe(1);
    expect(await valueAt('osusume_cache_requests_total', 'cache="posters",result="miss"')).toBe(1);
    const slow = 'upstream="posters-jikan",outcome="slow"';
    expect(await valueAt('osusume_upstream_requests_total', slow)).toBe(1);
    const budget = 'upstream="posters-jikan"';
    expect(await valueAt('osusume_upstream_budget_remaining', budget)).toBe(12);
    // Look-ups tell theirs when the server is built.
    expect(await valueAt('osusume_upstream_budget_remaining', 'upstream="lists-anilist"')).toBe(5);
  });

  it('have the process, the event loop and dropped lines', async () => {
    expect(await valueAt('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(await valueAt('nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6);
    expect(await valueAt('osusume_event_loop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(await valueAt('osusume_log_lines_dropped_total')).toBe(7);
  });

  it('are answered at /metrics to who has the key, and count wrong ones', async () => {
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = await app.inject({ url: '/metrics', headers });
    expect(answer.headers['content-type']).toBe(metrics.contentType);
    expect(answer.body).toContain('osusume_bundle_info');
    expect((await app.inject('/metrics')).statusCode).toBe(401);
    const wrong = { authorization: 'Bearer another-key-of-16' };
    expect((await app.inject({ url: '/metrics', headers: wrong })).statusCode).toBe(401);
    expect(await valueAt('osusume_wrong_keys_total')).toBe(1);
  });
});

describe('a server that limits its visitors', () => {
  it('counts whom it turns away', async () => {
    const own = await Metrics.open({ bundles });
    const limits = { listsPerSecond: 1, listsAtOnce: 1 };
    const { parseOptions } = await import('../../../../src/config/parse-options.ts');
    const { LimitSettings } = await import('../../../../src/config/limit-settings.ts');
    const limited = await buildApp({
      bundles,
      page: null,
      limits: parseOptions(LimitSettings, limits, 'limits'),
      trustProxy: ['loopback'],
      report: () => {},
      watch: { metrics: own },
    });
    const ask = () =>
      limited.inject({ url: '/api/anime', headers: { 'x-forwarded-for': '192.0.2.1' } });
    const statuses = [(await ask()).statusCode, (await ask()).statusCode];
    expect(statuses).toEqual([200, 429]);
    expect(await own.text()).toMatch(/^osusume_limited_requests_total{reason="visitor"} 1$/m);
    own.stop();
    await limited.close();
  });
});
