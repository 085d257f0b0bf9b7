import { describe, expect, it } from 'vitest';
import { Wanted, type Wish } from '../../../src/poster/wanted.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const any = () => true;
const idsOf = (wishes: readonly Wish[]) => wishes.map(({ animeId }) => animeId);

describe('Wanted', () => {
  it('take() gives the first of those asked last, and none that is in hand', () => {
    const wanted = new Wanted({ clock: new FakeClock() });
    expect(wanted.take(5, any)).toEqual([]);
    wanted.ask([1, 2, 3]);
    wanted.ask([4, 5, 1]);
    expect(idsOf(wanted.take(3, any))).toEqual([4, 5, 1]);
    expect(idsOf(wanted.take(3, ({ animeId }) => animeId !== 2))).toEqual([3]);
    wanted.ask([1]);
    expect(idsOf(wanted.take(9, any))).toEqual([2]);
  });

  it('ask() makes room by dropping what was asked for longest ago, never what is in hand', () => {
    const wanted = new Wanted({ clock: new FakeClock(), most: 3 });
    wanted.ask([1]);
    wanted.take(1, any);
    wanted.ask([2]);
    wanted.ask([3]);
    wanted.ask([4]);
    expect(idsOf(wanted.take(9, any))).toEqual([4, 3]);
    wanted.ask(Array.from({ length: 1000 }, (_, at) => 10 + at));
    expect(wanted.size).toBe(3);
  });

  it('a wish that is not repeated is dropped, one that is repeated or in hand stays', async () => {
    const clock = new FakeClock();
    const wanted = new Wanted({ clock, patienceMs: 1000 });
    wanted.ask([1, 2, 3]);
    const [first] = wanted.take(1, any);
    await clock.pass(800);
    wanted.ask([3]);
    await clock.pass(800);
    expect(wanted.some(({ animeId }) => animeId === 3)).toBe(true);
    expect(idsOf(wanted.take(9, any))).toEqual([3]);
    first.inHand = false;
    expect(wanted.take(9, any)).toEqual([]);
    expect(wanted.size).toBe(1);
  });
});
