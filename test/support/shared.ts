/** Data that is not in the repository: ../shared beside the checkout. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/', import.meta.url));

/**
 * Absolute path of `name` below ../shared/data, or null when it is not there (the test is then skipped).
 * @throws Error when it is not there although OSUSUME_REQUIRE_SHARED=1 says it must be
 */
export function sharedData(name: string): string | null {
  return shared(`data/${name}`);
}

/** The same of what people bring: lists, data sets, spellings of titles. */
export function sharedCases(kind: string): string | null {
  return shared(`cases/${kind}`);
}

function shared(name: string): string | null {
  const path = resolve(FOLDER, name);
  if (existsSync(path)) return path;
  if (process.env.OSUSUME_REQUIRE_SHARED === '1')
    throw new Error(`${path} is missing, and OSUSUME_REQUIRE_SHARED=1`);
  return null;
}
