import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LockedError,
  partialName,
  removeLeftovers,
  withPidLock,
} from '../../../src/home/pid-lock.ts';

const DEAD = 999_999_999;
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** Older than this process. */
async function age(file: string): Promise<void> {
  const before = Date.now() / 1000 - process.uptime() - 60;
  await utimes(file, before, before);
}

describe('withPidLock()', () => {
  it('refuses a second caller while the first works, and lets it in afterwards', async () => {
    await withPidLock(path, 'Fetching', async () => {
      const second = withPidLock(path, 'Fetching', async () => 'second');
      await expect(second).rejects.toThrow(LockedError);
      await expect(second).rejects.toThrow(
        `Fetching: process ${process.pid} is already running this command; wait until it has finished`,
      );
    });
    expect(await withPidLock(path, 'Fetching', async () => 'third')).toBe('third');
    expect(await readdir(folder)).toEqual([]);
  });

  it('releases the lock when the work fails', async () => {
    const failing = withPidLock(path, 'Fetching', () => Promise.reject(new Error('no network')));
    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(folder)).toEqual([]);
  });

  it('respects another living process, and takes over from a killed one', async () => {
    await writeFile(path, String(process.ppid));
    await expect(withPidLock(path, 'Fetching', async () => 1)).rejects.toThrow(
      `process ${process.ppid} is already running`,
    );
    await writeFile(path, String(DEAD));
    expect(await withPidLock(path, 'Fetching', async () => 1)).toBe(1);
  });

  it('takes over from a killed process that had the same id, as in a container', async () => {
    await writeFile(path, String(process.pid));
    await age(path);
    expect(await withPidLock(path, 'Fetching', async () => 1)).toBe(1);
  });

  it('takes an empty lock file for one that has just been created, unless it is old', async () => {
    await writeFile(path, '');
    await expect(withPidLock(path, 'Fetching', async () => 1)).rejects.toThrow(LockedError);
    await age(path);
    expect(await withPidLock(path, 'Fetching', async () => 1)).toBe(1);
  });
});

describe('removeLeftovers()', () => {
  it('removes what killed processes were writing, and nothing else', async () => {
    const own = partialName('own');
    const kept = [own, `.partial-${process.ppid}-x`, '.partial-x', 'file'];
    const left = [
      `.partial-${DEAD}-x`,
      `.partial-sample-${DEAD}`,
      `.current-${DEAD}-x`,
      partialName('old'),
    ];
    for (const name of [...kept, ...left]) await writeFile(join(folder, name), '');
    await age(join(folder, partialName('old')));
    await removeLeftovers(folder);
    expect((await readdir(folder)).sort()).toEqual(kept.sort());
  });
});
