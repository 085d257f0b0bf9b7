import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PosterCache } from '../../../src/poster/cache.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const DAY = 86_400_000;
let folder: string;
let clock: FakeClock;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'osusume-cache-')), 'posters');
  clock = new FakeClock(Date.now());
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const open = (limitBytes = 1 << 20) => PosterCache.open({ folder, limitBytes, clock });
const picture = (byte: number, size = 1000) => ({
  type: 'image/webp' as const,
  bytes: Buffer.alloc(size, byte),
});

/** The animeIds that are there, of 1 … most. */
function there(cache: PosterCache, most: number): number[] {
  return Array.from({ length: most }, (_, at) => at + 1).filter(
    (animeId) => cache.state(animeId) === 'fresh',
  );
}

describe('PosterCache', () => {
  it('gives back what was put, also after a restart, and nothing else', async () => {
    const cache = await open();
    expect(cache.state(1)).toBe('unknown');
    expect(await cache.read(1)).toBeNull();
    await cache.put(1, picture(1));
    for (const opened of [cache, await open()]) {
      expect(opened.state(1)).toBe('fresh');
      expect(await opened.read(1)).toEqual({
        ...picture(1),
        tag: expect.stringMatching(/^\w{16}$/),
      });
      expect(opened.bytes).toBe(1000);
    }
  });

  it('a new picture takes the place of the old one, and of "none"', async () => {
    const cache = await open();
    await cache.putNone(1);
    expect(cache.state(1)).toBe('none');
    await cache.put(1, picture(1));
    await cache.put(1, picture(2, 500));
    await cache.put(1, picture(2, 500));
    expect((await cache.read(1))?.bytes).toEqual(picture(2, 500).bytes);
    expect(cache.bytes).toBe(500);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('never holds more than its limit: the least recently used goes first, also across a restart', async () => {
    const cache = await open(5000);
    for (const animeId of [1, 2, 3, 4, 5]) {
      await cache.put(animeId, picture(animeId));
      await clock.pass(DAY);
    }
    await cache.read(1);
    await clock.pass(DAY);
    await cache.put(6, picture(6));
    expect(there(cache, 6)).toEqual([1, 3, 4, 5, 6]);

    await clock.pass(DAY);
    const again = await open(5000);
    await again.put(7, picture(7, 2000));
    expect(there(again, 7)).toEqual([1, 5, 6, 7]);
    expect(again.bytes).toBe(5000);
    const smaller = await open(2500);
    expect(smaller.bytes).toBeLessThanOrEqual(2500);
    const files = await readdir(folder);
    const sizes = await Promise.all(
      files.map(async (file) => (await stat(join(folder, file))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(smaller.bytes);
  });

  it('keeps to its limit when many are put at once', async () => {
    const cache = await open(10_000);
    const ids = Array.from({ length: 60 }, (_, at) => at + 1);
    await Promise.all(ids.map((animeId) => cache.put(animeId, picture(animeId))));
    expect(cache.bytes).toBe(10_000);
    expect(await readdir(folder)).toHaveLength(10);
    for (const animeId of there(cache, 60))
      expect((await cache.read(animeId))?.bytes).toEqual(picture(animeId).bytes);
  });

  it.each([
    ['truncated', (path: string) => truncate(path, 400)],
    ['altered', (path: string) => writeFile(path, Buffer.alloc(1000, 9))],
    ['empty', (path: string) => truncate(path, 0)],
    ['gone', (path: string) => rm(path)],
  ])(
    'a file that is %s is dropped when it is read, before and after a restart',
    async (_, damage) => {
      const cache = await open();
      await cache.put(1, picture(1));
      const [file] = await readdir(folder);
      await damage(join(folder, file));
      const again = await open();
      for (const opened of [cache, again]) {
        expect(await opened.read(1)).toBeNull();
        expect(opened.state(1)).toBe('unknown');
        expect(opened.bytes).toBe(0);
      }
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('other files are left alone, leftovers of killed processes are removed, of two pictures the newer counts', async () => {
    const cache = await open();
    await cache.put(1, picture(1));
    const [first] = await readdir(folder);
    const bytes = await readFile(join(folder, first));
    await cache.put(1, picture(2));
    await writeFile(join(folder, first), bytes);
    await utimes(join(folder, first), 1, 1);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await writeFile(join(folder, `.partial-${process.ppid}-abc`), 'being written');
    await writeFile(join(folder, '.partial-999999999-def'), 'left behind');
    const again = await open();
    expect((await again.read(1))?.bytes).toEqual(picture(2).bytes);
    expect(again.bytes).toBe(1000);
    expect((await readdir(folder)).sort()).toEqual(
      [
        `.partial-${process.ppid}-abc`,
        'notes.txt',
        (await readdir(folder)).find((name) => name.startsWith('1-')),
      ].sort(),
    );
  });

  it('a picture is old after three months, and "none" holds for a week', async () => {
    const cache = await open();
    await cache.put(1, picture(1));
    await cache.putNone(2);
    await clock.pass(8 * DAY);
    expect([cache.state(1), cache.state(2)]).toEqual(['fresh', 'unknown']);
    await clock.pass(90 * DAY);
    expect(cache.state(1)).toBe('old');
    expect(await cache.read(1)).not.toBeNull();
    expect((await open()).state(1)).toBe('old');
  });
});
