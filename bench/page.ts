/**
 * Speed of the page in Chromium, on the built-in sample: first paint, a tap, the map. Exits with 1 when one of them
 * exceeds its budget.
 *
 *   npm run bench -- page
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { loadConfig } from '../src/config/config.ts';
import { pipeline } from '../src/pipeline.ts';
import { serve } from '../src/serve.ts';
import { CHROMIUM } from '../test/support/chromium.ts';
import { benchFirstPaint } from './page/first-paint.ts';
import { benchMapFrames } from './page/map-frames.ts';
import { benchTapToList } from './page/tap-to-list.ts';

const home = await mkdtemp(join(tmpdir(), 'osusume-bench-'));
try {
  await pipeline({ config: loadConfig({ home }) });
  const server = await serve({ home, host: '127.0.0.1', port: 0 });
  const browser = await chromium.launch(CHROMIUM);
  for (const bench of [benchFirstPaint, benchTapToList, benchMapFrames]) {
    if (await bench(browser, server.url)) continue;
    console.log('  over budget');
    process.exitCode = 1;
  }
  await browser.close();
  await server.close();
} finally {
  await rm(home, { recursive: true });
}
