/** Before all attacks, once: a home as large as the 2020 data set, which is never written to. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { publishRandomBundle } from '../../bench/random-bundle.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** 17,562 titles and 500 people */
    largeHome: string;
    /** a file of settings under which no request is turned away because the machine is busy: each attack is carried out */
    settings: string;
  }
}

export default async function prepare({ provide }: TestProject) {
  const home = await mkdtemp(join(tmpdir(), 'osusume-attack-'));
  await publishRandomBundle(home, { seed: 1, entries: 60, users: 500 });
  const settings = join(home, 'settings.json');
  await writeFile(settings, JSON.stringify({ serve: { limits: { maxEventLoopDelay: 0 } } }));
  provide('largeHome', home);
  provide('settings', settings);
  return () => rm(home, { recursive: true, force: true });
}
