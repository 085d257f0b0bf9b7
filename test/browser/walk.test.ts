/** What a fan does, from the first visit to a train without a network. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SCREENS } from '../../src/web/app/screens.ts';
import { hasBrowser } from '../support/chromium.ts';
import { fragment } from './pages.ts';
import {
  answered,
  type Fans,
  MUSHISHI,
  names,
  openFans,
  openRules,
  PHONE,
  PICKED,
  rows,
  STEINS_GATE,
  settled,
} from './visits.ts';

describe.skipIf(!hasBrowser())('a fan', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans();
  }, 300_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  const kept = (page: Page) =>
    page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      return (await caches.match('/')) !== undefined;
    });

  it('walks from the first visit to a list that is still there without a server', async () => {
    // First visit: three taps, and a list.
    const page = await fans.visit('/', { serviceWorkers: 'allow', locale: 'en-GB' });
    const posters = page.locator('.starter-button');
    for (const place of [0, 1, 2]) await answered(page, () => posters.nth(place).click());
    expect(await rows(page).count()).toBe(12);
    await expect
      .poll(
        async () =>
          new URLSearchParams((await fragment(page)).slice(1)).get('picks')?.split(',').length,
      )
      .toBe(3);

    // The link, in a browser that has never been here.
    const friend = await fans.visit(`/${await fragment(page)}`, { locale: 'en-GB' });
    await settled(friend);
    expect(await names(friend)).toEqual(await names(page));
    expect(await friend.locator('.pick').count()).toBe(3);

    // A filter takes titles away, and others come in their place.
    const before = await names(page);
    await openRules(page);
    await answered(page, () => page.getByRole('button', { name: 'Film', exact: true }).click());
    const films = await names(page);
    expect(films.length).toBeGreaterThanOrEqual(10);
    expect(films.some((name) => !before.includes(name))).toBe(true);
    for (const facts of await rows(page).locator('.facts').allTextContents())
      expect(facts).toContain('Film');
    await answered(page, () => page.getByRole('button', { name: 'Film', exact: true }).click());
    expect(await names(page)).toEqual(before);

    // A reason that is not to count: the list with details names them.
    await page.getByRole('button', { name: 'Details' }).click();
    const reason = (await page.locator('.because a').first().textContent()) ?? '';
    await answered(page, () =>
      page
        .getByRole('button', { name: `Do not count ${reason} as a reason` })
        .first()
        .click(),
    );
    await expect.poll(() => fragment(page)).toContain('without=');
    expect(await page.locator('.because a').allTextContents()).not.toContain(reason);
    expect(await names(page)).not.toContain(reason);
    expect(await page.locator('.excluded s').textContent()).toBe(reason);
    await answered(page, () =>
      page.getByRole('button', { name: `Undo: count ${reason} again` }).click(),
    );
    expect(await names(page)).toEqual(before);
    await expect.poll(() => fragment(page)).not.toContain('without=');

    // Another language, and it stays.
    await page.getByRole('button', { name: '日本語' }).click();
    await page.getByRole('heading', { name: 'あなたへのおすすめ' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja');
    await expect.poll(() => fragment(page)).toContain('lang=ja');
    await settled(page);
    const japanese = await names(page);
    expect(japanese.join('')).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);

    // The server goes, and the page is opened again.
    expect(await kept(page)).toBe(true);
    await fans.site.stop();
    try {
      await page.goto(`${fans.site.url}/`);
      await page.getByText('下にあるのは、最後に届いたリストです。').waitFor();
      expect(await names(page)).toEqual(japanese);
      expect(await page.locator('.pick').count()).toBe(3);
      // with their names, which the server was asked for before
      expect(await page.locator('button.pick-title').count()).toBe(3);
    } finally {
      await fans.site.start();
    }
    // Nobody presses anything: the page keeps asking.
    await expect
      .poll(() => page.getByText('下にあるのは、最後に届いたリストです。').count(), {
        timeout: 20_000,
      })
      .toBe(0);
  }, 180_000);

  it('speaks the language of the browser first, and of the link before that', async () => {
    const japanese = await fans.visit('/', { locale: 'ja-JP' });
    await japanese.getByRole('heading', { name: '次、何を見よう？' }).waitFor();
    expect(await japanese.title()).toContain('おすすめ');
    const linked = await fans.visit('/?lang=en', { locale: 'ja-JP' });
    await linked.getByRole('heading', { name: 'What should I watch next?' }).waitFor();
    const french = await fans.visit('/', { locale: 'fr-FR' });
    await french.getByRole('heading', { name: 'What should I watch next?' }).waitFor();
  });

  it('chooses the script of titles and the theme by themselves, and both stay', async () => {
    const page = await fans.visit(`/?open=${MUSHISHI}`, { colorScheme: 'dark' });
    await page.getByRole('heading', { name: 'Mushishi', level: 2, exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.drawer summary').click();
    await page.getByLabel('Japanese', { exact: true }).click();
    await page.getByLabel('Light', { exact: true }).click();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('light');
    await expect.poll(() => fragment(page)).toContain('titles=japanese');
    await page.goto(`${fans.site.url}/?open=${MUSHISHI}`);
    await page.getByRole('heading', { name: '蟲師', level: 2, exact: true }).waitFor();
    expect(await theme()).toBe('light');
    await page.getByText('A 26-episode TV series').waitFor();
  });

  it('gets adult titles only after saying to be old enough, and no link says it instead', async () => {
    const page = await fans.visit(`/${PICKED}&show=adult`);
    await settled(page);
    await openRules(page);
    const adult = page.getByRole('switch', { name: '18+' });
    expect(await adult.isChecked()).toBe(false);
    await adult.click();
    await page.getByRole('button', { name: 'Leave them out' }).click();
    expect(await adult.isChecked()).toBe(false);
    await adult.click();
    const asked = page.waitForRequest('**/api/shelves');
    await page.getByRole('button', { name: 'I am 18 or older' }).click();
    expect((await asked).postDataJSON().rules.adult).toBe(true);
    await expect.poll(() => adult.isChecked()).toBe(true);
    // Once: the next visit does not ask.
    await page.goto(`${fans.site.url}/${PICKED}`);
    await settled(page);
    await openRules(page);
    await answered(page, () => adult.click());
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await adult.isChecked()).toBe(true);
  });

  it('sets a floor of members, and takes what is planned in', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await openRules(page);
    const asked = page.waitForRequest('**/api/shelves');
    await answered(page, () => page.getByLabel('On lists', { exact: true }).selectOption('500000'));
    expect((await asked).postDataJSON()).toMatchObject({
      whole: false,
      rules: { minMembers: 500_000 },
    });
    await expect.poll(() => fragment(page)).toContain('members=500000');
    const [first] = await names(page);
    await answered(page, () =>
      page.getByRole('button', { name: `Plan to watch: ${first}`, exact: true }).click(),
    );
    expect(await names(page)).not.toContain(first);
    await answered(page, () => page.getByRole('switch', { name: 'Also what I plan' }).click());
    expect(await names(page)).toContain(first);
    const plan = page.getByRole('button', { name: `Plan to watch: ${first}`, exact: true });
    expect(await plan.getAttribute('aria-pressed')).toBe('true');
  });

  it('opens each screen by its address, and goes back', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const before = await names(page);
    for (const { path } of SCREENS) {
      await page.locator(`.screens a[href^="${path}"]`).click();
      await expect.poll(() => page.evaluate(() => location.pathname)).toBe(path);
      expect(await fragment(page)).toContain('picks=');
      await page.goBack();
      await settled(page);
      expect(await names(page)).toEqual(before);
      const answer = await page.request.get(fans.site.url + path);
      expect([answer.status(), answer.headers()['content-type']]).toEqual([
        200,
        'text/html; charset=utf-8',
      ]);
    }
    const nowhere = await page.request.get(`${fans.site.url}/no-such-screen`);
    expect(nowhere.status()).toBe(404);
  });

  it('asks for one list per tap', async () => {
    const page = await fans.visit('/');
    let lists = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/shelves')) lists++;
    });
    const starters = page.locator('.starter-button');
    for (let place = 0; place < 6; place++) await answered(page, () => starters.nth(place).click());
    expect(lists).toBe(6);
  });

  it.runIf(process.env.OSUSUME_SCREENS === '1')('screens for the README are taken', async () => {
    const folder = join(import.meta.dirname, '../../docs/screens');
    await mkdir(folder, { recursive: true });
    const take = async (name: string, path: string, options: BrowserContextOptions) => {
      const page = await fans.visit(path, { colorScheme: 'dark', locale: 'en-GB', ...options });
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(1500);
      await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 86 });
    };
    const wide = { viewport: { width: 1280, height: 960 } };
    await take('list', `/${PICKED}`, wide);
    await take('first', '/', { viewport: { width: 1280, height: 800 } });
    await take('list-japanese', `/${PICKED}&lang=ja`, wide);
    await take('list-light', `/${PICKED}`, { ...wide, colorScheme: 'light' });
    await take('taste', `/taste${PICKED},30.3,1.9`, wide);
    await take('map', `/map${PICKED},30.3,1.9`, wide);
    await take('watchlist', `/watchlist${PICKED},5114.plan,21.plan,1575.plan,199.plan`, wide);
    await take('list-phone', `/${PICKED}`, PHONE);
    await take('phone', `/?open=${STEINS_GATE}`, { ...PHONE, colorScheme: 'light' });
  });
});
