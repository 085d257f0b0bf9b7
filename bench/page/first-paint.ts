/** The largest contentful paint of a first visit. */
import type { Browser } from 'playwright-core';

/** A laptop on a home connection: Lighthouse's desktop profile, with the processor slowed down four times. */
const NETWORK = {
  offline: false,
  latency: 40,
  downloadThroughput: (10 * 1024 * 1024) / 8,
  uploadThroughput: (10 * 1024 * 1024) / 8,
};
const SLOWER = 4;
const MOST_VISITS = 12;
/** ms */
const BUDGET = 1500;
/** Milliseconds to wait after the posters, in case something larger is painted. */
const SETTLING = 1500;

/** @returns whether any visit kept within the budget: other work on the machine can only make visits slower */
export async function benchFirstPaint(browser: Browser, url: string): Promise<boolean> {
  const times: number[] = [];
  while (times.length < MOST_VISITS && !times.some((time) => time < BUDGET))
    times.push(Math.round(await largestPaint(browser, url)));
  console.log(`largest contentful paint on a throttled laptop: ${times.join(', ')} ms`);
  return Math.min(...times) < BUDGET;
}

async function largestPaint(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('.starter').first().waitFor();
  await page.waitForTimeout(SETTLING);
  const time = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) =>
          resolve(list.getEntries().at(-1)?.startTime ?? 0),
        ).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
  await context.close();
  return time;
}
