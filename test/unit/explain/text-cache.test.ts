import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TextCache } from '../../../src/explain/text-cache.ts';
import { openTextGeneration } from '../../../src/explain/text-generation.ts';

const key = (n: number) => n.toString(16).padStart(64, '0');

describe('TextCache', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-texts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps so many, the ones asked for last', async () => {
    const cache = await TextCache.open(2);
    await cache.set(key(1), 'one');
    await cache.set(key(2), 'two');
    await cache.get(key(1));
    await cache.set(key(3), 'three');
    expect([await cache.get(key(1)), await cache.get(key(2)), await cache.get(key(3))]).toEqual([
      'one',
      null,
      'three',
    ]);
  });

  it('knows again what it kept in its folder, and leaves no more there than it keeps', async () => {
    const cache = await TextCache.open(2, folder);
    for (const n of [1, 2, 3]) await cache.set(key(n), `text ${n}`);
    expect((await readdir(folder)).sort()).toEqual([`${key(2)}.txt`, `${key(3)}.txt`]);
    const again = await TextCache.open(2, folder);
    expect([await again.get(key(1)), await again.get(key(3))]).toEqual([null, 'text 3']);
    expect((await TextCache.open(1, folder)).size).toBe(1);
  });

  it('counts what was asked for, not what was written, as new after a restart', async () => {
    let now = Date.now() - 3_600_000;
    const cache = await TextCache.open(5, folder, () => now);
    for (const n of [1, 2]) {
      now += 120_000;
      await cache.set(key(n), `text ${n}`);
    }
    now += 120_000;
    await cache.get(key(1));
    const again = await TextCache.open(1, folder);
    expect([await again.get(key(1)), await again.get(key(2))]).toEqual(['text 1', null]);
  });

  it('ignores files that are not its own, and works when the folder is gone', async () => {
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await writeFile(join(folder, `${key(4)}.txt`), '');
    const cache = await TextCache.open(5, folder);
    expect(await cache.get(key(4))).toBeNull();
    await rm(folder, { recursive: true });
    await cache.set(key(5), 'five');
    expect(await cache.get(key(5))).toBe('five');
    await TextCache.open(5, folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is in memory where its folder cannot be used, and says so', async () => {
    await writeFile(join(folder, 'explanations'), 'a file, not a folder');
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const words = await openTextGeneration({
      model: 'm',
      baseUrl: null,
      keep: true,
      home: folder,
      log,
    });
    expect(words.access.model?.name).toBe('m');
    expect(lines).toEqual([expect.stringMatching(/kept in memory.*explanations/)]);
  });

  it('keeps nothing when it may keep nothing', async () => {
    const cache = await TextCache.open(0);
    await cache.set(key(1), 'one');
    expect(await cache.get(key(1))).toBeNull();
  });
});
