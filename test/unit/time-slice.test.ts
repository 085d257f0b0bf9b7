import { describe, expect, it } from 'vitest';
import { eventLoopTurn, TimeSlice } from '../../src/time-slice.ts';

describe('TimeSlice', () => {
  it('is over after its milliseconds, and begins anew with each turn', async () => {
    let now = 100;
    const slice = new TimeSlice(5, () => now);
    expect(slice.over).toBe(false);
    now = 104.9;
    expect(slice.over).toBe(false);
    now = 105;
    expect(slice.over).toBe(true);
    await slice.next();
    expect(slice.over).toBe(false);
    now = 110;
    expect(slice.over).toBe(true);
  });
});

describe('eventLoopTurn()', () => {
  it('resumes one work in each turn of the event loop, the longest waiting first', async () => {
    let turn = 0;
    let counting = setImmediate(function count() {
      turn++;
      counting = setImmediate(count);
    });
    const resumed: { work: number; turn: number }[] = [];
    async function run(work: number) {
      for (let n = 0; n < 3; n++) {
        await eventLoopTurn();
        resumed.push({ work, turn });
      }
    }
    await Promise.all([run(0), run(1), run(2)]);
    clearImmediate(counting);
    expect(resumed.map(({ work }) => work)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(new Set(resumed.map(({ turn }) => turn)).size).toBe(9);
  });
});
