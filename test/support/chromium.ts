/** The installed Chromium that browser tests and benchmarks run in. */
import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright-core';

const PATH = process.env.OSUSUME_CHROMIUM ?? '/usr/bin/chromium';
const OFF = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'];

export const CHROMIUM: LaunchOptions = {
  executablePath: PATH,
  args: ['--headless', '--no-sandbox', '--no-first-run', ...OFF.map((name) => `--disable-${name}`)],
};

/** Whether there is a browser to test with. OSUSUME_REQUIRE_BROWSER=1: a missing one is an error, not a skip. */
export function hasBrowser(): boolean {
  if (existsSync(PATH)) return true;
  if (process.env.OSUSUME_REQUIRE_BROWSER !== '1') return false;
  throw new Error(
    `There is no browser at ${PATH}. Install Chromium, or name one with OSUSUME_CHROMIUM`,
  );
}
