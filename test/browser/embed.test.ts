import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from '../../src/serve.ts';
import { hasBrowser } from '../support/chromium.ts';
import { openPortal, type Portal } from '../support/portal.ts';
import { newHome, publishSmall } from '../support/small-bundle.ts';
import { anime, CATALOGUE } from '../support/small-catalogue.ts';
import { openBrowser } from './site.ts';

const SCRIPT = fileURLToPath(new URL('../../dist/web/embed.js', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const HOSTILE = '<img src=x onerror="window.hacked=1"> ignore previous instructions';
const QUIET = { info: () => {}, error: () => {} };

describe('embed.js', () => {
  it('is one file under 15 kB', async () => {
    const script = await readFile(SCRIPT);
    expect(gzipSync(script).length).toBeLessThan(15_000);
    expect(script.toString()).not.toMatch(/(?<![/.])\bimport\s*[({*'"]|\bfrom\s*["']/);
  });
});

describe.runIf(hasBrowser())('<osusume-recommendations> in a page of another origin', () => {
  let home: string;
  let served: Served;
  let portal: Portal;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    home = await newHome();
    const titles = [...CATALOGUE];
    titles[0] = { ...titles[0], titleJapanese: '旧知' };
    titles[1] = anime({ animeId: 10, title: HOSTILE, titleJapanese: '孤独', members: 800_000 });
    await publishSmall(home, titles);
    portal = await openPortal();
    served = await serveFor([portal.origin]);
    browser = await openBrowser();
  });
  afterEach(() => page?.close());
  afterAll(async () => {
    await browser?.close();
    portal.close();
    await served.close();
    await rm(home, { recursive: true });
  });

  const serveFor = (allowedOrigins: string[]) =>
    serve({ home, host: '127.0.0.1', port: 0, logger: QUIET, allowedOrigins });
  const script = (url = served.url) => `<script type="module" src="${url}/embed.js"></script>`;

  async function open(body: string, at = served.url): Promise<Page> {
    page = await browser.newPage();
    await page.goto(portal.page(`${script(at)}${body}`));
    return page;
  }
  const ELEMENT = 'osusume-recommendations';
  const titles = () => page.locator(`${ELEMENT} .title`).allTextContents();
  const setRatings = (ratings: string) =>
    page.evaluate(
      ([name, value]) => document.querySelector(name)?.setAttribute('ratings', value),
      [ELEMENT, ratings],
    );
  const first = () => page.locator(`${ELEMENT} li.item`).first();

  it('shows a list with reasons for ratings, and titles as text whatever they say', async () => {
    await open(`<${ELEMENT} ratings="0:9, 20" limit="3"></${ELEMENT}>`);
    await first().waitFor();
    expect(await titles()).toHaveLength(3);
    expect((await titles())[0]).toBe(HOSTILE);
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
    expect(await first().locator('.because').textContent()).toMatch(
      /^because of Known\u00a0\d+\u00a0%$/,
    );
    expect(await first().locator('a').getAttribute('href')).toBe(
      `${served.url}/#picks=0.9,20.seen&open=10`,
    );
    const whole = page.locator(`${ELEMENT} .more`);
    expect(await whole.getAttribute('href')).toBe(`${served.url}/#picks=0.9,20.seen`);
  });

  it('names reasons in Japanese where the page is', async () => {
    await open(`<${ELEMENT} ratings="0:9" limit="1" lang="ja"></${ELEMENT}>`);
    await first().waitFor();
    expect(await first().locator('.because').textContent()).toMatch(/^「旧知」\d+%の好みから$/);
  });

  it('asks once for all Japanese names, and shows the others where that goes wrong', async () => {
    const asked: string[] = [];
    page = await browser.newPage();
    page.on('request', (request) => {
      if (request.method() !== 'OPTIONS') asked.push(new URL(request.url()).pathname);
    });
    const body = `${script()}<${ELEMENT} ratings="0:9, 20:8, 30:9" limit="4" lang="ja"></${ELEMENT}>`;
    await page.goto(portal.page(body));
    await first().waitFor();
    expect(asked.filter((path) => path === '/graphql')).toHaveLength(1);
    expect(asked.filter((path) => path.startsWith('/api/anime/'))).toEqual([]);
    await page.close();
    page = await browser.newPage();
    await page.route('**/graphql', (route) => route.abort());
    await page.goto(portal.page(body));
    await first().waitFor();
    expect(await first().locator('.because').textContent()).toMatch(/「Known」/);
  });

  it('keeps rules, says when nothing fits them, and what a list without favourites is', async () => {
    await open(
      `<${ELEMENT} ratings="0:9" rules='{"types":["Movie"],"years":[2000,2020]}'></${ELEMENT}>`,
    );
    await first().waitFor();
    for (const facts of await page.locator(`${ELEMENT} .facts`).allTextContents())
      expect(facts).toContain('Film');
    expect(await first().locator('a').getAttribute('href')).toMatch(
      /#picks=0\.9&types=Movie&years=2000-2020&open=\d+$/,
    );
    const set = (name: string, value: string) =>
      page.evaluate(
        ([element, name, value]) => document.querySelector(element)?.setAttribute(name, value),
        [ELEMENT, name, value],
      );
    await set('rules', '{"genresIn":["Nothing of this kind"]}');
    await page.getByText('Nothing left fits these rules.').waitFor();
    for (const rules of ['[]', '7', '{', '{"types":["Opera"]}']) {
      await set('rules', rules);
      await page.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor();
      await set('rules', '');
      await first().waitFor();
    }
    await set('ratings', '');
    await page.getByText('the same for everyone').waitFor();
    await first().waitFor();
  });

  it('has the typeface and the size of the text around it', async () => {
    await open(
      `<div style="font: 20px monospace"><${ELEMENT} ratings="0:9" limit="1"></${ELEMENT}></div>`,
    );
    await first().waitFor();
    const styles = await page
      .locator(`${ELEMENT} .title`)
      .first()
      .evaluate((node) => [getComputedStyle(node).fontFamily, getComputedStyle(node).fontSize]);
    expect(styles).toEqual(['monospace', '18.75px']);
  });

  it('shows what a person of the data set would get, and changes with its attributes', async () => {
    await open(`<${ELEMENT} user="7" limit="2" lang="ja" link="/anime/{animeId}"></${ELEMENT}>`);
    await first().waitFor();
    expect((await titles())[0]).toBe('孤独');
    expect(await first().locator('.because').textContent()).toContain('の好みから');
    expect(await first().locator('a').getAttribute('href')).toBe(`${portal.origin}/anime/10`);
    await page.evaluate((name) => {
      const element = document.querySelector(name);
      element?.setAttribute('limit', '4');
      element?.setAttribute('lang', 'en');
    }, ELEMENT);
    await page.locator(`${ELEMENT} li.item`).nth(3).waitFor();
    expect((await titles())[0]).toBe(HOSTILE);
  });

  it('lets the portal style it and open titles itself', async () => {
    await open(
      `<style>${ELEMENT} { --osusume-text: rgb(1, 2, 3); } ${ELEMENT}::part(title) { text-transform: uppercase; }</style>
       <${ELEMENT} ratings='[{"animeId":0,"rating":9,"status":"completed"}]' limit="1"></${ELEMENT}>
       <script>addEventListener('osusume-open', (event) => { event.preventDefault(); window.opened = event.detail.animeId; });</script>`,
    );
    await first().waitFor();
    const title = page.locator(`${ELEMENT} .title`).first();
    expect(
      await title.evaluate((node) => [
        getComputedStyle(node).color,
        getComputedStyle(node).textTransform,
      ]),
    ).toEqual(['rgb(1, 2, 3)', 'uppercase']);
    await title.click();
    expect(await page.evaluate(() => Reflect.get(window, 'opened'))).toBe(10);
    expect(await page.evaluate(() => location.href)).toBe(`${portal.origin}/`);
  });

  it('says what it lacks: nothing left, a list that cannot be read, a server that is gone', async () => {
    const all = CATALOGUE.map(({ animeId }) => animeId).join(',');
    await open(`<${ELEMENT} ratings="${all}"></${ELEMENT}>`);
    await page.getByText('One more favourite may be enough').waitFor();
    for (const ratings of ['{', '0:11', '[{"animeId":"x"}]']) {
      await setRatings(ratings);
      await page.getByRole('alert').filter({ hasText: 'cannot be read' }).waitFor();
      await setRatings('');
      await first().waitFor();
    }

    const other = await serveFor([portal.origin]);
    const port = Number(new URL(other.url).port);
    await open(`<${ELEMENT} ratings="0" limit="1" api="${other.url}"></${ELEMENT}>`);
    await first().waitFor();
    await other.close();
    await page.evaluate(
      (name) => document.querySelector(name)?.setAttribute('limit', '2'),
      ELEMENT,
    );
    await page.getByRole('alert').filter({ hasText: 'did not arrive' }).waitFor();
    const back = await serve({
      home,
      host: '127.0.0.1',
      port,
      logger: QUIET,
      allowedOrigins: [portal.origin],
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator(`${ELEMENT} li.item`).nth(1).waitFor();
    await back.close();
  });

  it('gets nothing from a server that does not allow the portal', async () => {
    const closed = await serveFor(['https://other.example']);
    await open(`<${ELEMENT} ratings="0" api="${closed.url}"></${ELEMENT}>`);
    await page.getByRole('alert').filter({ hasText: 'did not arrive' }).waitFor();
    await closed.close();
  });

  it('shows posters as they come, over the drawn ones', async () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const asked: string[] = [];
    page = await browser.newPage();
    await page.route('**/api/posters?*', (route) => {
      const ids = String(new URL(route.request().url()).searchParams.get('ids'));
      asked.push(ids);
      const state = (id: string) => (id === '20' ? 'none' : asked.length > 1 ? 'ready' : 'coming');
      const items = ids.split(',').map((id) => ({ animeId: Number(id), state: state(id) }));
      const headers = { 'access-control-allow-origin': portal.origin };
      return route.fulfill({ json: { posters: 'on', items }, headers });
    });
    await page.route('**/api/anime/*/poster', (route) =>
      route.fulfill({ body: pixel, contentType: 'image/png' }),
    );
    await page.goto(portal.page(`${script()}<${ELEMENT} ratings="0:9" limit="2"></${ELEMENT}>`));
    await page.locator(`${ELEMENT} img.here`).waitFor();
    expect(await titles()).toEqual([HOSTILE, 'Saga']);
    // Of the one that cannot be had nobody asks again, and what was drawn of it stays.
    expect(asked).toEqual(['10,20', '10']);
    expect(await page.locator(`${ELEMENT} img`).count()).toBe(1);
  });

  it('is accessible, dark and light', async () => {
    for (const theme of ['dark', 'light']) {
      const ground = theme === 'dark' ? '#0d0b14' : '#ffffff';
      const style = `body { background: ${ground}; color: ${theme === 'dark' ? '#fff' : '#000'}; }`;
      await open(`<style>${style}</style><${ELEMENT} theme="${theme}" ratings="0:9"></${ELEMENT}>`);
      await first().waitFor();
      await page.addScriptTag({ path: AXE });
      const violations = await page.evaluate(async () => {
        const axe = Reflect.get(window, 'axe') as {
          run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
        return (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0].html]);
      });
      expect(violations).toEqual([]);
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          (name) => document.querySelector(name)?.shadowRoot?.activeElement?.className,
          ELEMENT,
        ),
      ).toBe('link');
      await page.close();
    }
  });
});
