/** The screens of taste and map as a fan meets them. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/chromium.ts';
import { fragment } from './pages.ts';
import { openSite } from './site.ts';
import { type Fans, MUSHISHI, openFans, PHONE } from './visits.ts';

const PICKED = `picks=${MUSHISHI}.10,9253.9,4081.8,30.3,1.9`;

describe.skipIf(!hasBrowser())('taste and map', () => {
  let fans: Fans;
  beforeAll(async () => {
    fans = await openFans(openSite(), 30_000);
  }, 600_000);
  afterAll(() => fans?.close());
  afterEach(async () => {
    await fans.leave();
    expect(fans.errors.splice(0)).toEqual([]);
  });

  it('a taste is described in sentences, then drawn, and its titles open', async () => {
    const page = await fans.visit(`/taste#${PICKED}`);
    const portrait = page.locator('.portrait');
    await portrait.waitFor();
    expect(await portrait.textContent()).toMatch(/No title shapes your list more than/);
    expect(
      await page.getByRole('img', { name: /of yours, .* of everyone’s/ }).count(),
    ).toBeGreaterThan(5);
    expect(await page.getByRole('img', { name: /^1: .* of your scores/ }).count()).toBe(1);
    const steering = page.locator('.steering a:not([aria-hidden])');
    expect(await steering.count()).toBeGreaterThan(2);
    const name = (await steering.first().textContent()) ?? '';
    await steering.first().click();
    await page.getByRole('dialog').getByRole('heading', { name, level: 2 }).waitFor();
  });

  it('a taste speaks Japanese', async () => {
    const page = await fans.visit(`/taste#${PICKED}&lang=ja`);
    await page.getByRole('heading', { name: '私の好み' }).waitFor();
    expect(await page.locator('.portrait').textContent()).toContain(
      'リストにいちばん影響しているのは',
    );
  });

  it('a person of the data set is described in the third person', async () => {
    const page = await fans.visit('/taste#user=5');
    await page.getByRole('heading', { name: 'The taste of person 5' }).waitFor();
    const told = page.locator('.taste');
    await page.locator('.portrait').waitFor();
    expect(await told.textContent()).toContain('No title shapes their list more than');
    expect(await told.textContent()).not.toMatch(/\b(you|your|my)\b/i);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.getByRole('heading', { name: '5番の人の好み' }).waitFor();
    expect(await told.textContent()).not.toMatch(/あなた|私/);
    await page.goto(`${fans.site.url}/map#user=5&lang=en`);
    await page.getByText('recommended for them').waitFor();
  });

  it('with too few titles the taste says what it takes, and leads there', async () => {
    const page = await fans.visit(`/taste#picks=${MUSHISHI}.10`);
    await page.getByText('A portrait takes three titles that you have seen.').waitFor();
    await page.getByRole('link', { name: 'Pick some titles' }).click();
    await page.getByRole('heading', { name: 'What should I watch next?' }).waitFor();
  });

  it('the map finds a title, shows it under the lens, and opens what is in view by keyboard', async () => {
    const page = await fans.visit(`/map#${PICKED}`);
    const inView = page.locator('.in-view button');
    await inView.first().waitFor();
    await page.getByLabel('Find a title on the map').fill('stiens gate');
    await page
      .getByRole('button', { name: /^Show Steins;Gate on the map/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.lens').filter({ hasText: 'Steins;Gate' }).waitFor();
    await expect.poll(() => inView.allTextContents()).toContain('Steins;Gate');
    await inView.filter({ hasText: /^Steins;Gate$/ }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: 'Steins;Gate', level: 2 })
      .waitFor();
    expect(await fragment(page)).toContain('open=9253');
  });

  it('the map is drawn, moves by wheel, drag and keys, and its buttons open no title', async () => {
    const page = await fans.visit(`/map#${PICKED}`);
    await page.locator('.in-view button').first().waitFor();
    const picture = async () => (await page.locator('.map-view').screenshot()).toString('base64');
    const seen = new Set([await picture()]);
    const changed = async (act: () => Promise<unknown>) => {
      await act();
      await page.waitForTimeout(900);
      const now = await picture();
      expect(seen.has(now)).toBe(false);
      seen.add(now);
    };
    await changed(() => page.getByRole('button', { name: 'Zoom in' }).click());
    await changed(async () => {
      await page.mouse.move(400, 400);
      await page.mouse.wheel(0, -300);
    });
    await changed(async () => {
      await page.mouse.down();
      await page.mouse.move(520, 470, { steps: 4 });
      await page.mouse.up();
    });
    await page.locator('.map-view').focus();
    await changed(() => page.keyboard.press('ArrowRight'));
    await changed(() => page.keyboard.press('-'));
    await changed(() => page.getByRole('button', { name: 'Year' }).click());
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('two fingers zoom the map where they are and move it, and open no title', async () => {
    const page = await fans.visit(`/map#${PICKED}`, PHONE);
    await page.locator('.in-view button').first().waitFor();
    const touch = await fingersOn(page);
    const picture = async () => {
      await page.waitForTimeout(900);
      return (await page.locator('.map-view').screenshot()).toString('base64');
    };
    const seen = page.locator('.in-view button');
    const whole = await picture();
    const all = await seen.allTextContents();
    const [left, right] = [195 - 20, 195 + 20];
    // apart: nearer, and what was between the fingers is what is left in view
    await touch.drag([left, right], [left - 140, right + 140]);
    const near = await picture();
    expect(near).not.toBe(whole);
    const few = await seen.allTextContents();
    expect(few).not.toEqual(all);
    // together again: everything is back in view
    await touch.drag([left - 140, right + 140], [left, right]);
    await page.waitForTimeout(900);
    expect(await seen.allTextContents()).toEqual(all);
    // side by side: moved
    await touch.drag([left - 60, right - 60], [left + 80, right + 80]);
    expect(await picture()).not.toBe(whole);
    // two fingers that stay where they are: no tap
    await touch.drag([left, right], [left, right]);
    await page.waitForTimeout(300);
    expect(await page.getByRole('dialog').count()).toBe(0);
    // one finger still does what it did
    await page.getByRole('button', { name: 'Show everything' }).tap();
    await page.waitForTimeout(900);
    const before = await picture();
    await touch.drag([200], [120]);
    expect(await picture()).not.toBe(before);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  });

  it.each([
    ['by pixels where WebGL is played on the processor', 'SwiftShader', '2d'],
    ['by pixels where there is no WebGL', null, '2d'],
    ['with WebGL where there is a graphics card', 'A graphics card', 'webgl2'],
  ] as const)('the map is drawn %s', async (_how, card, kind) => {
    const page = await fans.blank({ viewport: { width: 1000, height: 800 }, colorScheme: 'dark' });
    await page.addInitScript(playCard, card);
    await page.goto(`${fans.site.url}/map#${PICKED}`);
    await page.locator('.in-view button').first().waitFor();
    const canvas = page.locator('.map-view canvas').first();
    expect(
      await canvas.evaluate((canvas: HTMLCanvasElement, kind) => !!canvas.getContext(kind), kind),
    ).toBe(true);
    // Cyan is what is mine, and nothing else is so bright of it.
    const mine = async () => inksOf(page, (await canvas.screenshot()).toString('base64'));
    await expect.poll(mine).toBeGreaterThan(50);
  });

  it('where there is no map the screen says so and leads on', async () => {
    const page = await fans.visit('/');
    await page.route('**/api/map?*', (route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/problem+json',
        body: '{"detail":"none"}',
      }),
    );
    await page.getByRole('link', { name: 'Map' }).click();
    await page.getByText('The map is not drawn yet.').waitFor();
    await page.getByRole('link', { name: 'Back to the list' }).waitFor();
    // it comes: the screen looks for it by itself
    await page.unroute('**/api/map?*');
    await page.locator('.in-view button').first().waitFor();
    expect(await page.getByText('The map is not drawn yet.').count()).toBe(0);
  });

  it.each(['taste', 'map'])(
    'nothing of %s is wider than a phone, and what is tapped is large enough',
    async (screen) => {
      const page = await fans.visit(`/${screen}#${PICKED}`, PHONE);
      await page.locator('.portrait, .in-view button').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('main button, main input')]
          .filter((element) => element.checkVisibility())
          .filter((element) => element.getBoundingClientRect().height < 43.5)
          .map((element) => element.textContent),
      );
      expect(small).toEqual([]);
    },
  );
});

/** Real touches in the middle of the map: each finger goes from one x to another, in steps, all at the same time. */
async function fingersOn(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const box = await page.locator('.map-view').boundingBox();
  if (!box) throw new Error('The map is not on the screen');
  const y = Math.round(box.y + box.height / 2);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: readonly number[]) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at.map((x, id) => ({ x, y, id })),
    });
  return {
    async drag(from: readonly number[], to: readonly number[]) {
      const steps = 10;
      for (let finger = 1; finger <= from.length; finger++)
        await touch('touchStart', from.slice(0, finger));
      for (let step = 1; step <= steps; step++)
        await touch(
          'touchMove',
          from.map((x, finger) => x + ((to[finger] - x) * step) / steps),
        );
      await touch('touchEnd', []);
    },
  };
}

/** In the page, before its own scripts: a browser with this graphics card; null: without WebGL. */
function playCard(card: string | null): void {
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (
    this: HTMLCanvasElement,
    kind: string,
    ...rest: unknown[]
  ) {
    return kind === 'webgl2' && !card ? null : Reflect.apply(get, this, [kind, ...rest]);
  } as typeof get;
  /** UNMASKED_RENDERER_WEBGL of WEBGL_debug_renderer_info */
  const NAME = 0x9246;
  const ask = WebGL2RenderingContext.prototype.getParameter;
  WebGL2RenderingContext.prototype.getParameter = function (name: number) {
    return name === NAME ? card : ask.call(this, name);
  };
}

/** How many pixels of a picture are as cyan as one's own titles. */
function inksOf(page: Page, png: string): Promise<number> {
  return page.evaluate(async (png) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${png}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context?.drawImage(picture, 0, 0);
    const data = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at] < 90 && data[at + 1] > 200 && data[at + 2] > 220) count++;
    return count;
  }, png);
}
