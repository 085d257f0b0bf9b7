/** A server of the small bundle, and what it answers. */
import { rm } from 'node:fs/promises';
import { openBundle } from '../../src/recommend/bundle.ts';
import { type AppOptions, buildApp } from '../../src/server/app.ts';
import type { App } from '../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from './small-bundle.ts';

export interface SmallApp {
  readonly home: string;
  readonly app: App;
  readonly bundles: CurrentBundle;
  readonly close: () => Promise<void>;
}

export async function smallApp(options: Partial<AppOptions> = {}): Promise<SmallApp> {
  const home = await newHome();
  await publishSmall(home);
  const bundles = new CurrentBundle();
  bundles.replace(await openBundle(home));
  const app = await buildApp({ bundles, page: null, report: () => {}, ...options });
  const close = async () => {
    await app.close();
    await bundles.close();
    await rm(home, { recursive: true });
  };
  return { home, app, bundles, close };
}

export async function getJson(app: App, url: string) {
  return jsonOf(await app.inject(url));
}

/** @param payload text is sent as it is */
export async function postJson(app: App, url: string, payload: unknown) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const headers = { 'content-type': 'application/json' };
  return jsonOf(await app.inject({ method: 'POST', url, payload: text, headers }));
}

function jsonOf(response: Awaited<ReturnType<App['inject']>>) {
  return {
    status: response.statusCode,
    type: String(response.headers['content-type']),
    body: response.json(),
  };
}

/** The titles of a list, in its order. */
export const animeIdsOf = (list: { items: { anime: { animeId: number } }[] }) =>
  list.items.map(({ anime }) => anime.animeId);
