/** A fan's browser: opens pages with nothing stored in them, and what a fan sees and taps there. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, openSite, type Site } from './site.ts';

export const MUSHISHI = 457;
export const STEINS_GATE = 9253;
export const NATSUME = 4081;
export const PICKED = `?picks=${MUSHISHI}.10,${STEINS_GATE}.9,${NATSUME}.8`;
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

export interface Fans {
  readonly site: Site;
  readonly browser: Browser;
  /** errors that pages have thrown since they were last asked for */
  readonly errors: string[];
  /** an empty page of its own context */
  blank(options?: BrowserContextOptions): Promise<Page>;
  /** the same at an address of the site */
  visit(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** closes the pages that were opened since the last time */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function openFans(): Promise<Fans> {
  const [site, browser] = await Promise.all([openSite(), openBrowser()]);
  const pages: Page[] = [];
  const errors: string[] = [];
  async function blank(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      serviceWorkers: 'block',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => errors.push(error.message));
    pages.push(page);
    return page;
  }
  return {
    site,
    browser,
    errors,
    blank,
    async visit(path = '/', options) {
      const page = await blank(options);
      await page.goto(site.url + path);
      return page;
    },
    async leave() {
      await Promise.all(pages.splice(0).map((page) => page.context().close()));
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

export const rows = (page: Page) => page.locator('.list .row');
export const names = (page: Page) => rows(page).locator('h3 > a').allTextContents();
export const settled = (page: Page) =>
  page.locator('.list[aria-busy="false"] .row').first().waitFor();

/** Does something that changes the list, and waits for the list that follows. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const answer = page.waitForResponse((response) =>
    response.url().endsWith('/api/recommendations'),
  );
  await Promise.all([answer, act()]);
  await settled(page);
}
