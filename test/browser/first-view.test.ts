/** What a first visit shows before any script has arrived, and that the page takes it over as it stands. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/web/i18n/en.ts';
import { ja } from '../../src/web/i18n/ja.ts';
import { hasBrowser } from '../support/chromium.ts';
import { type Fans, openFans, PICKED } from './visits.ts';

describe.skipIf(!hasBrowser())('the first view', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans();
  }, 300_000);
  afterAll(() => fans?.close());
  afterEach(() => fans.leave());

  /** Opens a page that never gets the page's script. */
  async function withoutScript(page: Page, path: string): Promise<string> {
    await page.route('**/main.js', (route) => route.abort());
    await page.goto(fans.site.url + path);
    return page.locator('#page').innerText();
  }

  it.each([
    ['en-GB', 'en', en.start.question],
    ['ja-JP', 'ja', ja.start.question],
    ['fr-FR', 'en', en.start.question],
  ])(
    'stands there without script, in the language of a browser that speaks %s',
    async (locale, language, question) => {
      const page = await fans.blank({ locale });
      expect(await withoutScript(page, '/')).toContain(question);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
    },
  );

  it.each(['/taste', '/map', '/no-such-page', `/${PICKED}`, '/?lang=ja', '/#lang=ja'])(
    'does not flash up at %s',
    async (path) => {
      expect(await withoutScript(await fans.blank(), path)).toBe('');
    },
  );

  it('does not flash up for someone who comes back', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await page.locator('.list > li[data-id]').first().waitFor();
    expect(await withoutScript(page, '/')).toBe('');
  });

  it.each(['en-GB', 'ja-JP'])('is taken over as it stands (%s)', async (locale) => {
    const page = await fans.blank({ locale });
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    await page.addInitScript(() => {
      // Before the page's own script, which runs once the document has been read.
      document.addEventListener('readystatechange', () => {
        if (document.readyState !== 'interactive') return;
        const drawn = document.querySelectorAll('#page h1, #page header, #page main, #page input');
        Object.assign(globalThis, { drawn: [...drawn] });
      });
    });
    await page.goto(fans.site.url);
    await page.locator('.starter').first().waitFor();
    const kept = await page.evaluate(() =>
      (globalThis as unknown as { drawn: Element[] }).drawn.map((element) => element.isConnected),
    );
    expect(kept.length).toBeGreaterThan(5);
    expect(kept).not.toContain(false);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('.skeleton-poster').count()).toBe(0);
    await page.locator('.starter button').first().click();
    await page.locator('.list > li[data-id]').first().waitFor();
    expect(wrong).toEqual([]);
  });
});
