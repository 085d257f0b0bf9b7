/** Every screen works under its content security policy: nothing is blocked, and the console has no error. */
import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from '../../src/serve.ts';
import { KEY } from '../support/admin-site.ts';
import { hasBrowser } from '../support/chromium.ts';
import { openPortal, type Portal } from '../support/portal.ts';
import { openPages, type Pages } from './pages.ts';
import { sampleHome } from './site.ts';
import { MUSHISHI, PICKED, settled } from './visits.ts';

const QUIET = { info: () => {}, error: () => {} };
/** The strictest policy with which a portal can use the element. */
const portalPolicy = (server: string) =>
  `default-src 'none'; script-src ${server}; connect-src ${server}; img-src ${server}`;

describe.runIf(hasBrowser())('under its content security policy', () => {
  let home: string;
  let served: Served;
  let portal: Portal;
  let pages: Pages;
  let complaints: string[];

  beforeAll(async () => {
    [home, pages, portal] = await Promise.all([sampleHome(), openPages(20_000), openPortal()]);
    const options = { host: '127.0.0.1', port: 0, adminKey: KEY, logger: QUIET };
    served = await serve({ home, ...options, allowedOrigins: [portal.origin] });
  });
  afterEach(async () => {
    await pages.leave();
    expect([...complaints, ...pages.errors.splice(0)]).toEqual([]);
  });
  afterAll(async () => {
    await pages?.close();
    await served?.close();
    portal?.close();
    await rm(home, { recursive: true, force: true });
  });

  async function visit(path: string, base = served.url): Promise<Page> {
    complaints = [];
    const page = await pages.blank({ serviceWorkers: 'allow' });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(`${message.text()} (${message.location().url})`);
    });
    await page.exposeFunction('blocked', (what: string) => complaints.push(what));
    await page.addInitScript(() =>
      addEventListener('securitypolicyviolation', (event) =>
        Reflect.get(window, 'blocked')(`${event.effectiveDirective} blocks ${event.blockedURI}`),
      ),
    );
    await page.goto(base + path);
    return page;
  }
  /** An answer of the server that is meant, not a complaint. */
  const expected = (text: RegExp) => {
    complaints = complaints.filter((line) => !text.test(line));
  };

  it('the page makes a list, opens a title, and works offline', async () => {
    const page = await visit(`/${PICKED}`);
    await settled(page);
    await page.locator('.list > li h3 > a').first().click();
    await page.getByRole('dialog').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.goto(`${served.url}/`);
    await page.evaluate(() => navigator.serviceWorker.controller?.state);
    await page.locator('main').waitFor();
  });

  it.each([
    ['the first view', '/', 'main'],
    ['the first view in Japanese', '/?lang=ja', 'main'],
    ['a title', `/?open=${MUSHISHI}`, '[role=dialog], dialog[open]'],
    ['taste', `/taste${PICKED}`, 'main svg'],
  ])('%s shows', async (_, path, place) => {
    const page = await visit(path);
    await page.locator(place).first().waitFor();
    await page.waitForLoadState('networkidle');
  });

  it('the map shows, or says that there is none', async () => {
    const page = await visit('/map');
    await page.locator('main').waitFor();
    await page.waitForLoadState('networkidle');
    expected(/404.*\/api\/map/);
  });

  it('an unknown address shows the page', async () => {
    const page = await visit('/no-such-screen');
    await page.locator('main').waitFor();
    expected(/404.*no-such-screen/);
  });

  it('the reference of the API shows, and sends a request', async () => {
    const page = await visit('/docs');
    await page.locator('#operations-Service-getHealth .opblock-summary-control').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table .response-col_status').first().waitFor();
    expect(await page.locator('.live-responses-table tbody').textContent()).toContain('200');
  });

  it('the console shows everything', async () => {
    const page = await visit('/admin');
    await page.locator('#admin-key').fill(KEY);
    await page.keyboard.press('Enter');
    await page.locator('#health table').waitFor();
    await page.waitForLoadState('networkidle');
    expected(/404.*\/api\/admin\/leaderboard/);
  });

  it('the element works in a page of another origin that allows no inline style', async () => {
    const { url } = served;
    const body = `<script type="module" src="${url}/embed.js"></script>
      <osusume-recommendations ratings="${MUSHISHI}:9" limit="3"></osusume-recommendations>`;
    const page = await visit('/', portal.page(body, portalPolicy(url)).slice(0, -1));
    const row = page.locator('osusume-recommendations li.item').first();
    await row.waitFor();
    expect(await row.evaluate((node) => getComputedStyle(node).display)).not.toBe('list-item');
    await page.waitForLoadState('networkidle');
    expected(/favicon/);
  });
});
