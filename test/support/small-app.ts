/** A server of the small bundle. */
import { rm } from 'node:fs/promises';
import { openBundle } from '../../src/recommend/bundle.ts';
import { buildApp } from '../../src/server/app.ts';
import type { App } from '../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from './small-bundle.ts';

export interface SmallApp {
  readonly home: string;
  readonly app: App;
  readonly bundles: CurrentBundle;
  readonly close: () => Promise<void>;
}

export async function smallApp(): Promise<SmallApp> {
  const home = await newHome();
  await publishSmall(home);
  const bundles = new CurrentBundle();
  bundles.replace(await openBundle(home));
  const app = await buildApp({ bundles, page: null, report: () => {} });
  const close = async () => {
    await app.close();
    await bundles.close();
    await rm(home, { recursive: true });
  };
  return { home, app, bundles, close };
}
