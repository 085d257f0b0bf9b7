/** Before all attacks, once: a home as large as the 2020 data set, which is never written to. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { publishRandomBundle } from '../../bench/random-bundle.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** 17,562 titles and 500 people */
    largeHome: string;
  }
}

export default async function prepare({ provide }: TestProject) {
  const home = await mkdtemp(join(tmpdir(), 'osusume-attack-'));
  await publishRandomBundle(home, { seed: 1, entries: 60, users: 500 });
  provide('largeHome', home);
  return () => rm(home, { recursive: true, force: true });
}
