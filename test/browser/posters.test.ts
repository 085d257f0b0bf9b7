/** Posters as a fan sees them: drawn at once, real when they have come, drawn for good when they cannot. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { anilistPage, json, openUpstreams, picture, type Upstreams } from '../support/upstreams.ts';
import { drawnPicture } from './drawn-picture.ts';
import { openPages, type Pages } from './pages.ts';
import { type Site, sampleHome, serveHome } from './site.ts';
import { MUSHISHI, PICKED } from './visits.ts';

/** Words Worth */
const ADULT = 203;

describe.skipIf(!hasBrowser())('posters on the page', () => {
  let home: string;
  let pages: Pages;
  let upstreams: Upstreams;
  let site: Site;
  /** what the console said, warnings too, and failed answers */
  const noise: string[] = [];

  beforeAll(async () => {
    [home, pages] = await Promise.all([sampleHome(), openPages(60_000)]);
  }, 300_000);
  afterAll(async () => {
    await pages?.close();
    if (home) await rm(home, { recursive: true, force: true });
  });
  afterEach(async () => {
    await pages.leave();
    await site?.close();
    await upstreams?.close();
    expect([...pages.errors.splice(0), ...noise.splice(0)]).toEqual([]);
  });

  /** Pictures are sent only after `release`, if `held`. */
  async function open({ held = false, show = 'on' as 'on' | 'off' } = {}): Promise<() => void> {
    upstreams = await openUpstreams();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    upstreams.picture = async ({ path }, response) => {
      if (held) await released;
      picture(response, drawnPicture(Number(/\d+/.exec(path)?.[0])));
    };
    await rm(join(home, 'posters'), { recursive: true, force: true });
    site = await serveHome(home, { posters: { ...upstreams.options, show } });
    return release;
  }

  async function visit(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await pages.blank({ serviceWorkers: 'allow', ...options });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') noise.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) noise.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(site.url + path);
    return page;
  }

  const starters = (page: Page) => page.locator('.starter .poster');
  const real = (page: Page) => page.locator('.starter .poster img.here');

  it('the drawn poster stands until the picture comes, which fades in where it stood', async () => {
    const release = await open({ held: true });
    const page = await visit();
    await starters(page).first().waitFor();
    await expect.poll(() => upstreams.count('/picture/')).toBeGreaterThan(3);
    expect(await page.locator('.poster img').count()).toBe(0);
    expect(await starters(page).first().locator('svg').isVisible()).toBe(true);
    const before = await starters(page).first().boundingBox();
    await page.evaluate(() => {
      document.documentElement.dataset.shift = '0';
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const sum =
            Number(document.documentElement.dataset.shift) + Number(Reflect.get(entry, 'value'));
          document.documentElement.dataset.shift = String(sum);
        }
      }).observe({ type: 'layout-shift' });
    });
    release();
    await expect.poll(() => real(page).count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(12);
    expect(await starters(page).first().boundingBox()).toEqual(before);
    expect(await page.evaluate(() => document.documentElement.dataset.shift)).toBe('0');

    const image = real(page).first();
    const title = await page.locator('.starter .caption').first().textContent();
    expect(await image.getAttribute('alt')).toBe(title);
    expect(await image.getAttribute('loading')).toBe('lazy');
    expect(
      await image.evaluate(({ width, height }: HTMLImageElement) => width / height),
    ).toBeCloseTo(225 / 318, 1);
    await expect.poll(() => image.evaluate((shown) => getComputedStyle(shown).opacity)).toBe('1');
    expect(await image.evaluate((shown) => getComputedStyle(shown).transitionDuration)).toBe(
      '0.2s',
    );
  }, 300_000);

  it('titles in view are asked for together, and no question waits for another server', async () => {
    await open({ held: true });
    const page = await visit();
    const questions: { ids: number; milliseconds: number }[] = [];
    page.on('requestfinished', (request) => {
      const url = new URL(request.url());
      if (url.pathname !== '/api/posters') return;
      const ids = url.searchParams.get('ids')?.split(',').length ?? 0;
      questions.push({ ids, milliseconds: request.timing().responseEnd });
    });
    await page.reload();
    await page.waitForTimeout(6000);
    expect(questions.length).toBeGreaterThanOrEqual(2);
    expect(questions.length).toBeLessThanOrEqual(8);
    expect(Math.max(...questions.map(({ ids }) => ids))).toBeGreaterThanOrEqual(12);
    expect(Math.max(...questions.map(({ milliseconds }) => milliseconds))).toBeLessThan(1500);
  }, 300_000);

  it('a list and a sheet get theirs, and what was seen before stands at once', async () => {
    await open();
    const page = await visit(`/${PICKED}`);
    const rows = page.locator('.list .poster img.here');
    await expect.poll(() => rows.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
    await page.locator('.list > li').first().locator('h3 > a').click();
    const sheet = page.getByRole('dialog').locator('.poster img.here');
    await sheet.first().waitFor();
    await expect.poll(() => sheet.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
  }, 300_000);

  it('nothing moves when motion is reduced', async () => {
    await open();
    const page = await visit('/', { reducedMotion: 'reduce' });
    await real(page).first().waitFor();
    expect(
      await real(page)
        .first()
        .evaluate((shown) => getComputedStyle(shown).transitionDuration),
    ).toBe('0s');
  }, 300_000);

  it('the drawn posters stay, and the console stays silent, when no source can be reached', async () => {
    await open();
    await upstreams.stop();
    const page = await visit();
    await starters(page).first().waitFor();
    await page.waitForTimeout(4000);
    expect(await page.locator('.poster img').count()).toBe(0);
    expect(await starters(page).first().locator('.poster-title').isVisible()).toBe(true);
    await upstreams.start();
    await expect.poll(() => real(page).count(), { timeout: 60_000 }).toBeGreaterThan(0);
  }, 300_000);

  it('the drawn posters stay when there are none, or something else comes instead', async () => {
    await open();
    upstreams.jikan = ({ path }, response) =>
      Number(path.split('/').at(-1)) % 2
        ? json(response, 404, {})
        : json(response, 200, '<script>alert(1)</script>');
    upstreams.anilist = ({ ids }, response) => {
      const covers = ids
        .filter((id) => id % 2)
        .map((id) => [id, `${upstreams.url}/picture/${id}`] as const);
      json(response, 200, anilistPage(new Map(covers)));
    };
    upstreams.picture = (_, response) => picture(response, Buffer.from('<html>'), 'text/html');
    const page = await visit();
    await starters(page).first().waitFor();
    await expect.poll(() => upstreams.count('/picture/'), { timeout: 60_000 }).toBeGreaterThan(2);
    await page.waitForTimeout(2000);
    expect(await page.locator('.poster img').count()).toBe(0);
  }, 300_000);

  it('the page asks once when posters are off', async () => {
    await open({ show: 'off' });
    const page = await visit();
    await starters(page).first().waitFor();
    const asked = () =>
      page.evaluate(
        () =>
          performance
            .getEntriesByType('resource')
            .filter(({ name }) => name.includes('/api/posters')).length,
      );
    await expect.poll(asked, { timeout: 60_000 }).toBe(1);
    await page.evaluate(() => scrollTo(0, 600));
    await page.waitForTimeout(2500);
    expect(await asked()).toBe(1);
    expect(upstreams.asked).toEqual([]);
  }, 300_000);

  it('an adult title keeps its drawn poster until the fan has asked for adult titles', async () => {
    await open();
    const sheet = (page: Page) => page.getByRole('dialog').locator('.about-head .poster');
    const page = await visit(`/?open=${ADULT}`);
    await sheet(page).waitFor();
    await page.waitForTimeout(2500);
    expect(await sheet(page).locator('img').count()).toBe(0);
    expect(upstreams.count(`/jikan/anime/${ADULT}`)).toBe(0);
    const linked = await visit(`/?open=${ADULT}&show=adult`);
    await sheet(linked).waitFor();
    await linked.waitForTimeout(2500);
    expect(await sheet(linked).locator('img').count()).toBe(0);
    const storageState = {
      cookies: [],
      origins: [{ origin: site.url, localStorage: [{ name: 'osusume.of-age', value: 'yes' }] }],
    };
    const grown = await visit(`/?open=${ADULT}&show=adult`, { storageState });
    await sheet(grown).locator('img.here').waitFor();
    const tame = await visit(`/?open=${MUSHISHI}`);
    await sheet(tame).locator('img.here').waitFor();
  }, 300_000);
});
