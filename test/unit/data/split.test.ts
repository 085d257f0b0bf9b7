import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Profile, STATUS } from '../../../src/data/interactions.ts';
import { random } from '../../../src/data/random.ts';
import { drawHeldOut, HELD_OUT_SHARE, splitProfile, userRandom } from '../../../src/data/split.ts';

function profile(statuses: readonly number[]): Profile {
  return {
    items: Uint32Array.from(statuses, (_, p) => 3 * p),
    ratings: Uint8Array.from(statuses, (_, p) => p % 11),
    statuses: Uint8Array.from(statuses),
  };
}

const rows = ({ items, ratings, statuses }: Profile) =>
  [...items].map((item, p) => [item, ratings[p], statuses[p]]);
const status = fc.constantFrom(...Object.values(STATUS));

describe('splitProfile()', () => {
  it('parts the list into known and held out, items ascending, a fifth held out', () => {
    fc.assert(
      fc.property(
        fc.array(status, { minLength: 2, maxLength: 200 }),
        fc.integer(),
        (statuses, seed) => {
          const seen = statuses.filter((code) => code !== STATUS.plan_to_watch).length;
          fc.pre(seen >= 2);
          const whole = profile(statuses);
          const { known, heldOut } = splitProfile(whole, HELD_OUT_SHARE, random(seed));
          expect([...rows(known), ...rows(heldOut)].sort((a, b) => a[0] - b[0])).toEqual(
            rows(whole),
          );
          expect(heldOut.items.length).toBe(Math.max(1, Math.round(seen * 0.2)));
          expect([...known.items]).toEqual([...known.items].sort((a, b) => a - b));
          expect([...heldOut.items]).toEqual([...heldOut.items].sort((a, b) => a - b));
          expect(heldOut.statuses.includes(STATUS.plan_to_watch)).toBe(false);
          expect(known.statuses.some((code) => code !== STATUS.plan_to_watch)).toBe(true);
        },
      ),
    );
  });

  it('leaves at least one on each side at any share', () => {
    for (const share of [0.001, 0.5, 0.999]) {
      const { known, heldOut } = splitProfile(profile([2, 2]), share, random(1));
      expect([known.items.length, heldOut.items.length]).toEqual([1, 1]);
    }
  });

  it('holds out every title equally often', () => {
    const counts = new Array(10).fill(0);
    for (let userId = 0; userId < 5000; userId++) {
      const { heldOut } = splitProfile(profile(new Array(10).fill(2)), 0.2, userRandom(42, userId));
      for (const item of heldOut.items) counts[item / 3]++;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130); // 4.5 standard deviations
  });

  it('splits a drawn person as evenly as anyone: the draw and the split are independent', () => {
    const userIds = Int32Array.from({ length: 20_000 }, (_, i) => i);
    const { test } = drawHeldOut(userIds, new Uint32Array(20_000).fill(10), {
      validationUsers: 0,
      testUsers: 2000,
      minHeldOutRatings: 2,
      seed: 42,
    });
    const counts = new Array(10).fill(0);
    for (const userId of test)
      for (const item of splitProfile(profile(new Array(10).fill(2)), 0.2, userRandom(42, userId))
        .heldOut.items)
        counts[item / 3]++;
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(80);
  });

  it('refuses a list that cannot be split, and an invalid share', () => {
    expect(() => splitProfile(profile([]), 0.2, random(1))).toThrow(/0 seen titles/);
    expect(() => splitProfile(profile([2, 6, 6]), 0.2, random(1))).toThrow(/1 seen titles/);
    for (const share of [0, 1, -1, Number.NaN])
      expect(() => splitProfile(profile([2, 2]), share, random(1))).toThrow(/share/);
  });
});

describe('userRandom()', () => {
  it('repeats itself, and differs by seed and by person', () => {
    const first = (seed: number, userId: number) => userRandom(seed, userId)();
    expect(first(42, 7)).toBe(first(42, 7));
    expect(
      new Set([first(42, 7), first(43, 7), first(42, 8), first(0, 0), first(-1, 2 ** 31 - 1)]).size,
    ).toBe(5);
  });
});

describe('drawHeldOut()', () => {
  const options = { validationUsers: 30, testUsers: 20, minHeldOutRatings: 10, seed: 42 };
  const ids = (count: number) => Int32Array.from({ length: count }, (_, i) => 5 * i + 1);
  const seen = (count: number) => Uint32Array.from({ length: count }, (_, i) => i % 20);

  it('draws disjoint ascending groups that cover everyone, from those who have seen enough', () => {
    const [userIds, counts] = [ids(1000), seen(1000)];
    const parts = drawHeldOut(userIds, counts, options);
    expect([parts.validation.length, parts.test.length]).toEqual([30, 20]);
    expect([...parts.train, ...parts.validation, ...parts.test].sort((a, b) => a - b)).toEqual([
      ...userIds,
    ]);
    for (const part of Object.values(parts))
      expect([...part]).toEqual([...part].sort((a, b) => a - b));
    for (const userId of [...parts.validation, ...parts.test])
      expect(counts[userIds.indexOf(userId)]).toBeGreaterThanOrEqual(10);
  });

  it('draws the same people for the same seed and others for another', () => {
    const draw = (seed: number) => drawHeldOut(ids(1000), seen(1000), { ...options, seed });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1).test).not.toEqual(draw(2).test);
  });

  it('never takes more than a tenth of everyone for a group', () => {
    const parts = drawHeldOut(ids(100), new Uint32Array(100).fill(50), {
      ...options,
      validationUsers: 700,
      testUsers: 700,
    });
    expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual([80, 10, 10]);
  });

  it('shrinks both groups alike when too few have seen enough', () => {
    const counts = new Uint32Array(1000).fill(1).fill(50, 0, 25);
    const parts = drawHeldOut(ids(1000), counts, {
      ...options,
      validationUsers: 30,
      testUsers: 30,
    });
    expect([parts.validation.length, parts.test.length]).toEqual([12, 12]);
  });

  it('holds out nobody of nobody, of one and of nine', () => {
    for (const count of [0, 1, 9]) {
      const parts = drawHeldOut(ids(count), new Uint32Array(count).fill(50), options);
      expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual([
        count,
        0,
        0,
      ]);
    }
  });
});
