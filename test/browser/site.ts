/** The product as a fan meets it: a bundle made from the built-in sample, the real server, a real browser. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { loadConfig } from '../../src/config/config.ts';
import type { Sites } from '../../src/import/sites.ts';
import { pipeline } from '../../src/pipeline.ts';
import { type ServeOptions, serve } from '../../src/serve.ts';

export interface Site {
  readonly url: string;
  /** the server goes away; the bundle stays */
  stop(): Promise<void>;
  /** it comes back at the same address */
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Runs the whole walk on the built-in sample and serves what comes out.
 * @param sites where lists are looked up by name
 */
export async function openSite(sites?: Sites): Promise<Site> {
  const home = await sampleHome();
  const site = await serveHome(home, { sites });
  return {
    ...site,
    async close() {
      await site.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A home with a bundle made from the built-in sample. */
export async function sampleHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'osusume-page-'));
  await pipeline({ config: loadConfig({ home }) });
  return home;
}

/** Without options: no posters are fetched, lists are looked up at the sites themselves. */
export async function serveHome(
  home: string,
  options: Pick<ServeOptions, 'posters' | 'sites'> = {},
): Promise<Site> {
  let server = await serve({ home, host: '127.0.0.1', port: 0, ...options });
  const { url } = server;
  const port = Number(new URL(url).port);
  const close = () => server.close();
  return {
    url,
    stop: close,
    async start() {
      server = await serve({ home, host: '127.0.0.1', port, ...options });
    },
    close,
  };
}

const CHROMIUM = process.env.OSUSUME_CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to test with. OSUSUME_REQUIRE_BROWSER=1: a missing one is an error, not a skip. */
export function hasBrowser(): boolean {
  if (existsSync(CHROMIUM)) return true;
  if (process.env.OSUSUME_REQUIRE_BROWSER !== '1') return false;
  throw new Error(
    `There is no browser at ${CHROMIUM}. Install Chromium, or name one with OSUSUME_CHROMIUM`,
  );
}

export function openBrowser(): Promise<Browser> {
  const off = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'];
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--no-first-run',
      ...off.map((name) => `--disable-${name}`),
    ],
  });
}
