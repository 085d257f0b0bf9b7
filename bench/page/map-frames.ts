/** Frame times of the map while it is dragged, with as many titles as the real catalogue has. */
import type { Browser, Page } from 'playwright-core';
import { normal, random } from '../../src/data/random.ts';
import { PICKS } from './picks.ts';

const TITLES = 17_562;
const SECONDS = 3;
/** Milliseconds per frame at 60 frames per second. */
const FRAME = 1000 / 60;

/** @returns whether the page's own work fits into a frame at every window size */
export async function benchMapFrames(browser: Browser, url: string): Promise<boolean> {
  let isWithin = true;
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ]) {
    const { floor, frames, work } = await measure(browser, url, { width, height });
    console.log(`map of ${TITLES} titles, ${width} × ${height}, dragged:`);
    console.log(
      `  a frame every ${summary(frames)}, of which the page's own work is ${summary(work)}`,
    );
    console.log(`  for comparison, a page that moves one element: every ${summary(floor)}`);
    // Other work on the machine can only make frames slower, so the fast ones are compared with the budget.
    isWithin &&= work.length > 10 && quantile(work, 0.25) < FRAME;
  }
  return isWithin;
}

async function measure(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<{ floor: number[]; frames: number[]; work: number[] }> {
  const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.addInitScript(timeFrames);
    await page.setContent('<div style="position: absolute; width: 9px; background: red">.</div>');
    const floor = await page.evaluate(moveOneElement, 1000 * SECONDS);
    const body = wholeCatalogue();
    await page.route('**/api/map?*', (route) =>
      route.fulfill({ contentType: 'application/json', body }),
    );
    await page.goto(`${url}/map${PICKS}`);
    await page.locator('.in-view button').first().waitFor();
    await page.waitForTimeout(1000);
    return { floor, ...(await dragged(page)) };
  } finally {
    await context.close();
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const summary = (values: readonly number[]) =>
  `${quantile(values, 0.5).toFixed(1)} ms (95th percentile: ${quantile(values, 0.95).toFixed(1)})`;

interface Timed {
  /** starts recording */
  watch(): void;
  /** milliseconds between frames, and the page's own work in each */
  seen(): { frames: number[]; work: number[] };
}

/** Runs in the page before its own scripts. */
function timeFrames(): void {
  const ask = window.requestAnimationFrame.bind(window);
  let frames: number[] = [];
  let work: number[] = [];
  window.requestAnimationFrame = (act) =>
    ask((now) => {
      const start = performance.now();
      act(now);
      work.push(performance.now() - start);
    });
  const timed: Timed = {
    watch() {
      [frames, work] = [[], []];
      const note = (now: number) => {
        frames.push(now);
        ask(note);
      };
      ask(note);
    },
    seen: () => ({ frames: frames.slice(1).map((now, at) => now - frames[at]), work }),
  };
  Object.assign(window, { timed });
}

/** Runs in the page: milliseconds between frames while almost nothing changes. */
function moveOneElement(milliseconds: number): Promise<number[]> {
  const element = document.querySelector('div');
  const times: number[] = [];
  return new Promise((resolve) => {
    const next = (now: number) => {
      times.push(now);
      if (element) element.style.left = `${times.length % 100}px`;
      if (now - times[0] < milliseconds) requestAnimationFrame(next);
      else resolve(times.slice(1).map((time, at) => time - times[at]));
    };
    requestAnimationFrame(next);
  });
}

/** Drags the map in circles, one step per frame. */
async function dragged(page: Page): Promise<{ frames: number[]; work: number[] }> {
  const box = await page.locator('.map-view').boundingBox();
  if (!box) throw new Error('The map is not on the screen');
  const devtools = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => (window as unknown as { timed: Timed }).timed.watch());
  const end = performance.now() + 1000 * SECONDS;
  const steps: Promise<unknown>[] = [];
  for (let step = 0; performance.now() < end; step++) {
    const [dx, dy] = [90 * Math.sin(step / 20), 90 * (1 - Math.cos(step / 20))];
    const at = { x: x + dx, y: y + dy, button: 'left', buttons: 1 } as const;
    steps.push(devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at }));
    await page.waitForTimeout(FRAME);
  }
  const seen = page.evaluate(() => (window as unknown as { timed: Timed }).timed.seen());
  await Promise.all(steps);
  await page.mouse.up();
  return seen;
}

/** A random map in the server's format, with most titles in clusters. */
function wholeCatalogue(): string {
  const uniform = random(7);
  const side = (value: number) => Math.round(65_535 * Math.min(1, Math.max(0, value)));
  const centres = Array.from({ length: 40 }, () => [uniform(), uniform()] as const);
  const places = Array.from({ length: TITLES }, () => {
    const [x, y] = centres[Math.floor(centres.length * uniform())];
    return [x + 0.06 * normal(uniform), y + 0.06 * normal(uniform)] as const;
  });
  const column = (data: Uint8Array | Uint16Array | Int32Array) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  const bytes = (most: number) =>
    column(Uint8Array.from({ length: TITLES }, () => most * uniform()));
  return JSON.stringify({
    animeIds: column(new Int32Array(TITLES).fill(1)),
    x: column(Uint16Array.from(places, ([x]) => side(x))),
    y: column(Uint16Array.from(places, ([, y]) => side(y))),
    genre: bytes(13),
    year: bytes(120),
    members: column(
      Uint8Array.from({ length: TITLES }, () => Math.max(0, 36 * (3.4 + normal(uniform)))),
    ),
    adult: column(new Uint8Array(TITLES)),
    genres: Array.from({ length: 12 }, (_, place) => `Genre ${place}`),
    titles: places.map((_, place) => `A title of some length ${place}`),
  });
}
