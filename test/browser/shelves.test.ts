/** Shelves of posters, and the list with details as a choice. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { answered, type Fans, names, openFans, PHONE, PICKED, rows, settled } from './visits.ts';

describe.skipIf(!hasBrowser())('shelves', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans();
  }, 180_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  const shelf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const columns = (page: Page) =>
    rows(page).evaluateAll(
      (tiles) => new Set(tiles.map((tile) => Math.round(tile.getBoundingClientRect().left))).size,
    );

  it('stand below for you, each with titles that no other has, and a verdict on one can be undone', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await shelf(page, 'Because you loved Mushishi').locator('.tile').first().waitFor();
    expect(await columns(page)).toBe(6);
    const stories = shelf(page, 'Continue your stories').locator('h3 > a');
    expect(await stories.allTextContents()).toContain('Mushishi Zoku Shou');
    expect(await names(page)).not.toContain('Mushishi Zoku Shou');
    const opened = await page
      .locator('.tile h3 > a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(opened.length).toBeGreaterThan(40);
    expect(new Set(opened).size).toBe(opened.length);
    for (const section of await page.locator('.other-shelf').all())
      expect(await section.locator('.tile').count()).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.tile-line').allTextContents()).not.toContainEqual(
      expect.stringContaining('%'),
    );

    await answered(page, () =>
      page.getByRole('button', { name: 'Seen: Mushishi Zoku Shou', exact: true }).click(),
    );
    await expect.poll(() => stories.allTextContents()).not.toContain('Mushishi Zoku Shou');
    await answered(page, () => page.getByRole('button', { name: 'Undo' }).click());
    await expect.poll(() => stories.allTextContents()).toContain('Mushishi Zoku Shou');

    const before = await names(page);
    await answered(page, () => page.getByRole('button', { name: 'Show more' }).click());
    expect(await rows(page).count()).toBe(24);
    expect((await names(page)).slice(0, 12)).toEqual(before);
  });

  it('become a list with details, which is kept', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const listed = await names(page);
    await page.getByRole('button', { name: 'Details', exact: true }).click();
    await page.locator('.list > .row .synopsis').first().waitFor();
    expect(await names(page)).toEqual(listed);
    expect((await page.locator('.list .because').allTextContents()).join()).not.toContain('%');
    await page.reload();
    await page.locator('.list > .row').first().waitFor();
    await page.getByRole('button', { name: 'Posters', exact: true }).click();
    await page.locator('.list > .tile').first().waitFor();
  });

  it('leave on a phone the field for a wish on the first screen, and buttons for a thumb', async () => {
    let page = await fans.visit('/', PHONE);
    await page.locator('.starter').nth(8).waitFor();
    const top = (what: string) =>
      page.locator(what).evaluate((element) => element.getBoundingClientRect().top);
    expect(await top('#wish')).toBeLessThan(300);
    expect(await top('.starter:nth-child(7)')).toBeLessThan(844 - 49);

    page = await fans.visit(`/${PICKED}`, PHONE);
    await settled(page);
    expect(await columns(page)).toBe(2);
    expect(await top('#wish')).toBeLessThan(300);
    const small = await page.locator('.tile .verdict-buttons button').evaluateAll((buttons) =>
      buttons.filter((button) => {
        const { width, height } = button.getBoundingClientRect();
        return width < 43.5 || height < 43.5;
      }),
    );
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
