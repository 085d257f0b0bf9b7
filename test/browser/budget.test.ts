/** How much script the first visit loads. The time it takes: npm run bench -- page. */
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { type Fans, openFans, PICKED } from './visits.ts';

describe.skipIf(!hasBrowser())('the first visit', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans();
  }, 300_000);
  afterAll(() => fans?.close());
  afterEach(() => fans.leave());

  it.each(['/', `/${PICKED}`])('%s loads less than 120 kB of script, gzipped', async (path) => {
    const page = await fans.blank();
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto(fans.site.url + path, { waitUntil: 'networkidle' });
    const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body).length);
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
    console.info(`Script of ${path}: ${kilobytes.toFixed(1)} kB gzipped in ${sizes.length} files`);
    expect(sizes.length).toBeGreaterThan(0);
    expect(kilobytes).toBeLessThan(120);
  });
});
