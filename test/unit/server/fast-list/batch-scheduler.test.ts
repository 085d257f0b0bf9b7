import { setImmediate as loopOnce } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../../../src/server/fast-list/batch-scheduler.ts';

/** Keeps the processor busy for so many ms. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

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

  it('leave the event loop to others between two lists that take long', async () => {
    const turns = new Turns();
    const events: string[] = [];
    const lists = ['a', 'b', 'c'].map(async (name) => {
      await turns.take();
      work(5);
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

  it('come several in one go when they are short, yet never without end', async () => {
    const turns = new Turns();
    const events: string[] = [];
    const lists = Array.from({ length: 40 }, async () => {
      await turns.take();
      work(0.2);
      events.push('list');
    });
    const others = (async () => {
      while (events.filter((name) => name === 'list').length < 40) {
        await loopOnce();
        events.push('other');
      }
    })();
    await Promise.all([...lists, others]);
    const goes = events
      .join(' ')
      .split('other')
      .map((go) => go.trim().split(' ').length);
    expect(Math.max(...goes)).toBeGreaterThan(1);
    expect(Math.max(...goes)).toBeLessThanOrEqual(11);
  });

  it('send what was made in one go at its end', async () => {
    const turns = new Turns();
    const events: string[] = [];
    const lists = ['a', 'b'].map(async (name) => {
      await turns.take();
      events.push(`${name} made`);
      await turns.end();
      events.push(`${name} sent`);
    });
    await Promise.all(lists);
    expect(events).toEqual(['a made', 'b made', 'a sent', 'b sent']);
  });

  it('send at once what was made outside of a go, and after a list that failed', async () => {
    const turns = new Turns();
    await turns.end();
    const failing = turns.take().then(() => {
      throw new Error('this list');
    });
    const next = turns.take().then(() => turns.end());
    await expect(failing).rejects.toThrow('this list');
    await next;
    await loopOnce();
    await turns.end();
  });

  it('take in who comes while a list is made', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const late = async (name: string) => {
      await turns.take();
      order.push(name);
    };
    await turns.take();
    const comers = [late('first'), late('second')];
    await Promise.all(comers);
    await late('third');
    expect(order).toEqual(['first', 'second', 'third']);
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
