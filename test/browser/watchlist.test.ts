/** The watchlist as a fan meets it: order, notes, undo, files, sharing, offline. */
import { buffer } from 'node:stream/consumers';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readListText } from '../../src/import/table/csv-list.ts';
import { readMalXml } from '../../src/import/xml/mal-xml.ts';
import { hasBrowser } from '../support/chromium.ts';
import { violationsOn } from './axe.ts';
import { openSite } from './site.ts';
import { type Fans, MUSHISHI, NATSUME, openFans, PHONE, STEINS_GATE } from './visits.ts';

const PLANNED = `picks=30.9,${MUSHISHI}.plan,${STEINS_GATE}.plan,${NATSUME}.plan`;

const planned = (page: Page) => page.locator('.planned h2').allTextContents();
const handle = (page: Page, title: string) =>
  page.getByRole('button', { name: new RegExp(`^Move ${title}: place`) });

describe.skipIf(!hasBrowser())('watchlist', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans(openSite(), 30_000);
  }, 600_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  async function open(address = `/watchlist#${PLANNED}`, options = {}): Promise<Page> {
    const page = await fans.visit(address, options);
    await page.locator('.planned h2 a').nth(2).waitFor();
    return page;
  }

  it('what is planned in the list waits on its own screen, and nothing planned says what to do', async () => {
    const page = await fans.visit('/watchlist');
    await page.getByText('Nothing planned yet.').waitFor();
    await page.getByRole('link', { name: 'Find something to watch' }).click();
    await page.getByRole('heading', { name: 'What should I watch next?' }).waitFor();
    await page.goto(`${fans.site.url}/#picks=${MUSHISHI}.10,${STEINS_GATE}.9,30.9`);
    const button = page.getByRole('button', { name: /^Plan to watch: / }).first();
    const title = (await button.getAttribute('aria-label'))?.replace('Plan to watch: ', '');
    await button.click();
    await page.getByRole('link', { name: 'Watchlist' }).click();
    await page.locator('.planned h2').first().waitFor();
    expect(await planned(page)).toEqual([title]);
  });

  it('titles move by the keys of their handles, which keep the focus, and moves are undone', async () => {
    const page = await open();
    const [first, second, third] = await planned(page);
    await handle(page, first).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => planned(page)).toEqual([second, first, third]);
    await page
      .getByRole('status')
      .filter({ hasText: `${first} is number 2 now` })
      .waitFor();
    await page.keyboard.press('End');
    await expect.poll(() => planned(page)).toEqual([second, third, first]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await expect.poll(() => planned(page)).toEqual([first, second, third]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => planned(page)).toEqual([second, third, first]);
  });

  it('titles are dragged by mouse and by finger, and Esc lets go', async () => {
    const page = await open();
    const [first, second, third] = await planned(page);
    await dragTo(page, handle(page, first), handle(page, third));
    await expect.poll(() => planned(page)).toEqual([second, third, first]);
    await dragTo(page, handle(page, first), handle(page, second), 'Escape');
    expect(await planned(page)).toEqual([second, third, first]);

    const phone = await open(undefined, PHONE);
    const touch = await phone.context().newCDPSession(phone);
    const [from, to] = [await middleOf(handle(phone, third)), await middleOf(handle(phone, first))];
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x: from.x, y }],
      });
    await send('touchStart', from.y);
    for (let step = 1; step <= 8; step++)
      await send('touchMove', from.y + ((to.y - 30 - from.y) * step) / 8);
    await send('touchEnd');
    await expect.poll(() => planned(phone)).toEqual([third, first, second]);
  });

  it('order and notes are kept in this browser, and are in no address or request', async () => {
    const page = await open();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const [first] = await planned(page);
    await page.getByLabel(`Your note on ${first}`).fill('with Yuki, on a rainy day');
    await handle(page, first).press('End');
    await page.reload();
    await page.locator('.planned h2 a').nth(2).waitFor();
    expect((await planned(page))[2]).toBe(first);
    expect(await page.getByLabel(`Your note on ${first}`).inputValue()).toBe(
      'with Yuki, on a rainy day',
    );
    expect(`${sent.join()} ${await page.evaluate(() => location.href)}`).not.toContain('Yuki');
  });

  it('a title that is taken off or seen leaves, and comes back to its place with its note', async () => {
    const page = await open();
    const before = await planned(page);
    const [, second] = before;
    await page.getByLabel(`Your note on ${second}`).fill('soon');
    for (const [button, undo] of [
      [`Take off: ${second}`, 'Undo'],
      [`Seen: ${second}`, 'Undo'],
    ]) {
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect.poll(() => planned(page)).toEqual([before[0], before[2]]);
      await page.locator('.toast').getByRole('button', { name: undo }).click();
      await expect.poll(() => planned(page)).toEqual(before);
      expect(await page.getByLabel(`Your note on ${second}`).inputValue()).toBe('soon');
    }
  });

  it('the files that are saved are read back by the readers of lists', async () => {
    const page = await open();
    const ids = [MUSHISHI, STEINS_GATE, NATSUME];
    const xml = readMalXml(await saved(page, 'MyAnimeList'), { name: 'saved' });
    expect(xml.rows.map(({ animeId, status }) => [animeId, status])).toEqual(
      ids.map((animeId) => [animeId, 'plan_to_watch']),
    );
    const csv = readListText((await saved(page, 'Spreadsheet')).toString(), { name: 'saved' });
    expect(csv.rows.map(({ animeId }) => animeId)).toEqual(ids);
    const json: unknown = JSON.parse((await saved(page, 'JSON')).toString());
    expect(json).toMatchObject(ids.map((anime_id) => ({ anime_id })));
  });

  it('a shared watchlist carries its titles alone, and adds them to a friend’s own', async () => {
    const page = await open(undefined, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByLabel(/^Your note on Mushishi/).fill('secret');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('status').filter({ hasText: 'Link copied.' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(
      `${fans.site.url}/watchlist?picks=${MUSHISHI}.plan,${STEINS_GATE}.plan,${NATSUME}.plan`,
    );
    const sent = await (await fetch(link)).text();
    expect(sent).toContain('<meta property="og:title" content="A watchlist of 3 anime" />');
    const [, address = ''] = /og:image" content="([^"]+)"/.exec(sent) ?? [];
    const picture = await fetch(address.replaceAll('&amp;', '&'));
    expect(picture.headers.get('content-type')).toBe('image/png');
    const png = Buffer.from(await picture.arrayBuffer());
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    const friend = await fans.visit('/watchlist#picks=1.9,5114.plan');
    await friend.locator('.planned h2 a').first().waitFor();
    const [own] = await planned(friend);
    await friend.goto(link);
    await friend.getByRole('heading', { name: 'A shared watchlist' }).waitFor();
    await friend.locator('.planned h2 a').nth(2).waitFor();
    expect(await planned(friend)).toEqual(await planned(page));
    expect(await friend.locator('.planned-note').count()).toBe(0);
    await friend.getByRole('button', { name: 'Add these to my watchlist' }).click();
    await expect.poll(() => planned(friend)).toEqual([own, ...(await planned(page))]);
    await friend.goto(`${fans.site.url}/`);
    await friend.goto(`${fans.site.url}/watchlist`);
    await friend.locator('.planned h2 a').nth(3).waitFor();
  });

  it('without a network the list is there, with its titles, and can be ordered', async () => {
    const page = await open(`/watchlist#${PLANNED}`, { serviceWorkers: 'allow' });
    const before = await planned(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.reload();
    await page.locator('.planned h2 a').nth(2).waitFor();
    await fans.site.stop();
    try {
      await page.reload();
      await page.locator('.planned h2 a').nth(2).waitFor();
      expect(await planned(page)).toEqual(before);
      await handle(page, before[0]).press('End');
      await expect.poll(() => planned(page)).toEqual([before[1], before[2], before[0]]);
    } finally {
      await fans.site.start();
    }
  });

  it('it is accessible, speaks Japanese, and fits a phone', async () => {
    const page = await open(`/watchlist#${PLANNED}&lang=ja`, PHONE);
    await page.getByRole('heading', { name: '見たい作品' }).waitFor();
    expect((await planned(page))[0]).toBe('蟲師');
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main button, main textarea, main summary')]
        .filter((element) => element.checkVisibility())
        .filter((element) => element.getBoundingClientRect().height < 43.5)
        .map((element) => element.textContent),
    );
    expect(small).toEqual([]);
  });
});

async function saved(page: Page, format: string): Promise<Buffer> {
  await page.getByText('Export', { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: new RegExp(`^${format}`) }).click(),
  ]);
  return buffer(await download.createReadStream());
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** @param key pressed before the row is let go */
async function dragTo(page: Page, from: Locator, to: Locator, key?: string): Promise<void> {
  const [start, end] = [await middleOf(from), await middleOf(to)];
  const beyond = end.y + Math.sign(end.y - start.y) * 20;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, beyond, { steps: 6 });
  if (key) await page.keyboard.press(key);
  await page.mouse.up();
}
