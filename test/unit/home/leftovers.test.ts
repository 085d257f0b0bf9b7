import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partialName, removeLeftovers } from '../../../src/home/leftovers.ts';
import { processPlace } from '../../../src/home/process-place.ts';

const DEAD = 999_999_999;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-leftovers-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function age(name: string, seconds: number): Promise<void> {
  const at = Date.now() / 1000 - seconds;
  await utimes(join(folder, name), at, at);
}

describe('removeLeftovers()', () => {
  it('removes what killed processes were writing, and nothing else', async () => {
    const own = partialName('own');
    const kept = [
      own,
      `.partial-${process.ppid}-x`,
      `.partial-${process.ppid}-${processPlace()}-x`,
      '.partial-x',
      'file',
    ];
    const left = [
      `.partial-${DEAD}-x`,
      `.partial-${DEAD}-${processPlace()}-x`,
      `.partial-sample-${DEAD}`,
      `.current-${DEAD}-x`,
      partialName('old'),
    ];
    for (const name of [...kept, ...left]) await writeFile(join(folder, name), '');
    // Older than this process, which has the id by chance.
    await age(partialName('old'), process.uptime() + 60);
    await removeLeftovers(folder);
    expect((await readdir(folder)).sort()).toEqual(kept.sort());
  });

  it('leaves what another host or container may be writing, for a day', async () => {
    const names = [`.partial-${DEAD}-0123abcd-new`, `.partial-${process.pid}-0123abcd-old`];
    for (const name of names) await writeFile(join(folder, name), '');
    await age(names[1], 25 * 3600);
    await removeLeftovers(folder);
    expect(await readdir(folder)).toEqual([names[0]]);
  });
});
