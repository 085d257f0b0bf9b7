/** Forgetting everything: what the browser keeps before and after, in every kind of storage. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { violationsOn } from './axe.ts';
import { fragment } from './pages.ts';
import { type Fans, MUSHISHI, openFans, PHONE, PICKED, settled } from './visits.ts';

const BUTTON = 'Forget everything in this browser';

/** In the page: all that a site can keep in a browser, apart from cookies. */
async function kept() {
  const cacheNames = await caches.keys();
  const cached = await Promise.all(
    cacheNames.map(async (name) => {
      const requests = await (await caches.open(name)).keys();
      return requests.map(({ url }) => new URL(url).pathname);
    }),
  );
  return {
    local: Object.keys(localStorage).sort(),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cached: cached.flat(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    address: location.pathname + location.search + location.hash,
    state: JSON.stringify(history.state),
  };
}

const NOTHING = {
  local: [],
  session: [],
  databases: [],
  cached: [],
  workers: 0,
  address: '/',
  state: 'null',
};

describe.skipIf(!hasBrowser())('forgetting everything', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans();
  }, 300_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  const chips = (page: Page) => page.locator('.pick');
  const drawer = (page: Page) => page.locator('.drawer summary');
  async function ask(page: Page): Promise<void> {
    await drawer(page).click();
    await page.getByRole('button', { name: BUTTON }).click();
    await page.getByRole('dialog', { name: `${BUTTON}?` }).waitFor();
  }
  const confirm = (page: Page) =>
    Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Forget everything', exact: true }).click(),
    ]);

  /** The script of the next page load is asked for, and comes when it is released. */
  async function holdScript(page: Page) {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    await page.route('**/main.js', async (route) => {
      ask();
      await released;
      await route.continue();
    });
    return { asked, release };
  }

  /** A page that has something in every kind of storage. */
  async function usedPage(): Promise<Page> {
    const page = await fans.visit(`/taste${PICKED}`, { serviceWorkers: 'allow' });
    await page.getByRole('heading', { name: 'My taste' }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.locator('.screens a').first().click();
    await settled(page);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    // The address takes precedence over what is kept, and is written a moment later.
    await expect.poll(() => fragment(page)).toContain('lang=en');
    await page.reload();
    await settled(page);
    await page.evaluate(async (animeId) => {
      sessionStorage.setItem('of-this-tab', 'x');
      await fetch(`/api/anime/${animeId}`);
      await new Promise((resolve) => {
        indexedDB.open('of-another-release').onsuccess = (event) => {
          (event.target as IDBOpenDBRequest).result.close();
          resolve(undefined);
        };
      });
    }, MUSHISHI);
    await expect
      .poll(async () => (await page.evaluate(kept)).cached)
      .toContain(`/api/anime/${MUSHISHI}`);
    return page;
  }

  it('leaves nothing in any storage, and the page begins as at a first visit', async () => {
    const page = await usedPage();
    const before = await page.evaluate(kept);
    expect(before.local).toEqual(
      expect.arrayContaining([
        'osusume.list',
        'osusume.settings',
        'osusume.titles',
        'osusume.visit',
      ]),
    );
    expect(before).toMatchObject({
      session: ['of-this-tab'],
      databases: ['of-another-release'],
      workers: 1,
      address: expect.stringContaining('#picks='),
    });
    expect(before.cached).toContain('/');

    await ask(page);
    const script = await holdScript(page);
    await page.getByRole('button', { name: 'Forget everything', exact: true }).click();
    await script.asked;
    // At the start of the page that follows, before its script runs.
    expect(await page.evaluate(kept)).toEqual(NOTHING);
    expect(await page.context().cookies()).toEqual([]);
    script.release();

    await page.locator('.starter').first().waitFor();
    expect(await chips(page).count()).toBe(0);
    const first = await fans.visit('/', { serviceWorkers: 'allow' });
    await first.locator('.starter').first().waitFor();
    expect((await page.evaluate(kept)).local).toEqual((await first.evaluate(kept)).local);
  });

  it('forgets what is in the history of the tab too', async () => {
    const page = await usedPage();
    // Another page load, then a sheet that has been closed.
    await page.locator('.sign').click();
    await settled(page);
    await page.locator('.list > li h3 > a').first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await ask(page);
    await confirm(page);
    await page.locator('.starter').first().waitFor();

    await page.goForward();
    await page.locator('.starter').first().waitFor();
    expect([await chips(page).count(), await page.evaluate(() => location.hash)]).toEqual([0, '']);
    for (const _ of [1, 2, 3]) {
      await page.goBack();
      await expect.poll(() => page.evaluate(() => location.hash)).toBe('');
      expect(await chips(page).count()).toBe(0);
    }
    expect(await page.evaluate(() => localStorage.getItem('osusume.visit'))).toBe('');
  });

  it('reaches the other tabs, which write nothing back', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const other = await page.context().newPage();
    await other.goto(`${fans.site.url}/`);
    await settled(other);
    await ask(page);
    await Promise.all([other.waitForEvent('load'), confirm(page)]);
    for (const tab of [page, other]) {
      await tab.locator('.starter').first().waitFor();
      expect(await chips(tab).count()).toBe(0);
    }
  });

  it('is done with the keyboard, begins at the safe answer, and Esc keeps everything', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await drawer(page).focus();
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    for (let press = 0; press < 10 && (await focused()) !== BUTTON; press++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Keep it');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe(BUTTON);
    expect(await chips(page).count()).toBe(3);

    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Keep it');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Forget everything');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await page.locator('.starter').first().waitFor();
    expect(await chips(page).count()).toBe(0);
  });

  it.each([
    ['dark, wide', {}],
    ['light, on a phone', { ...PHONE, colorScheme: 'light' as const }],
  ])('is for everyone (%s)', async (_, options) => {
    const page = await fans.visit(`/${PICKED}`, options);
    await settled(page);
    await drawer(page).click();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: BUTTON }).click();
    await page.getByRole('dialog').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      await page.evaluate(() => innerWidth),
    );
  });

  it('speaks Japanese', async () => {
    const page = await fans.visit(`/${PICKED}&lang=ja`);
    await settled(page);
    await drawer(page).click();
    await page.getByRole('button', { name: 'このブラウザの記録をすべて消す' }).click();
    await page.getByRole('dialog', { name: 'このブラウザの記録をすべて消しますか？' }).waitFor();
    await page.getByRole('button', { name: 'すべて消す', exact: true }).click();
    await page.locator('.starter').first().waitFor();
    expect(await page.evaluate(() => localStorage.getItem('osusume.settings'))).toBeNull();
  });
});
