import { setImmediate as loopOnce } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/server/turns.ts';

describe('Turns', () => {
  it('come in the order they were taken, those taken meanwhile last', async () => {
    const turns = new Turns();
    const order: number[] = [];
    const take = async (n: number) => {
      await turns.take();
      order.push(n);
    };
    const all = [take(1), take(2), take(3).then(() => take(5)), take(4)];
    await Promise.all(all);
    await take(6);
    expect(order).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leave the event loop to others between two of them', async () => {
    const turns = new Turns();
    const events: string[] = [];
    const lists = ['a', 'b', 'c'].map(async (name) => {
      await turns.take();
      events.push(name);
    });
    const others = (async () => {
      for (let n = 0; n < 3; n++) {
        await loopOnce();
        events.push('other');
      }
    })();
    await Promise.all([...lists, others]);
    expect(events).toEqual(['a', 'other', 'b', 'other', 'c', 'other']);
  });

  it('give the next one its turn when the work of one fails', async () => {
    const turns = new Turns();
    const failing = turns.take().then(() => {
      throw new Error('this list');
    });
    const next = turns.take().then(() => 'made');
    await expect(failing).rejects.toThrow('this list');
    expect(await next).toBe('made');
  });
});
