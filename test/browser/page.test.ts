/** The page as a fan uses it: search, picks, rules, sheets, links. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { fragment } from './pages.ts';
import { openSite } from './site.ts';
import {
  answered,
  type Fans,
  MUSHISHI,
  NATSUME,
  names,
  openFans,
  openRules,
  PHONE,
  PICKED,
  rows,
  STEINS_GATE,
  settled,
} from './visits.ts';

describe.skipIf(!hasBrowser())('page', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans(openSite(), 10_000);
  }, 180_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  const search = (page: Page) => page.getByRole('combobox', { name: 'Search' });
  const chips = (page: Page) => page.locator('.pick');

  async function pick(page: Page, query: string, title: string): Promise<void> {
    await search(page).fill(query);
    await page.getByRole('option', { name: title }).first().click();
    await chips(page).filter({ hasText: title }).first().waitFor();
  }

  it.each([
    ['mushishi', 'Mushishi'],
    ['attack on titan', 'Shingeki no Kyojin'],
    ['進撃の巨人', 'Shingeki no Kyojin'],
    ['stiens gate', 'Steins;Gate'],
  ])('search finds the title when %s is typed', async (query, title) => {
    const page = await fans.visit();
    await search(page).fill(query);
    const first = page.getByRole('option').first();
    await first.filter({ hasText: title }).waitFor();
    expect(await search(page).getAttribute('aria-activedescendant')).toBe(
      await first.getAttribute('id'),
    );
  });

  it('search waits for its answer when Enter comes first, and then takes the title that was meant', async () => {
    const page = await fans.visit();
    await page.route('**/api/anime?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await search(page).fill('mushi');
    await page.getByRole('option').first().waitFor();
    await search(page).fill('steins');
    await page.keyboard.press('Enter');
    await chips(page).filter({ hasText: 'Steins;Gate' }).waitFor();
    expect(await chips(page).count()).toBe(1);
  });

  it('search says so when nothing is called that', async () => {
    const page = await fans.visit();
    await search(page).fill('qqxxzzqq');
    await page.getByText('“qqxxzzqq” is not in this catalogue, which ends in').waitFor();
  });

  it('picks become recommendations with reasons, and a score changes them', async () => {
    const page = await fans.visit();
    await page.getByText('Your list appears here with the first title you love.').waitFor();
    await pick(page, 'mushishi', 'Mushishi');
    await page.getByText('A first guess from one title.').waitFor();
    await pick(page, 'steins', 'Steins;Gate');
    await answered(page, () => pick(page, 'natsume', 'Natsume Yuujinchou'));
    expect(await chips(page).count()).toBe(3);
    expect(await rows(page).count()).toBe(12);
    expect(await names(page)).not.toContain('Mushishi');
    expect(await rows(page).first().locator('.tile-line').textContent()).toMatch(
      /because you (loved|liked) /,
    );
    const shares = await page.locator('.tile-line').allTextContents();
    expect(shares.join()).not.toContain('%');
    expect(shares.join()).not.toContain('small hints');

    const score = page.getByLabel('Your score for Mushishi', { exact: true });
    await answered(page, () => score.selectOption('2'));
    await expect.poll(() => fragment(page)).toContain(`${MUSHISHI}.2`);
    expect(await page.locator('.tile-line').allTextContents()).not.toContainEqual(
      expect.stringContaining('loved Mushishi'),
    );

    await answered(page, () => page.getByRole('button', { name: 'Remove Mushishi' }).click());
    expect(await chips(page).count()).toBe(2);
  });

  it('a tap on a starter poster is love, holding it says more, and tapping again takes it back', async () => {
    const page = await fans.visit();
    const poster = page.locator('.starter-button').first();
    const title = (await poster.locator('.unseen').textContent()) ?? '';
    await poster.click();
    await page.getByLabel(`Your score for ${title}`, { exact: true }).waitFor();
    expect(await page.getByLabel(`Your score for ${title}`, { exact: true }).inputValue()).toBe(
      '9',
    );
    await poster.click({ button: 'right' });
    await page.getByRole('menuitemradio', { name: 'It was fine' }).click();
    await expect
      .poll(() => page.getByLabel(`Your score for ${title}`, { exact: true }).inputValue())
      .toBe('5');
    await poster.click();
    await expect.poll(() => chips(page).count()).toBe(0);
  });

  it('whoever may not have seen the classics says so with a switch, which the address and the summary keep', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await openRules(page);
    const classics = page.getByRole('switch', { name: 'I may not have seen the classics' });
    expect(await classics.isChecked()).toBe(false);
    const asked = page.waitForRequest((request) => request.url().endsWith('/api/shelves'));
    await answered(page, () => classics.click());
    expect((await asked).postDataJSON().rules.familiar).toBe(false);
    expect(await page.locator('.rules > summary').textContent()).toContain('classics too');
    await expect.poll(() => fragment(page)).toContain('show=classics');
    await page.reload();
    await settled(page);
    await openRules(page);
    expect(await classics.isChecked()).toBe(true);

    const japanese = await fans.visit(`/${PICKED}&lang=ja`);
    await settled(japanese);
    await openRules(japanese);
    await answered(japanese, () =>
      japanese.getByRole('switch', { name: '定番作品もまだ見ていないかも' }).click(),
    );
    await expect.poll(() => fragment(japanese)).toContain('show=classics');
  });

  it('seen and not for me take a title out, refill the list and can be undone', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const [first, second] = await names(page);
    await answered(page, () =>
      page.getByRole('button', { name: `Seen: ${first}`, exact: true }).click(),
    );
    expect(await names(page)).not.toContain(first);
    expect(await rows(page).count()).toBe(12);
    await page.getByText(`Marked as seen: ${first}`).waitFor();
    await answered(page, () => page.getByRole('button', { name: 'Undo' }).click());
    expect(await names(page)).toContain(first);
    await answered(page, () =>
      page.getByRole('button', { name: `Not for me: ${second}`, exact: true }).click(),
    );
    expect(await names(page)).not.toContain(second);
  });

  it('rules refill the list, and what leaves nothing says which rule to loosen', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await openRules(page);
    await answered(page, () => page.getByRole('button', { name: 'Film' }).click());
    const facts = await rows(page).locator('.facts').allTextContents();
    expect(facts.length).toBeGreaterThanOrEqual(10);
    for (const line of facts) expect(line).toContain('Film');
    await page.getByLabel('Year from').fill('1910');
    await page.getByLabel('Year to').fill('1911');
    await page.getByText('Nothing left with these filters. Loosen types or years?').waitFor();
    await answered(page, () =>
      page.getByRole('button', { name: 'Reset the rules' }).first().click(),
    );
    expect(await rows(page).count()).toBe(12);
  });

  it.each([
    [390, 844],
    [768, 1024],
    [1280, 900],
  ])(
    'at %i px the list comes first: rules start folded, and opening them keeps the place',
    async (width, height) => {
      const page = await fans.visit(`/${PICKED}`, { viewport: { width, height } });
      await settled(page);
      const isOpen = () => page.locator('.rules').evaluate((rules) => rules.hasAttribute('open'));
      const topOf = (what: string) =>
        page
          .locator(what)
          .first()
          .evaluate((element) => element.getBoundingClientRect().top);
      expect(await isOpen()).toBe(false);
      expect(await topOf('.list > li[data-id]')).toBeLessThan(height * 0.75);

      const address = page.url();
      const before = await topOf('.rules > summary');
      await page.locator('.rules > summary').click();
      await expect.poll(isOpen).toBe(true);
      await page.getByRole('button', { name: 'Film' }).waitFor();
      expect(await topOf('.rules > summary')).toBeCloseTo(before, 0);
      expect(page.url()).toBe(address);
      await page.locator('.rules > summary').click();
      await expect.poll(isOpen).toBe(false);
      expect(await topOf('.rules > summary')).toBeCloseTo(before, 0);
      expect(await rows(page).count()).toBe(12);
    },
  );

  it('on a phone the picks stay above the ways between screens', async () => {
    const page = await fans.visit('/', { viewport: { width: 390, height: 844 } });
    await page.locator('.starter-button').first().click();
    await page.locator('.pick').waitFor();
    const edge = (what: string, side: 'top' | 'bottom') =>
      page.locator(what).evaluate((element, side) => element.getBoundingClientRect()[side], side);
    expect(await edge('.picks', 'bottom')).toBeLessThanOrEqual((await edge('.screens', 'top')) + 1);
  });

  it('reasons are named in the chosen script, also those that only the address numbers', async () => {
    const page = await fans.visit(`/${PICKED}&lang=ja`);
    await settled(page);
    const said = async () => (await page.locator('.tile-line').allTextContents()).join();
    await expect.poll(said).toContain('「蟲師」');
    await expect.poll(said).not.toContain('Mushishi');
  });

  it('a genre is asked for, then refused', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await openRules(page);
    await page.getByRole('button', { name: 'Details' }).click();
    await page.locator('summary', { hasText: 'Genres' }).click();
    await answered(page, () => page.getByRole('button', { name: 'Comedy:' }).click());
    expect(await rows(page).count()).toBe(12);
    await expect.poll(() => fragment(page)).toContain('in=Comedy');
    await answered(page, () => page.getByRole('button', { name: 'Comedy:' }).click());
    for (const line of await rows(page).locator('.facts').allTextContents())
      expect(line).not.toContain('Comedy');
    await expect.poll(() => fragment(page)).toContain('out=Comedy');
  });

  it('the bar of rules says what holds, keeps it in the address, and undoes each rule', async () => {
    const page = await fans.visit(`/${PICKED}`, PHONE);
    await settled(page);
    const bar = page.locator('.rules > summary');
    expect(await bar.textContent()).toContain('all kinds, first seasons first');
    await openRules(page);
    const set = async (act: () => Promise<unknown>) => {
      const request = page.waitForRequest('**/api/shelves');
      await answered(page, act);
      return (await request).postDataJSON().rules;
    };
    await set(() => page.getByRole('button', { name: 'TV', exact: true }).click());
    await set(() => page.getByLabel('Airing', { exact: true }).selectOption('finished'));
    await set(() => page.getByLabel('Episodes at most').fill('26'));
    await set(() => page.getByLabel('Everyone gives it').selectOption('7'));
    await set(() => page.getByLabel('An episode takes').selectOption('30'));
    await set(() => page.getByLabel('Rated', { exact: true }).selectOption('R'));
    const asked = await set(() =>
      page.getByRole('switch', { name: 'No later parts of what I have seen' }).click(),
    );
    expect(asked).toMatchObject({
      ...{ types: ['TV'], airing: 'finished', episodes: [1, 26], minScore: 7 },
      ...{ maxDuration: 30, ageRating: 'R', sequels: false },
    });
    expect(await bar.textContent()).toMatch(/TV, .*up to 26 episodes.*finished/);
    for (const line of await rows(page).locator('.facts').allTextContents())
      expect(line).toContain('TV');

    const address = await fragment(page);
    await page.reload();
    await settled(page);
    expect(await fragment(page)).toBe(address);
    await openRules(page);
    await set(() => page.getByRole('button', { name: 'Take back: finished' }).click());
    expect(await bar.textContent()).not.toContain('finished');
    const reset = await set(() => page.getByRole('button', { name: 'Reset the rules' }).click());
    expect(reset).not.toHaveProperty('episodes');
    expect(await bar.textContent()).toContain('all kinds, first seasons first');
  });

  it('themes and studios are asked for and refused as genres are, in both languages', async () => {
    const page = await fans.visit(`/${PICKED}&lang=ja`);
    await settled(page);
    await openRules(page);
    await page.locator('summary', { hasText: 'テーマ' }).click();
    const request = page.waitForRequest('**/api/shelves');
    await page.getByRole('button', { name: '異世界：' }).click();
    expect((await request).postDataJSON().rules.themesIn).toEqual(['isekai']);
    const next = page.waitForRequest('**/api/shelves');
    await page.getByRole('button', { name: '異世界：' }).click();
    expect((await next).postDataJSON().rules.themesOut).toEqual(['isekai']);
    await page.locator('summary', { hasText: '制作会社' }).click();
    await page.getByLabel('制作会社の名前').fill('Bones');
    const studio = page.waitForRequest('**/api/shelves');
    await page.keyboard.press('Enter');
    expect((await studio).postDataJSON().rules.studiosIn).toEqual(['Bones']);
    await page.locator('.wish-chips li', { hasText: 'Bones' }).waitFor();
  });

  it('a title opens, shows similar ones three ways, and back and Esc return to the list', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const link = rows(page).first().locator('h3 > a');
    const title = (await link.textContent()) ?? '';
    await link.click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('heading', { name: title, level: 2 }).waitFor();
    expect(await fragment(page)).toMatch(/open=\d+/);
    const at = (site: string) => sheet.getByRole('link', { name: site }).getAttribute('href');
    const opened = /open=(\d+)/.exec(await fragment(page))?.[1];
    expect(await at('MyAnimeList')).toBe(`https://myanimelist.net/anime/${opened}`);
    expect(new URL((await at('AniList')) ?? '').searchParams.get('search')).toBe(title);
    const similar = sheet.locator('.similar .posters .caption');
    await similar.first().waitFor();
    const both = await similar.allTextContents();
    await sheet.getByRole('tab', { name: 'Content' }).click();
    await expect.poll(() => similar.allTextContents()).not.toEqual(both);
    await sheet.getByRole('tab', { name: 'Both' }).click();
    await expect.poll(() => similar.allTextContents()).toEqual(both);

    await similar.first().click();
    await sheet.getByRole('heading', { name: both[0], level: 2, exact: true }).waitFor();
    await page.goBack();
    await sheet.getByRole('heading', { name: title, level: 2 }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await fragment(page)).not.toContain('open=');
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await rows(page).count()).toBe(12);
  });

  it.each([
    ['a list', `/${PICKED}`, (page: Page) => rows(page).first().locator('h3 > a').click()],
    ['a link', `/${PICKED}&open=${NATSUME}`, async () => {}],
    [
      'a link and a title like it',
      `/${PICKED}&open=${NATSUME}`,
      async (page: Page) => {
        const address = await fragment(page);
        await page.locator('.similar .posters .caption').first().click();
        await expect.poll(() => fragment(page)).not.toBe(address);
      },
    ],
  ])('a sheet that was opened from %s leaves the address as it closes', async (_, path, open) => {
    const page = await fans.visit(path);
    await settled(page);
    await open(page);
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('heading', { level: 2 }).waitFor();
    expect(await fragment(page)).toContain('open=');
    await page.evaluate(() => {
      new MutationObserver((_, watch) => {
        if (document.querySelector('dialog')) return;
        watch.disconnect();
        document.documentElement.dataset.left = location.hash;
      }).observe(document.body, { subtree: true, childList: true });
    });
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    const left = await page.evaluate(() => document.documentElement.dataset.left);
    expect(left).toContain('picks=');
    expect(left).not.toContain('open=');
    // Nothing that was still to be written brings it back.
    await page.waitForTimeout(300);
    expect(await fragment(page)).toBe(left);
    await page.reload();
    await settled(page);
    expect(await sheet.count()).toBe(0);
  });

  it('a sheet says whether one would like the title, why, and what can be done, all at once', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await rows(page).first().locator('h3 > a').click();
    const sheet = page.getByRole('dialog');
    const opinion = sheet.getByRole('region', { name: 'Would I like it?' });
    const scale = opinion.getByRole('img', { name: /^\d+\.\d of 10, most likely between/ });
    const label = (await scale.getAttribute('aria-label')) ?? '';
    const [score, , low, high] = (label.match(/\d+(\.\d)?/g) ?? []).map(Number);
    expect(low).toBeLessThan(score);
    expect(high).toBeGreaterThan(score);
    await opinion.getByText('four of five are').waitFor();
    for (const heading of ['For it', 'Against it'])
      await opinion.getByRole('heading', { name: heading }).waitFor();
    await sheet.getByRole('region', { name: 'Why this for me?' }).waitFor();
    await sheet.locator('.why-text', { hasText: /\w{4}/ }).waitFor();
    const trailer = await sheet
      .getByRole('link', { name: 'Search for a trailer' })
      .getAttribute('href');
    expect(new URL(trailer ?? '').searchParams.get('search_query')).toContain('trailer');

    const plan = sheet.getByRole('button', { name: /^Plan to watch:/ });
    await plan.click();
    await expect.poll(() => plan.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => fragment(page)).toContain('.plan');
    await plan.click();
    await expect.poll(() => fragment(page)).not.toContain('.plan');
  });

  it('a title that no list has gets an opinion too, also before anything is scored', async () => {
    const page = await fans.visit(`/?picks=${MUSHISHI}.seen&open=${STEINS_GATE}`);
    await page.getByText('Nothing is scored yet, so this is what people give it').waitFor();
    const fresh = await fans.visit(`/?open=${STEINS_GATE}`);
    await fresh.getByText('Score a few titles, and this says whether').waitFor();
    const japanese = await fans.visit(`/${PICKED}&open=${STEINS_GATE}&lang=ja`);
    await japanese.getByRole('region', { name: '気に入りそう？' }).waitFor();
    await japanese.getByText('この作品には9点がついています。').waitFor();
  });

  it('similar titles leave out the own story', async () => {
    const page = await fans.visit(`/?open=${NATSUME}`);
    const sheet = page.getByRole('dialog');
    await sheet.locator('.similar .posters .caption').first().waitFor();
    const story = await sheet.locator('.shelf.small .caption').allTextContents();
    const similar = await sheet.locator('.similar .posters .caption').allTextContents();
    expect(story.length).toBeGreaterThan(1);
    for (const name of similar) {
      expect(name).not.toContain('Natsume');
      expect(story.join()).not.toContain(name);
    }
  });

  it('a story shows its watch order, and where one is in it', async () => {
    const page = await fans.visit(`/?open=${NATSUME}`);
    const order = page.getByRole('dialog').locator('.shelf.small li');
    await order.first().waitFor();
    expect(await order.count()).toBeGreaterThanOrEqual(2);
    expect(await page.locator('.shelf.small [aria-current]').textContent()).toContain(
      'You are here',
    );
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('a love said in the sheet stays when going back', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await rows(page).first().locator('h3 > a').click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Your score for/)
      .selectOption('9');
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => chips(page).count()).toBe(4);
    const picked = async () =>
      new URLSearchParams((await fragment(page)).slice(1)).get('picks')?.split(',').length;
    await expect.poll(picked).toBe(4);
  });

  it('a shared link restores everything, and leaves own picks alone until they are replaced', async () => {
    const page = await fans.visit(`/${PICKED}&types=TV`);
    await settled(page);
    const shared = await names(page);
    await page.waitForTimeout(300);
    await page.goto(`${fans.site.url}/`);
    await settled(page);
    expect(await names(page)).toEqual(shared);

    await page.goto(`${fans.site.url}/?picks=${STEINS_GATE}.10`);
    const notice = page.getByText('These picks came with the link.');
    await notice.waitFor();
    const place = (element: Element) => element.getBoundingClientRect().top;
    expect(await notice.evaluate(place)).toBeLessThan(await page.locator('h1').evaluate(place));
    expect(await chips(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Back to mine' }).click();
    await expect.poll(() => chips(page).count()).toBe(3);
  });

  it.each([
    [`/?picks=${MUSHISHI}.10&types=TV&lang=en`, '/'],
    [`/?lang=en#picks=${MUSHISHI}.10&types=TV`, '/'],
    [`/taste?picks=${MUSHISHI}.10&types=TV&lang=en`, '/taste'],
  ])(
    'a link with the visit in its query is read, and its picks leave the query: %s',
    async (path, screen) => {
      const asked: string[] = [];
      const page = await fans.blank();
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(fans.site.url + path);
      await expect
        .poll(() => page.evaluate(() => location.pathname + location.search + location.hash))
        .toBe(`${screen}#picks=${MUSHISHI}.10&types=TV&lang=en`);
      await page.reload();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => location.search)).toBe('');
      // Only the link itself was asked for with picks.
      expect(asked.filter((url) => url.includes('picks=')).length).toBeLessThanOrEqual(1);
    },
  );

  it('no request has the picks in its address, whatever is done', async () => {
    const page = await fans.blank();
    const asked: string[] = [];
    page.on('request', (request) => {
      asked.push(request.url(), request.headers().referer ?? '');
    });
    await page.goto(`${fans.site.url}/${PICKED}`);
    await settled(page);
    await rows(page).first().locator('h3 > a').click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Your score for/)
      .selectOption('9');
    await page.keyboard.press('Escape');
    await page.locator('.screens a[href^="/taste"]').click();
    await page.getByRole('heading', { name: 'My taste' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My taste' }).waitFor();
    await page.locator('.sign').click();
    await settled(page);
    expect(await chips(page).count()).toBe(4);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((url) => new URL(url || 'about:blank').search.includes('picks'))).toEqual(
      [],
    );
  });

  it('a link that is pasted into the same tab opens as any link, and back returns to what was there', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const paste = (text: string) =>
      page.evaluate((hash) => {
        location.hash = hash;
      }, text);
    const borrowed = page.getByText('These picks came with the link.');
    await paste(`picks=${STEINS_GATE}.10`);
    await borrowed.waitFor();
    expect(await chips(page).count()).toBe(1);
    await paste(`picks=${STEINS_GATE}.10,${MUSHISHI}.9`);
    await expect.poll(() => chips(page).count()).toBe(2);
    await page.goBack();
    await expect.poll(() => chips(page).count()).toBe(1);
    await borrowed.waitFor();
    await page.goBack();
    await expect.poll(() => chips(page).count()).toBe(3);
    await expect.poll(() => borrowed.count()).toBe(0);
    await page.goForward();
    await borrowed.waitFor();
    expect(await chips(page).count()).toBe(1);
  });

  it('the link to the content keeps the picks in the address', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await page.locator('.sign').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(await fragment(page)).toContain('picks=');
    expect(await chips(page).count()).toBe(3);
  });

  it.each([
    ['en-GB', 'Share', 'Link copied.', ''],
    ['ja-JP', '共有', 'コピーしました。', '&card=ja'],
  ])(
    'a link to the list is copied, says so, and opens the same list (%s)',
    async (locale, button, said, card) => {
      const page = await fans.visit(`/${PICKED}&types=TV`, {
        locale,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await settled(page);
      const listed = await names(page);
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('status').filter({ hasText: said }).waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toBe(
        `${fans.site.url}/?picks=${MUSHISHI}.10,${STEINS_GATE}.9,${NATSUME}.8&types=TV${card}`,
      );
      const friend = await fans.blank({ locale });
      await friend.goto(link);
      await settled(friend);
      expect(await names(friend)).toEqual(listed);
      expect(await friend.evaluate(() => location.search)).toBe('');
    },
  );

  it('a browser that does not copy shows the link', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.getByRole('button', { name: 'Share' }).click();
    expect(await page.getByLabel('This browser does not copy here.').inputValue()).toContain(
      '/?picks=',
    );
  });

  it('a data set user shows their list and what they get; an unknown one says so', async () => {
    const page = await fans.visit();
    const field = page.getByLabel('See the list of a person in the data set');
    await field.fill('someone');
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('A data set user id is a whole number').waitFor();
    await field.fill('3');
    await answered(page, () => page.getByRole('button', { name: 'Look' }).click());
    await page.getByRole('heading', { name: 'What should person 3 watch next?' }).waitFor();
    await page.getByText(/titles on their list, \d+ of them scored/).waitFor();
    expect(await rows(page).count()).toBe(12);
    expect(await page.locator('.tile-line').first().textContent()).toMatch(/because they /);
    await expect.poll(() => fragment(page)).toContain('user=3');

    await page.goto(`${fans.site.url}/?user=99999999`);
    await page.getByRole('heading', { name: 'Nobody by that id' }).waitFor();
    await page.getByText('Nobody in this data set has the id 99999999.').waitFor();
    await page.getByRole('button', { name: 'Back to my picks' }).click();
    await page.getByRole('heading', { name: 'What should I watch next?' }).waitFor();
  });

  it('a title that is not in the catalogue says so and offers the list', async () => {
    const page = await fans.visit('/?open=99999999');
    await page.getByText('There is no title 99999999 in this catalogue.').waitFor();
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('everything works with the keyboard alone', async () => {
    const page = await fans.visit();
    await page.locator('.starter').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('steins');
    await page.getByRole('option').nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('option').nth(1).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowUp');
    await answered(page, () => page.keyboard.press('Enter'));
    expect(await chips(page).count()).toBe(1);

    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      );
    const tabTo = async (label: RegExp) => {
      for (let press = 0; press < 120; press++) {
        if (label.test((await focused()) ?? '')) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never reached ${label}`);
    };
    await tabTo(/^Seen: /);
    const seen = await focused();
    await answered(page, () => page.keyboard.press('Enter'));
    await expect.poll(focused).toMatch(/^Seen: /);
    expect(await focused()).not.toBe(seen);
    const title = (await page.locator('.list > li:has(:focus) + li h3 > a').textContent()) ?? '';
    await tabTo(new RegExp(`^${title.replace(/[^\w ]/g, '.')}$`));
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('tab', { name: 'Both' }).waitFor();
    await tabTo(/^Both$/);
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('People');
    for (let press = 0; press < 60; press++) await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () =>
          document.activeElement === document.body || !!document.activeElement?.closest('dialog'),
      ),
    ).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  it.each([
    ['/', 'the first page'],
    [`/${PICKED}`, 'a list'],
    [`/${PICKED}&open=${NATSUME}`, 'a sheet'],
    ['/?user=5', 'a person'],
  ])('nothing is wider than a phone at %s, and what is tapped is large enough', async (path) => {
    const page = await fans.visit(path, PHONE);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, select, input, summary')]
        .filter((element) => element.checkVisibility() && !element.closest('label'))
        .map((element) => ({
          name: element.getAttribute('aria-label') ?? element.textContent,
          box: element.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
        .map(({ name }) => name),
    );
    expect(small).toEqual([]);
  });

  it('the data says what it is', async () => {
    const page = await fans.visit();
    await page.getByText('Sample data: synthetic people, real titles.').waitFor();
  });

  it('the page says that it is learning while there is no bundle yet, and continues by itself', async () => {
    const page = await fans.blank();
    const notReady = {
      status: 503,
      contentType: 'application/problem+json',
      body: '{"status":503}',
    };
    await page.route('**/api/**', (route) => route.fulfill(notReady));
    await page.goto(fans.site.url);
    await page.getByText('Osusume is still learning from its data.').waitFor();
    await page.unroute('**/api/**');
    await page.locator('.starter').first().waitFor({ timeout: 10_000 });
    expect(await page.getByText('still learning').count()).toBe(0);
  });

  it.each([
    ['no-preference', true],
    ['reduce', false],
  ] as const)('rows move to their new rank when motion is %s: %s', async (reducedMotion, moves) => {
    const page = await fans.visit(`/${PICKED}`, { reducedMotion });
    await settled(page);
    await page.evaluate(() => {
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (...args) {
        document.documentElement.dataset.moved = 'yes';
        return animate.apply(this, args);
      };
    });
    await answered(page, () =>
      page
        .getByRole('button', { name: /^Seen: / })
        .first()
        .click(),
    );
    expect(await page.evaluate(() => document.documentElement.dataset.moved === 'yes')).toBe(moves);
  });

  it.each(['dark', 'light'] as const)(
    'text stands out at least 4.5 : 1 when the theme is %s',
    async (colorScheme) => {
      const page = await fans.visit('/', { colorScheme });
      const contrasts = await page.evaluate(() => {
        const paint = document
          .createElement('canvas')
          .getContext('2d', { willReadFrequently: true });
        const luminance = (color: string) => {
          if (!paint) throw new Error('no canvas');
          paint.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(color);
          paint.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((byte) => {
            const value = byte / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (one: string, other: string) => {
          const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
        };
        const inks = ['--text', '--quiet', '--pink', '--cyan', '--amber'];
        const pairs = inks.flatMap((ink) => [
          [ink, '--ground'],
          [ink, '--raised'],
        ]);
        pairs.push(['--on-neon', '--pink'], ['--on-neon', '--violet']);
        return pairs.map(([ink, sheet]) => ({
          pair: `${ink} on ${sheet}`,
          ratio: contrast(ink, sheet),
        }));
      });
      expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    },
  );

  it('the page keeps the list and says so when the server is gone, and continues when it is back', async () => {
    const page = await fans.visit(`/${PICKED}`);
    await settled(page);
    const before = await names(page);
    await openRules(page);
    await fans.site.stop();
    try {
      await page.getByRole('button', { name: 'Film' }).click();
      await page.getByText('The server does not answer.').waitFor();
      await page.getByText('The list below is the last one that arrived.').waitFor();
      expect(await names(page)).toEqual(before);
    } finally {
      await fans.site.start();
    }
    // Nobody presses anything: the page keeps asking.
    await page
      .getByText('The server does not answer.')
      .waitFor({ state: 'detached', timeout: 20_000 });
    expect(await rows(page).first().locator('.facts').textContent()).toContain('Film');
    expect(await names(page)).not.toEqual(before);
  });
});
