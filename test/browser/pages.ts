/** Pages of one browser with nothing stored in them, closed together, and the errors they throw. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './site.ts';

export interface Pages {
  readonly browser: Browser;
  /** errors that pages have thrown since they were last asked for */
  readonly errors: string[];
  /** an empty page of its own context */
  blank(options?: BrowserContextOptions): Promise<Page>;
  /** closes the pages that were opened since the last time */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** @param patience milliseconds that a page waits for what it is asked for */
export async function openPages(patience = 15_000): Promise<Pages> {
  const browser = await openBrowser();
  const pages: Page[] = [];
  const errors: string[] = [];
  return {
    browser,
    errors,
    async blank(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        // What a service worker asks for cannot be played by tests.
        serviceWorkers: 'block',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(patience);
      page.on('pageerror', (error) => errors.push(error.message));
      pages.push(page);
      return page;
    },
    async leave() {
      await Promise.all(pages.splice(0).map((page) => page.context().close()));
    },
    close: () => browser.close(),
  };
}

/** The fragment, as the page itself sees it; Playwright may still have an earlier one. */
export const fragment = (page: Page) => page.evaluate(() => location.hash);
