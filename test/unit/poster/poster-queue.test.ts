import { describe, expect, it } from 'vitest';
import { PosterQueue, type QueuedTitle } from '../../../src/poster/poster-queue.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const any = () => true;
const idsOf = (titles: readonly QueuedTitle[]) => titles.map(({ animeId }) => animeId);

describe('PosterQueue', () => {
  it('take() gives the first of those asked last, and none that is running', () => {
    const queue = new PosterQueue({ clock: new FakeClock() });
    expect(queue.take(5, any)).toEqual([]);
    queue.ask([1, 2, 3]);
    queue.ask([4, 5, 1]);
    expect(idsOf(queue.take(3, any))).toEqual([4, 5, 1]);
    expect(idsOf(queue.take(3, ({ animeId }) => animeId !== 2))).toEqual([3]);
    queue.ask([1]);
    expect(idsOf(queue.take(9, any))).toEqual([2]);
  });

  it('ask() makes room by dropping what was asked for longest ago, never what is running', () => {
    const queue = new PosterQueue({ clock: new FakeClock(), limit: 3 });
    queue.ask([1]);
    queue.take(1, any);
    queue.ask([2]);
    queue.ask([3]);
    queue.ask([4]);
    expect(idsOf(queue.take(9, any))).toEqual([4, 3]);
    queue.ask(Array.from({ length: 1000 }, (_, at) => 10 + at));
    expect(queue.size).toBe(3);
  });

  it('a title not asked for again is dropped, one asked for again or running stays', async () => {
    const clock = new FakeClock();
    const queue = new PosterQueue({ clock, maxAgeMs: 1000 });
    queue.ask([1, 2, 3]);
    const [first] = queue.take(1, any);
    await clock.pass(800);
    queue.ask([3]);
    await clock.pass(800);
    expect(queue.some(({ animeId }) => animeId === 3)).toBe(true);
    expect(idsOf(queue.take(9, any))).toEqual([3]);
    first.isRunning = false;
    expect(queue.take(9, any)).toEqual([]);
    expect(queue.size).toBe(1);
  });
});
