import { afterEach, describe, expect, it, vi } from 'vitest';
import { readList } from '../../../src/import/read-list.ts';
import { type ReaderOptions, ReaderThreads } from '../../../src/import/reader-threads.ts';

let threads: ReaderThreads;
const start = (options?: ReaderOptions) => {
  threads = new ReaderThreads(options);
  return threads;
};
afterEach(() => threads.close());

const csv = (text: string) => ({
  bytes: Buffer.from(text),
  name: 'my.csv',
});
const LIST = 'anime_id,title,score\n5114,,9\n,Mushishi,8\n';
const LONG = `title\n${Array.from({ length: 60_000 }, (_, n) => `Title ${n}`).join('\n')}\n`;
/** Never answers. */
const STUCK = new URL('data:text/javascript,setInterval(() => {}, 1000)');
const DEFECT = new URL('data:text/javascript,throw new Error("a defect")');

describe('ReaderThreads', () => {
  it('reads lists as they are read without a thread, also long ones', async () => {
    start({ timeLimit: 120_000 });
    for (const text of [LIST, LONG, LIST])
      expect(await threads.read(csv(text))).toEqual(
        await readList(Buffer.from(text), { name: 'my.csv' }),
      );
    expect(threads.size).toBe(1);
  });

  it('says what is wrong with a file, and goes on with the same thread', async () => {
    start();
    await expect(threads.read(csv('anime_id\nx\n'))).rejects.toMatchObject({
      name: 'ImportError',
      fault: 'unreadable',
      message: expect.stringContaining('line 2'),
    });
    expect((await threads.read(csv(LIST))).rows).toHaveLength(2);
    expect(threads.size).toBe(1);
  });

  it('blames the file that takes too much memory, harms no other, and goes on', async () => {
    start({ resourceLimits: { maxOldGenerationSizeMb: 12, maxYoungGenerationSizeMb: 2 } });
    const [large, small] = await Promise.allSettled([
      threads.read(csv(LONG)),
      threads.read(csv(LIST)),
    ]);
    expect(large).toMatchObject({ reason: { fault: 'too-large' } });
    expect(large).toMatchObject({ reason: { message: /takes too much memory/ } });
    expect(small).toMatchObject({ value: { rows: [{ animeId: 5114 }, { names: ['Mushishi'] }] } });
    expect((await threads.read(csv(LIST))).rows).toHaveLength(2);
  });

  it('blames the file that takes too long, and ends its thread', async () => {
    start({ script: STUCK, timeLimit: 50 });
    await expect(threads.read(csv(LIST))).rejects.toMatchObject({
      fault: 'too-large',
      message: expect.stringContaining('takes more than 0.05 s'),
    });
    expect(threads.size).toBe(0);
  });

  it('ends the thread of a visitor who leaves', async () => {
    start({ script: STUCK });
    const left = new AbortController();
    const reading = threads.read(csv(LIST), left.signal);
    left.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
    expect(threads.size).toBe(0);
    await expect(threads.read(csv(LIST), left.signal)).rejects.toThrow('left');
    expect(threads.size).toBe(0);
  });

  it('calls a defect a defect', async () => {
    start({ script: DEFECT });
    await expect(threads.read(csv(LIST))).rejects.toThrow('a defect');
    expect(threads.size).toBe(0);
  });

  it('ends a thread that has nothing to do', async () => {
    start({ idleLimit: 1 });
    await threads.read(csv(LIST));
    await vi.waitUntil(() => threads.size === 0);
  });

  it('leaves memory that a file shares with others', async () => {
    start();
    const both = Buffer.from(`${LIST}${LIST}`);
    const bytes = both.subarray(0, LIST.length);
    await threads.read({ ...csv(''), bytes });
    expect(both.toString()).toBe(`${LIST}${LIST}`);
  });
});
