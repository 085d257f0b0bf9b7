/** A server whose operator has switched off the lists of the data set's people (serve.people). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSite } from './site.ts';
import { type Fans, MUSHISHI, openFans, PICKED, settled } from './visits.ts';

let fans: Fans;
beforeAll(async () => {
  fans = await openFans(openSite(undefined, { people: false }));
});
afterEach(async () => {
  expect(fans.errors.splice(0)).toEqual([]);
  await fans.leave();
});
afterAll(() => fans.close());

describe('the page where people are switched off', () => {
  it.each([
    ['/', 'en', /person/i],
    ['/#lang=ja', 'ja', /データ(の中)?の人|番の人/],
    [`/taste${PICKED}`, 'en', /person/i],
    [`/map${PICKED}`, 'en', /person/i],
  ])('offers no person of the data set: %s', async (path, language, mention) => {
    const page = await fans.visit(path);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await page.locator('#user').count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toMatch(mention);
  });

  it.each(['/#user=5', '/?user=5', '/taste#user=5', '/map#user=5'])(
    'a link to a person leads to the visitor’s own picks: %s',
    async (path) => {
      const page = await fans.visit(`/#picks=${MUSHISHI}.10`);
      await settled(page);
      await page.goto('about:blank');
      await page.goto(fans.site.url + path);
      await expect.poll(() => page.evaluate(() => location.hash)).toContain(`${MUSHISHI}.10`);
      expect(await page.evaluate(() => location.href)).not.toContain('user=');
      expect(await page.locator('main').innerText()).not.toMatch(/person 5/);
    },
  );
});
