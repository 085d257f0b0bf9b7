import { describe, expect, it } from 'vitest';
import { spreadWork } from '../../../../src/server/http/spread-work.ts';

/** Keeps the event loop for a while. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('spreadWork()', () => {
  it('does all of it in the order of the calls, and lets others work in between', async () => {
    const done: number[] = [];
    const spread = spreadWork((item: number) => {
      work(2);
      done.push(item);
    });
    const items = Array.from({ length: 30 }, (_, n) => n);
    for (const item of items) spread(item);
    expect(done).toEqual([]);
    await expect.poll(() => done.length, { interval: 1 }).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(items.length);
    await expect.poll(() => done).toEqual(items);
  });

  it('does what comes later, too', async () => {
    const done: string[] = [];
    const spread = spreadWork((item: string) => done.push(item));
    spread('first');
    await expect.poll(() => done).toEqual(['first']);
    spread('second');
    await expect.poll(() => done).toEqual(['first', 'second']);
  });
});
