import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/net/pace.ts';

describe('Pace', () => {
  it('starts at once without windows', () => {
    const pace = new Pace([]);
    pace.start(0);
    expect(pace.wait(0)).toBe(0);
  });

  it('says how many more may start, by the window that allows least', () => {
    const pace = new Pace([
      { limit: 2, milliseconds: 1000 },
      { limit: 3, milliseconds: 60_000 },
    ]);
    expect(pace.left(0)).toBe(2);
    pace.start(0);
    pace.start(0);
    expect(pace.left(0)).toBe(0);
    expect(pace.left(1000)).toBe(1);
    pace.start(1000);
    expect(pace.left(5000)).toBe(0);
    expect(pace.left(60_000)).toBe(2);
  });

  it('when callers wait as long as it says, no stretch of time has more starts than a window allows, and none is wasted', () => {
    const window = fc.record({
      limit: fc.integer({ min: 1, max: 8 }),
      milliseconds: fc.integer({ min: 1, max: 5000 }),
    });
    const rests = fc.array(fc.nat({ max: 3000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), rests, (windows, pauses) => {
        const pace = new Pace(windows);
        const starts: number[] = [];
        let now = 1_000_000;
        for (const rest of pauses) {
          const wait = pace.wait(now);
          now += wait;
          const full = (at: number) =>
            windows.some(
              ({ limit, milliseconds }) =>
                starts.filter((s) => s > at - milliseconds).length >= limit,
            );
          expect(full(now)).toBe(false);
          if (wait > 0) expect(full(now - 1)).toBe(true);
          pace.start(now);
          starts.push(now);
          now += rest % 7 === 0 ? rest : 0;
        }
      }),
    );
  });
});
