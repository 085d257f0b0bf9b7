/** What the page says in words: a wish that becomes chips, and why a title suits. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { fragment } from './pages.ts';
import { openSite } from './site.ts';
import { type Fans, MUSHISHI, openFans, STEINS_GATE } from './visits.ts';

const PICKED = `#picks=${STEINS_GATE}.9,1.8`;

describe.skipIf(!hasBrowser())('words on the page', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans(openSite(), 30_000);
  }, 300_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  const wish = (page: Page) => page.getByLabel('Say it in your own words');
  const chips = (page: Page) => page.locator('.wish-chips li');
  const rows = (page: Page) => page.locator('.list[aria-busy="false"] > li');

  it('a wish becomes a list, chips and an address that can be shared; each chip can be taken back', async () => {
    const page = await fans.visit('/');
    await wish(page).fill('something like Mushishi but funnier, no horror');
    await page.keyboard.press('Enter');
    await page
      .getByText('Looking for something like Mushishi, with comedy, without horror.')
      .waitFor();
    expect(await chips(page).allTextContents()).toEqual([
      'like Mushishi×',
      '＋ Comedy×',
      'no Horror×',
    ]);
    await expect.poll(() => fragment(page)).toContain(`like=${MUSHISHI}&in=Comedy&out=Horror`);
    await rows(page).first().waitFor();
    expect(await page.locator('.list h3 > a').allTextContents()).not.toContain('Mushishi');
    // The list begins in the window, the field with the wish keeps the focus.
    const top = () =>
      rows(page)
        .first()
        .evaluate((row) => row.getBoundingClientRect().top / innerHeight);
    await expect.poll(top).toBeLessThan(1);
    expect(await wish(page).evaluate((field) => field === document.activeElement)).toBe(true);

    const shared = await fans.visit(`/${await fragment(page)}`);
    await chips(shared).first().waitFor();
    await expect
      .poll(() => chips(shared).allTextContents())
      .toEqual(['like Mushishi×', '＋ Comedy×', 'no Horror×']);

    await page.getByRole('button', { name: 'Take back: ＋ Comedy' }).click();
    await expect.poll(() => fragment(page)).not.toContain('in=Comedy');
    await page.getByRole('button', { name: 'Take back: like Mushishi' }).click();
    await expect.poll(() => fragment(page)).not.toContain('like=');
    expect(await chips(page).allTextContents()).toEqual(['no Horror×']);
  }, 120_000);

  it('a wish without a title refines the last; one that is not understood says so and leaves nothing of it', async () => {
    const page = await fans.visit(`/${PICKED}&like=${MUSHISHI}`);
    await chips(page).first().waitFor();
    await wish(page).fill('for my 9 year old, under 13 episodes');
    await page.keyboard.press('Enter');
    await page.getByText('at most 12 episodes, rated PG at most for somebody of 9.').waitFor();
    expect(await chips(page).allTextContents()).toEqual([
      ...['like Mushishi×', 'no Dementia×', 'no Ecchi×', 'no Horror×'],
      ...['up to 12 episodes×', 'rated PG at most×'],
    ]);
    await expect.poll(() => fragment(page)).toContain('age=PG');
    await wish(page).fill('at least 8 clowns');
    await page.keyboard.press('Enter');
    await page.getByText('I did not understand “at least 8” and “clowns”.').waitFor();
    // The limit for a child stays until somebody takes it back.
    await chips(page).nth(1).waitFor({ state: 'detached' });
    expect(await chips(page).allTextContents()).toEqual(['rated PG at most×']);
    expect(await wish(page).inputValue()).toBe('at least 8 clowns');
    await expect.poll(() => fragment(page)).not.toContain('like=');
  }, 120_000);

  it('says why a title suits, above the exact shares, and who wrote it', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await rows(page).first().locator('h3 a').click();
    await page.getByText('Put together from these facts, word by word.').waitFor();
    const text = page.locator('.why-text');
    expect(await text.getAttribute('aria-live')).toBe('polite');
    expect(await text.getAttribute('aria-busy')).toBe('false');
    expect((await text.textContent())?.length).toBeGreaterThan(40);
    expect(await page.locator('.why-shares b').first().textContent()).toMatch(/^\d+\.\d\s%$/);
  }, 120_000);

  it('writes as it arrives, replaces it when the server says so, and stays whole when the stream breaks off', async () => {
    const page = await fans.visit(`/${PICKED}`);
    const facts =
      'event: facts\ndata: {"facts":{"score":1,"prior":0.4,"because":[],"order":null}}\n\n';
    const told = 'event: text\ndata: {"text":"Half a thought."}\n\n';
    let body = `${facts}${told}event: instead\ndata: {"text":"The whole of it."}\n\nevent: end\ndata: {"by":"template"}\n\n`;
    await page.route('**/api/explanations', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    await rows(page).first().locator('h3 a').click();
    await page.getByText('The whole of it.').waitFor();
    expect(await page.getByText('Half a thought.').count()).toBe(0);

    body = facts + told;
    await page.getByRole('button', { name: 'Close' }).click();
    await rows(page).nth(1).locator('h3 a').click();
    await page.getByText('The server does not answer. The page keeps asking.').waitFor();
    expect(await page.locator('.sheet .synopsis, .sheet .about-head').first().isVisible()).toBe(
      true,
    );
  }, 120_000);

  it('is spoken in Japanese too', async () => {
    const page = await fans.visit(`/${PICKED}&lang=ja`);
    await page.getByLabel('言葉で探す').fill('蟲師みたいで、もっと笑える作品');
    await page.keyboard.press('Enter');
    await page.getByText('『蟲師』に近い作品、コメディあり、で探しました。').waitFor();
    await rows(page).first().locator('h3 a').click();
    await page.getByText('この数字をもとに、決まった言い回しで組み立てた文章です。').waitFor();
    expect(await page.locator('.why-text').textContent()).toMatch(/です。|ます。/);
  }, 120_000);
});
