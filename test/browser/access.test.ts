/** Everyone can use it: axe finds nothing on any screen in any state, and the keyboard reaches everything. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SCREENS } from '../../src/web/app/screens.ts';
import { hasBrowser } from '../support/chromium.ts';
import { violationsOn } from './axe.ts';
import { fragment } from './pages.ts';
import { type Fans, MUSHISHI, NATSUME, openFans, PHONE, PICKED, settled } from './visits.ts';

interface State {
  readonly name: string;
  readonly path: string;
  /** brings the page there */
  readonly act?: (page: Page) => Promise<unknown>;
  readonly options?: BrowserContextOptions;
}

const LIGHT: BrowserContextOptions = { colorScheme: 'light' };
const STATES: readonly State[] = [
  { name: 'the first page', path: '/', act: (page) => page.locator('.starter').first().waitFor() },
  { name: 'a list', path: `/${PICKED}`, act: settled },
  {
    name: 'a list with a title set aside and genres open',
    path: `/${PICKED}&without=${MUSHISHI}&in=Comedy&out=Drama`,
    act: async (page) => {
      await page.locator('.excluded').waitFor();
      await page.locator('.rules > summary').click();
      await page.locator('.genres > summary').click();
    },
  },
  {
    name: 'a list with nothing in it',
    path: `/${PICKED}&types=Music&years=1910-1911`,
    act: (page) => page.getByText('Nothing left with these filters.').waitFor(),
  },
  {
    name: 'a sheet',
    path: `/${PICKED}&open=${NATSUME}`,
    act: (page) => page.locator('.similar .posters .caption').first().waitFor(),
  },
  {
    name: 'the menu of a poster',
    path: '/',
    act: async (page) => {
      await page.locator('.starter-button').first().click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'the drawer of titles and theme',
    path: '/',
    act: async (page) => {
      await page.locator('.starter').first().waitFor();
      await page.locator('.drawer summary').click();
    },
  },
  {
    name: 'a search',
    path: '/',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Search' }).fill('mushi');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'the question about age',
    path: `/${PICKED}`,
    act: async (page) => {
      await page.locator('.rules > summary').click();
      await page.getByRole('switch', { name: '18+' }).click();
      await page.getByRole('button', { name: 'I am 18 or older' }).waitFor();
    },
  },
  {
    name: 'what was said about a title',
    path: `/${PICKED}`,
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Seen: / })
        .first()
        .click();
      await page.locator('.toast').waitFor();
    },
  },
  { name: 'a person', path: '/?user=5', act: settled },
  { name: 'an address without a screen', path: '/nowhere' },
  { name: 'a list in Japanese', path: `/${PICKED}&lang=ja`, act: settled },
  { name: 'a light first page', path: '/', options: LIGHT },
  { name: 'a light list', path: `/${PICKED}`, act: settled, options: LIGHT },
  {
    name: 'a light sheet',
    path: `/${PICKED}&open=${NATSUME}`,
    act: (page) => page.locator('.similar .posters .caption').first().waitFor(),
    options: LIGHT,
  },
  { name: 'a list on a phone', path: `/${PICKED}`, act: settled, options: PHONE },
  {
    name: 'rules on a phone',
    path: `/${PICKED}`,
    act: async (page) => {
      await settled(page);
      await page.locator('.rules > summary').click();
    },
    options: PHONE,
  },
  ...SCREENS.flatMap(({ path }): State[] => [
    { name: `the screen ${path}`, path: `${path}${PICKED}` },
    {
      name: `the light screen ${path} in Japanese`,
      path: `${path}${PICKED}&lang=ja`,
      options: LIGHT,
    },
    { name: `the screen ${path} on a phone`, path: `${path}${PICKED}`, options: PHONE },
  ]),
];

describe.skipIf(!hasBrowser())('the page for everyone', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans();
  }, 300_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  it.each(STATES)(
    'axe finds nothing wrong with $name',
    async ({ path, act, options }) => {
      // Nothing is half faded in while colours are compared.
      const page = await fans.visit(path, { reducedMotion: 'reduce', ...options });
      await page.waitForLoadState('networkidle');
      await act?.(page);
      expect(await violationsOn(page)).toEqual([]);
    },
    120_000,
  );

  it('the keyboard alone: skip, screens, language, titles, rules, reasons, and back again', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0] : null;
        return (
          activeElement?.getAttribute('aria-label') ??
          (label ?? activeElement)?.textContent?.trim() ??
          ''
        );
      });
    const tabTo = async (label: RegExp, key = 'Tab') => {
      for (let press = 0; press < 150; press++) {
        if (label.test(await focused())) return;
        await page.keyboard.press(key);
      }
      throw new Error(`${key} never reached ${label}`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');

    await tabTo(/^日本語$/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'あなたへのおすすめ' }).waitFor();
    await tabTo(/^EN$/, 'Shift+Tab');
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'For you' }).waitFor();

    await tabTo(/^Display$/);
    await page.keyboard.press('Enter');
    await tabTo(/^Japanese$|^Romaji$/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => fragment(page)).toContain('titles=english');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Display');
    expect(await page.locator('.drawer').getAttribute('open')).toBeNull();

    await tabTo(/^Details$/);
    await page.keyboard.press('Enter');
    await page.locator('.list > .row').first().waitFor();
    await tabTo(/^Rules/);
    await page.keyboard.press('Enter');
    await page.locator('details.rules[open]').waitFor();
    await tabTo(/^One per story$/);
    await page.keyboard.press('Space');
    await expect.poll(() => fragment(page)).toContain('show=franchises');
    await tabTo(/^18\+$/);
    await page.keyboard.press('Space');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await tabTo(/^Do not count .* as a reason$/);
    await page.keyboard.press('Enter');
    await page.locator('.excluded').waitFor();
    await tabTo(/^Undo: count .* again$/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.excluded').waitFor({ state: 'detached' });
  });

  it('nothing moves for those who prefer reduced motion', async () => {
    const page = await fans.visit(`/${PICKED}`, { reducedMotion: 'reduce' });
    await settled(page);
    await page.locator('.list > li h3 > a').first().click();
    await page.getByRole('dialog').waitFor();
    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter((animation) => {
          const duration = animation.effect?.getComputedTiming().duration;
          return typeof duration === 'number' && duration > 1;
        }).length,
    );
    expect(moving).toBe(0);
  });
});
