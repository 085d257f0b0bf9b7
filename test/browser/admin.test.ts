import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from '../../src/serve.ts';
import { type AdminHome, adminHome, KEY } from '../support/admin-site.ts';
import { hasBrowser } from '../support/chromium.ts';
import { violationsOn } from './axe.ts';
import { openPages, type Pages } from './pages.ts';
import { PHONE } from './visits.ts';

const DISPLAYS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['a desk, dark', { colorScheme: 'dark' }],
  ['a desk, light, in Japanese', { colorScheme: 'light', locale: 'ja-JP' }],
  ['a phone', { ...PHONE, colorScheme: 'dark' }],
];

describe.skipIf(!hasBrowser())('the operators’ console', () => {
  let kept: AdminHome;
  let served: Served;
  let pages: Pages;

  beforeAll(async () => {
    [kept, pages] = await Promise.all([adminHome(), openPages(20_000)]);
    const logger = { info: () => {}, error: () => {} };
    const { home } = kept;
    const options = { host: '127.0.0.1', port: 0, pollMs: 50, adminKey: KEY, logger };
    served = await serve({ home, ...options });
  }, 180_000);
  afterAll(async () => {
    await pages?.close();
    await served?.close();
    await rm(kept.home, { recursive: true, force: true });
  });
  afterEach(async () => {
    await pages.leave();
    expect(pages.errors.splice(0)).toEqual([]);
  });

  async function visit(options: BrowserContextOptions = {}): Promise<Page> {
    const viewport = { width: 1440, height: 900 };
    const page = await pages.blank({ viewport, ...options });
    await page.goto(`${served.url}/admin`);
    return page;
  }

  async function enter(page: Page, key = KEY): Promise<void> {
    await page.locator('#admin-key').fill(key);
    await page.keyboard.press('Enter');
  }

  const table = (page: Page, section: string) => page.locator(`#${section} table`).first();
  const firstCells = (page: Page, section: string) =>
    table(page, section).locator('tbody th').allTextContents();

  it('asks for the key, says when it is wrong, keeps nothing of it, and stays signed in until it is asked to sign out', async () => {
    const page = await visit();
    await enter(page, 'not-the-key-of-this-server');
    await page.getByRole('alert').filter({ hasText: 'not the key of this server' }).waitFor();
    await enter(page);
    await table(page, 'bundle').waitFor();
    expect(await page.title()).toContain('console');
    await page.reload();
    await table(page, 'bundle').waitFor();
    const other = await page.context().newPage();
    await other.goto(`${served.url}/admin`);
    await table(other, 'bundle').waitFor();
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    expect(await page.content()).not.toContain(KEY);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#admin-key').waitFor();
    await page.reload();
    await page.locator('#admin-key').waitFor();
    // The other tab finds out at its next look.
    await other.locator('#admin-key').waitFor();
  });

  it('goes back to an older bundle after a question, and forward again', async () => {
    const page = await visit();
    await enter(page);
    const { older, newer } = kept;
    const use = (version: string) =>
      page.getByRole('button', { name: `Use bundle ${version}`, exact: true });
    const inUse = async () =>
      ((await (await fetch(`${served.url}/readyz`)).json()) as { bundle: string }).bundle;

    await use(older.version).click();
    await page.getByRole('button', { name: 'Keep the current one' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await inUse()).toBe(newer.version);

    await use(older.version).click();
    await page.getByRole('button', { name: 'Use it', exact: true }).click();
    await page.getByText(`Bundle ${older.version} is in use.`).waitFor();
    expect(await inUse()).toBe(older.version);
    await use(newer.version).click();
    await page.getByRole('button', { name: 'Use it', exact: true }).click();
    await page.getByText(`Bundle ${newer.version} is in use.`).waitFor();
    expect(await inUse()).toBe(newer.version);
  });

  it('sorts the leaderboard by the heading that is pressed, and draws the intervals', async () => {
    const page = await visit();
    await enter(page);
    await table(page, 'leaderboard').waitFor();
    expect(await firstCells(page, 'leaderboard')).toEqual(['slim', 'popularity']);
    const heading = table(page, 'leaderboard').getByRole('columnheader', {
      name: 'liked NDCG@10',
      exact: true,
    });
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect(await firstCells(page, 'leaderboard')).toEqual(['popularity', 'slim']);
    const slim = table(page, 'leaderboard').getByRole('row', { name: /^slim/ });
    expect(await slim.locator('.interval').first().textContent()).toContain('0.550');
    expect(await slim.locator('.interval').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('0.340'), expect.stringContaining('0.026')]),
    );
    const span = slim.locator('.interval .span').first();
    const ends = [await span.getAttribute('x1'), await span.getAttribute('x2')].map(Number);
    expect(ends[1] - ends[0]).toBeGreaterThan(2);
  });

  it('draws the curves of a run', async () => {
    const page = await visit();
    await enter(page);
    const button = page.getByRole('button', { name: `Show run ${kept.run.id}` });
    await button.click();
    await page.locator('.chart figcaption').getByText('embedding: loss by epoch').waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const lines = page.locator('.chart polyline');
    expect(await lines.count()).toBe(2);
    for (const line of await lines.all())
      expect((await line.getAttribute('points'))?.split(' ')).toHaveLength(3);
    expect(await page.locator('.legend li').allTextContents()).toEqual(['training', 'validation']);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    expect(await page.locator('.chart').count()).toBe(0);
  });

  it('shows what was recommended and what was asked', async () => {
    await fetch(`${served.url}/api/users/2/recommendations?limit=2`);
    const page = await visit();
    await enter(page);
    await table(page, 'recommended').waitFor();
    expect((await firstCells(page, 'recommended')).length).toBeGreaterThanOrEqual(2);
    await expect
      .poll(() => firstCells(page, 'health'))
      .toContain('GET /api/users/:userId/recommendations');
  });

  it('speaks Japanese, and fits a phone', async () => {
    const page = await visit({ locale: 'ja-JP', viewport: { width: 390, height: 844 } });
    await page.getByRole('heading', { name: '運用コンソール' }).waitFor();
    await enter(page);
    await table(page, 'leaderboard').waitFor();
    await page.getByRole('heading', { name: '使用中のバンドル' }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });

  describe.each(DISPLAYS)('on %s', (_, display) => {
    const opened = () => visit({ reducedMotion: 'reduce', ...display });

    it('axe finds nothing wrong with the key form, also after a wrong key', async () => {
      const page = await opened();
      await page.locator('#admin-key').waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await enter(page, 'not-the-key-of-this-server');
      await page.locator('#admin-key-problem').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });

    it('axe finds nothing wrong with the filled console, a run open in it', async () => {
      const page = await opened();
      await enter(page);
      await table(page, 'leaderboard').waitFor();
      await table(page, 'health').waitFor();
      await page.locator(`#runs button:has-text("${kept.run.id}")`).click();
      await page.locator('.chart').waitFor();
      await page.locator('.parameters summary').click();
      expect(await violationsOn(page)).toEqual([]);
    });

    it('axe finds nothing wrong with the question before another bundle is used', async () => {
      const page = await opened();
      await enter(page);
      await table(page, 'bundle').locator('tbody button').click();
      await page.locator('dialog[open]').waitFor();
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  it('says which file is damaged, and keeps the present bundle', async () => {
    const page = await visit();
    await enter(page);
    const { older, newer } = kept;
    const use = page.getByRole('button', { name: `Use bundle ${older.version}`, exact: true });
    await use.click();
    await truncate(join(older.folder, 'content.safetensors'), 20);
    await page.getByRole('button', { name: 'Use it', exact: true }).click();
    const said = page.getByRole('alert').filter({ hasText: 'content.safetensors' });
    await said.filter({ hasText: `${newer.version} stays in use` }).waitFor();
    await page.getByText('Damaged').waitFor();
    expect(await use.count()).toBe(0);
  });
});
