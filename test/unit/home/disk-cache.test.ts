import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskCache, type DiskCacheOptions } from '../../../src/home/disk-cache.ts';

const HOUR = 3_600_000;
let folder: string;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-disk-'));
  now = Date.UTC(2026, 0, 1);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keyOf = (file: string) => /^(\w+)(?:-\w+)?\.txt$/.exec(file)?.[1] ?? null;
const open = (options: Partial<DiskCacheOptions> = {}) =>
  DiskCache.open({ folder, keyOf, now: () => now, ...options });
const text = (path: string) => readFile(path, 'utf8').catch(() => null);

describe('DiskCache', () => {
  it('finds in a later process what was put, under the name that was given', async () => {
    const cache = await open({ folder: join(folder, 'deep', 'er') });
    await cache.put('a', 'a-1.txt', 'first');
    await cache.put('b', 'b.txt', (path) => writeFile(path, 'written by a function'));
    const again = await open({ folder: join(folder, 'deep', 'er') });
    for (const one of [cache, again]) {
      expect(await one.read('a', text)).toBe('first');
      expect(await one.read('b', text)).toBe('written by a function');
      expect(await one.read('c', text)).toBeNull();
      expect([one.size, one.bytes, one.keys().sort()]).toEqual([2, 26, ['a', 'b']]);
      expect(one.get('a')).toMatchObject({ file: 'a-1.txt', bytes: 5, writtenAt: now });
    }
  });

  it('replaces an entry, also by a file of another name', async () => {
    const cache = await open();
    await cache.put('a', 'a-1.txt', 'first');
    await cache.put('a', 'a-2.txt', 'second');
    await cache.put('a', 'a-2.txt', 'third');
    expect(await cache.read('a', text)).toBe('third');
    expect([cache.size, cache.bytes, await readdir(folder)]).toEqual([1, 5, ['a-2.txt']]);
  });

  it('treats an entry that its reader refuses as missing, and removes it', async () => {
    const cache = await open();
    await cache.put('a', 'a.txt', 'damaged');
    expect(await cache.read('a', async () => null)).toBeNull();
    expect([cache.get('a'), cache.bytes, await readdir(folder)]).toEqual([undefined, 0, []]);
  });

  it('keeps an entry whose reader throws', async () => {
    const cache = await open();
    await cache.put('a', 'a.txt', 'text');
    const failing = cache.read('a', () => Promise.reject(new Error('too many open files')));
    await expect(failing).rejects.toThrow('too many open files');
    expect(await cache.read('a', text)).toBe('text');
  });

  it('leaves nothing half-written, and the entry as it was, when writing fails', async () => {
    const cache = await open();
    await cache.put('a', 'a.txt', 'text');
    const failing = cache.put('a', 'a.txt', async (path) => {
      await writeFile(path, 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await cache.read('a', text)).toBe('text');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('notes the use of an entry on disk once a minute at most', async () => {
    const cache = await open();
    await cache.put('a', 'a.txt', 'text');
    const usedAt = async () => (await stat(join(folder, 'a.txt'))).atimeMs;
    now += 59_000;
    await cache.touch('a');
    expect(await usedAt()).toBeLessThan(now);
    now += 1_000;
    await cache.touch('a');
    expect(await usedAt()).toBe(now);
    expect((await open()).get('a')?.writtenAt).toBe(now - 60_000);
  });

  it('leaves files of others alone, and of two files with one key the one used last', async () => {
    await writeFile(join(folder, 'notes.md'), 'mine');
    await writeFile(join(folder, '.partial-999999999-x'), 'left by a killed process');
    await writeFile(join(folder, 'a-1.txt'), 'older');
    await writeFile(join(folder, 'a-2.txt'), 'newer');
    await utimes(join(folder, 'a-1.txt'), 1, 1);
    const cache = await open({ limitEntries: 1 });
    expect(await cache.read('a', text)).toBe('newer');
    expect((await readdir(folder)).sort()).toEqual(['a-2.txt', 'notes.md']);
  });

  it('an empty file does not make way for larger ones', async () => {
    const cache = await open({ limitBytes: 5 });
    await cache.put('empty', 'empty.txt', '');
    await cache.put('a', 'a.txt', 'aaaa');
    await cache.put('b', 'b.txt', 'bbbb');
    expect(cache.keys().sort()).toEqual(['b', 'empty']);
  });

  it('keeps its limits and the entries used last, whatever is put and read, and across restarts', async () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 5 }), put: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await rm(folder, { recursive: true, force: true });
        const cache = await open({ limitEntries: 3, limitBytes: 8 });
        let expected: number[] = [];
        for (const { key, put } of steps) {
          now += HOUR;
          if (put) await cache.put(`k${key}`, `k${key}.txt`, 'x'.repeat(1 + key));
          else await cache.read(`k${key}`, text);
          if (put || expected.includes(key))
            expected = [...expected.filter((other) => other !== key), key];
          const bytes = () => expected.reduce((sum, other) => sum + 1 + other, 0);
          while (expected.length > 3 || bytes() > 8) expected.shift();
        }
        const keys = expected.map((key) => `k${key}`);
        expect(cache.keys()).toEqual(keys);
        expect((await open()).keys()).toEqual(keys);
        expect((await readdir(folder)).sort()).toEqual(keys.map((key) => `${key}.txt`).sort());
      }),
      { numRuns: 30 },
    );
  });
});
