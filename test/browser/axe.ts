/** What axe finds wrong with a page, all of its rules. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Each violation as one line; none is what is wanted. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Not as an element: the page's policy allows no scripts but its own.
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(violations);
}

/** In the page. */
async function violations(): Promise<string[]> {
  const { axe } = window as unknown as {
    axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
  };
  const found = await axe.run();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}
