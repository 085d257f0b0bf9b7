import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VectorCache } from '../../../../src/model/content/vector-cache.ts';
import { NO_PROGRESS } from '../../../../src/progress.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-vectors-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files = async () => (await readdir(folder)).sort();

describe('VectorCache', () => {
  it('finds in a new process what was added in another, text by text', async () => {
    const first = await VectorCache.open(join(folder, 'deep', 'er'));
    expect(first.dimensions).toBe(0);
    await first.add(['a', 'b'], Float32Array.of(1, 2, 3, 4));
    await first.add(['c'], Float32Array.of(5, 6));
    const second = await VectorCache.open(join(folder, 'deep', 'er'));
    expect(second.dimensions).toBe(2);
    expect(['a', 'b', 'c'].map((text) => [...(second.get(text) as Float32Array)])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(second.has('A')).toBe(false);
    expect(second.get('A')).toBeUndefined();
  });

  it('without a folder keeps them for itself', async () => {
    const cache = await VectorCache.open(null);
    await cache.add(['a'], Float32Array.of(1));
    expect(cache.has('a')).toBe(true);
    expect(await files()).toEqual([]);
  });

  it('removes a truncated, an altered and a foreign file, and keeps the rest', async () => {
    const cache = await VectorCache.open(folder);
    await cache.add(['good'], Float32Array.of(1, 2));
    const [good] = await files();
    await cache.add(['short'], Float32Array.of(3, 4));
    const short = (await files()).find((name) => name !== good) as string;
    await cache.add(['altered'], Float32Array.of(5, 6));
    const altered = (await files()).find((name) => name !== good && name !== short) as string;
    await writeFile(join(folder, short), (await readFile(join(folder, short))).subarray(0, -1));
    const bytes = await readFile(join(folder, altered));
    bytes[bytes.length - 1] ^= 1;
    await writeFile(join(folder, altered), bytes);
    await writeFile(join(folder, 'foreign.safetensors'), 'no tensors');
    const notes: string[] = [];
    const again = await VectorCache.open(folder, {
      ...NO_PROGRESS,
      note: (text: string) => notes.push(text),
    });
    expect(['good', 'short', 'altered'].map((text) => again.has(text))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await files()).toEqual([good]);
    for (const name of [short, altered, 'foreign.safetensors'])
      expect(
        notes.filter((note) => note.includes(name) && /encoded again/.test(note)),
      ).toHaveLength(1);
  });

  it('removes what a killed writer left, not what a living one is writing', async () => {
    await writeFile(join(folder, '.partial-999999999-abcdef'), 'half');
    await writeFile(join(folder, `.partial-${process.ppid}-abcdef`), 'half');
    await VectorCache.open(folder);
    expect(await files()).toEqual([`.partial-${process.ppid}-abcdef`]);
  });

  it('removes nothing because the system could not read it', async () => {
    await mkdir(join(folder, 'unreadable.safetensors'));
    await expect(VectorCache.open(folder)).rejects.toThrow(/EISDIR/);
    expect(await files()).toEqual(['unreadable.safetensors']);
  });

  it('overlooks what another writer is at, and takes two writers at once', async () => {
    await writeFile(join(folder, '.partial-1-abcdef'), 'half');
    const [one, two] = [await VectorCache.open(folder), await VectorCache.open(folder)];
    await Promise.all([
      one.add(['a', 'same'], Float32Array.of(1, 9)),
      two.add(['b', 'same'], Float32Array.of(2, 9)),
      two.add(['c'], Float32Array.of(3)),
      one.add(['c'], Float32Array.of(3)),
    ]);
    const both = await VectorCache.open(folder);
    expect(['a', 'b', 'c', 'same'].map((text) => both.get(text)?.[0])).toEqual([1, 2, 3, 9]);
  });
});
