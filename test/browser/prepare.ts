/** Before all browser tests, once: a home with a bundle of the built-in sample, and a browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../src/config/config.ts';
import { pipeline } from '../../src/pipeline.ts';
import { CHROMIUM, hasBrowser } from '../support/chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** not to be written to: each test file serves a copy */
    sampleHome: string;
    /** where Playwright connects to the browser */
    browser: string;
  }
}

export default async function prepare({ provide }: TestProject) {
  if (!hasBrowser()) return;
  const home = await mkdtemp(join(tmpdir(), 'osusume-page-'));
  await pipeline({ config: loadConfig({ home }) });
  const browser = await chromium.launchServer(CHROMIUM);
  provide('sampleHome', home);
  provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await rm(home, { recursive: true, force: true });
  };
}
