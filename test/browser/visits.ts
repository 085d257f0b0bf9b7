/** A fan's browser: opens pages of the site, and what a fan sees and taps there. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openPages, type Pages } from './pages.ts';
import { openSite, type Site } from './site.ts';

export const MUSHISHI = 457;
export const STEINS_GATE = 9253;
export const NATSUME = 4081;
export const PICKED = `#picks=${MUSHISHI}.10,${STEINS_GATE}.9,${NATSUME}.8`;
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

export interface Fans extends Pages {
  readonly site: Site;
  /** a page of its own context at an address of the site */
  visit(path?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** @param patience as openPages() takes it */
export async function openFans(
  opening: Promise<Site> = openSite(),
  patience?: number,
): Promise<Fans> {
  const [site, pages] = await Promise.all([opening, openPages(patience)]);
  return {
    ...pages,
    site,
    async visit(path = '/', options) {
      const page = await pages.blank(options);
      await page.goto(site.url + path);
      return page;
    },
    async close() {
      await pages.close();
      await site.close();
    },
  };
}

export const rows = (page: Page) => page.locator('.list > li[data-id]');
export const names = (page: Page) => rows(page).locator('h3 > a').allTextContents();
export const settled = (page: Page) =>
  page.locator('.list[aria-busy="false"] > li').first().waitFor();

export const openRules = (page: Page) => page.locator('.rules > summary').click();

/** Does something that changes the list, and waits for the list that follows. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/shelves'));
  await Promise.all([answer, act()]);
  await settled(page);
}
