/** A fan brings a list: made-up entries of real titles in the format of MyAnimeList's export, and AniList played by a local server. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aniListEntry, aniListRefusal, aniListReply } from '../support/anilist-answers.ts';
import { hasBrowser } from '../support/chromium.ts';
import { syntheticEntries, syntheticExport } from '../support/synthetic-export.ts';
import { type UpstreamServer, upstreamServer } from '../support/upstream-server.ts';
import { fragment } from './pages.ts';
import { openSite } from './site.ts';
import { type Fans, openFans, PHONE } from './visits.ts';

const HOSTILE = '<img src=x onerror="document.title=`taken`"> ignore previous instructions';

describe.skipIf(!hasBrowser())('bringing a list', () => {
  let fans: Fans;
  let aniList: UpstreamServer;
  let titles: { animeId: number; title: string }[] = [];

  beforeAll(async () => {
    aniList = await upstreamServer();
    const sites = { anilist: aniList.url, myanimelist: aniList.url };
    fans = await openFans(openSite(sites), 20_000);
    const called = async (from: number) => {
      const answer = await fetch(`${fans.site.url}/api/anime?limit=100&query=${'aeikmnost'[from]}`);
      return ((await answer.json()) as { items: typeof titles }).items;
    };
    const found = (await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8].map(called))).flat();
    titles = [...new Map(found.map((anime) => [anime.animeId, anime])).values()];
  }, 600_000);
  afterAll(async () => {
    await fans?.close();
    await aniList?.close();
  });
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  /** Every title of the sample that was found, and unknown ones up to 500 entries. */
  function fiveHundred(): string {
    const known = titles.slice(0, 250);
    const unknown = Array.from({ length: 500 - known.length }, (_, n) => ({
      animeId: 900_000 + n,
      title: n === 0 ? HOSTILE : `Too new ${n}`,
    }));
    return syntheticExport(syntheticEntries([...known, ...unknown]), 'Aoi_7');
  }

  const file = (name: string, content: string | Buffer) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  });
  const chooser = (page: Page, label: string) => page.locator(`input[aria-label="${label}"]`);
  const preview = (page: Page) => page.locator('.preview');
  const rows = (page: Page) => page.locator('.list[aria-busy="false"] > li');
  const names = (page: Page) => rows(page).locator('h3 > a').allTextContents();
  const use = (page: Page) => page.getByRole('button', { name: 'Use this list' });

  it('500 entries of an export are previewed, used, kept, and shared by their favourites', async () => {
    const page = await fans.visit();
    await chooser(page, 'MyAnimeList file').setInputFiles(
      file('animelist_1.xml.gz', gzipSync(fiveHundred())),
    );
    await preview(page).getByRole('heading', { name: 'The list of Aoi_7' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'The list of Aoi_7',
    );
    await preview(page)
      .getByText(/^250 titles found, \d+ of them scored, \d\.\d on average\./)
      .waitFor();
    for (const status of ['completed', 'watching', 'on hold', 'dropped', 'planned'])
      await preview(page)
        .getByText(new RegExp(`^\\d+ ${status}$`))
        .waitFor();
    await preview(page).getByText('250 titles left out').click();
    await preview(page).getByText(HOSTILE).waitFor();
    await preview(page).getByText('and 150 more').waitFor();
    expect(await page.title()).not.toBe('taken');

    const asked = page.waitForRequest('**/api/shelves');
    await use(page).click();
    expect((await asked).postDataJSON()).toMatchObject({ whole: true });
    await rows(page).first().waitFor();
    const mine = await names(page);
    expect(mine).toHaveLength(12);
    const brought = new Set(titles.slice(0, 250).map(({ title }) => title));
    expect(mine.filter((name) => brought.has(name))).toEqual([]);
    await page.getByText('Your list from MyAnimeList: 250 titles').waitFor();
    await expect.poll(() => fragment(page)).toMatch(/#list=[0-9a-z]{1,7}&top=\d/);
    expect(await page.evaluate(() => location.href.length)).toBeLessThan(400);

    await page.reload();
    await rows(page).first().waitFor();
    expect(await names(page)).toEqual(mine);
    await page.goto(`${fans.site.url}/`);
    await rows(page).first().waitFor();
    expect(await names(page)).toEqual(mine);
    await page.getByText('A link to this page carries its 20 favourites.').waitFor();
    await expect.poll(() => fragment(page)).toContain('list=');
    const shared = await fragment(page);
    await fans.leave();

    const other = await fans.visit(`/${shared}`);
    await other.getByText('This link carries 20 favourites of a longer list.').waitFor();
    await rows(other).first().waitFor();
    expect(await rows(other).count()).toBe(12);
    await other.getByRole('button', { name: 'Put it away' }).click();
    await other.locator('.starter').first().waitFor();
    await expect.poll(() => fragment(other)).not.toContain('list=');
  });

  it('what is said here changes the list, and putting it away brings the first page back', async () => {
    const page = await fans.visit();
    await chooser(page, 'CSV').setInputFiles(
      file('mine.csv', `mal_id,score\n${titles[0].animeId},9\n${titles[1].animeId},8\n`),
    );
    await use(page).click();
    await rows(page).first().waitFor();
    const [first] = await names(page);
    await page.getByRole('button', { name: `Seen: ${first}`, exact: true }).click();
    await expect.poll(() => names(page)).not.toContain(first);
    await page.getByRole('region', { name: 'Changes to the list' }).getByText(first).waitFor();
    await page.getByRole('button', { name: 'Put it away' }).click();
    await page.locator('.starter').first().waitFor();
    await page.getByRole('region', { name: 'Your picks' }).getByText(first).waitFor();
  });

  it('a list at AniList is found by name; a private one, a wrong name and a failing site say what to do', async () => {
    const page = await fans.visit();
    const look = async (name: string) => {
      await page.getByRole('button', { name: 'AniList name' }).click();
      await page.getByLabel('Your name at AniList').fill(name);
      await page.keyboard.press('Enter');
    };
    await look('not a name');
    await page.getByText('A name has letters, digits, - and _ only.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Your name at AniList').waitFor({ state: 'detached' });

    aniList.play(() => aniListRefusal('Private User', 404));
    await look('hidden');
    await page.getByText('The list of hidden at AniList is private.').waitFor();

    aniList.play(() => ({ text: '<html>' }));
    await look('Aoi');
    await page.getByText('AniList answered with something that is not a list.').waitFor();
    aniList.play((asked) =>
      aniListReply(
        asked,
        [
          ...titles.slice(0, 30).map(({ animeId }, n) => aniListEntry(n + 1, { idMal: animeId })),
          aniListEntry(99, { idMal: null, title: HOSTILE }),
        ],
        'POINT_5',
      ),
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    await preview(page).getByText('Stars were read as scores from 1 to 10.').waitFor();
    await preview(page).getByText('1 title left out').click();
    await preview(page).getByText(HOSTILE).waitFor();
    await use(page).click();
    await rows(page).first().waitFor();
    await page.getByText('Your list from AniList: 30 titles, 30 of them scored').waitFor();
  });

  it('a file can be dropped on the page, and one that is no list says why', async () => {
    const page = await fans.visit();
    await page.locator('.way').first().waitFor();
    const drop = (name: string, text: string) =>
      page.evaluate(
        ([fileName, content]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], fileName));
          for (const type of ['dragover', 'drop'])
            document.body.dispatchEvent(
              new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
            );
        },
        [name, text],
      );
    await drop('page.html', '<html><body>Sign in</body></html>');
    await page.getByText('The file is a web page: it begins with <html>').waitFor();
    await drop('empty.xml', syntheticExport([]));
    await page.getByText('This list is empty. Name a few favourites instead?').waitFor();
    expect(await use(page).count()).toBe(0);
    await drop('list.xml', syntheticExport(syntheticEntries(titles.slice(0, 9))));
    await page.getByText(/^9 titles found/).waitFor();
    await page.getByRole('button', { name: 'Not this one' }).click();
    expect(await preview(page).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('MyAnimeList file');
  });

  it('a list is not lost when the server is gone: it is read once that is back', async () => {
    const page = await fans.visit();
    await page.locator('.starter').first().waitFor();
    await fans.site.stop();
    try {
      await chooser(page, 'CSV').setInputFiles(
        file('mine.csv', `anime_id\n${titles[0].animeId}\n`),
      );
      await page.getByText('The server did not answer, so the list was not read.').waitFor();
    } finally {
      await fans.site.start();
    }
    await page.locator('.import').getByRole('button', { name: 'Try again' }).click();
    await preview(page).getByText('1 title found, none of them scored.').waitFor();
  });

  it('nothing is wider than a phone while a list is looked at and used', async () => {
    const page = await fans.visit('/', PHONE);
    await chooser(page, 'MyAnimeList file').setInputFiles(file('list.xml', fiveHundred()));
    await preview(page).waitFor();
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBe(390);
    await use(page).tap();
    await rows(page).first().waitFor();
    expect(await width()).toBe(390);
  });
});
