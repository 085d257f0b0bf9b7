/** The product as a fan meets it: the bundle of the built-in sample, the real server, a real browser. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import type { Sites } from '../../src/import/site/sites.ts';
import { type ServeOptions, serve } from '../../src/serve.ts';

type SiteOptions = Pick<ServeOptions, 'posters' | 'sites' | 'people'>;

export interface Site {
  readonly url: string;
  /** the server goes away; the bundle stays */
  stop(): Promise<void>;
  /** it comes back at the same address */
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the bundle of the built-in sample.
 * @param sites where lists are looked up by name
 * @param options of the server
 */
export async function openSite(sites?: Sites, options: SiteOptions = {}): Promise<Site> {
  const home = await sampleHome();
  const site = await serveHome(home, { sites, ...options });
  return {
    ...site,
    async close() {
      await site.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A copy of the home that was prepared for all files. */
export async function sampleHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'osusume-page-'));
  await cp(inject('sampleHome'), home, { recursive: true });
  return home;
}

/** Without options: no posters are fetched, lists are looked up at the sites themselves. */
export async function serveHome(home: string, options: SiteOptions = {}): Promise<Site> {
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

/** A connection to the browser of all files; closing it closes what was opened through it. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}
