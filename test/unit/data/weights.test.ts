import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { type Profile, STATUS } from '../../../src/data/interactions.ts';
import { preferenceWeights } from '../../../src/data/weights.ts';

const options = parseSlimOptions({
  weights: { slope: 0.3, spread: 0, shrinkage: 0, floor: 0.1, ceiling: 2.5, planned: 0 },
}).weights;

function profile(...entries: [rating: number, status: number][]): Profile {
  return {
    items: Uint32Array.from(entries.keys()),
    ratings: Uint8Array.from(entries, ([rating]) => rating),
    statuses: Uint8Array.from(entries, ([, status]) => status),
  };
}

describe('preferenceWeights()', () => {
  it('is 1 + slope · (rating − own mean), clipped', () => {
    const { completed } = STATUS;
    const weights = preferenceWeights(
      profile([10, completed], [8, completed], [6, completed], [1, completed], [10, completed]),
      options,
    );
    // mean 7
    expect([...weights].map((w) => Math.round(w * 1000) / 1000)).toEqual([1.9, 1.3, 0.7, 0.1, 1.9]);
  });

  it('gives each unscored status its own weight, and planned titles theirs', () => {
    const weights = preferenceWeights(
      profile(
        [0, STATUS.completed],
        [0, STATUS.watching],
        [0, STATUS.on_hold],
        [0, STATUS.dropped],
        [0, STATUS.plan_to_watch],
        [9, STATUS.plan_to_watch],
      ),
      {
        ...options,
        unscored: { completed: 0.7, watching: 0.6, on_hold: 0.5, dropped: 0.2 },
        planned: 0.05,
      },
    );
    expect([...weights].map((w) => Math.round(w * 1000) / 1000)).toEqual([
      0.7, 0.6, 0.5, 0.2, 0.05, 0.05,
    ]);
  });

  it('does not depend on the scale a person uses when spread is 1', () => {
    const { completed } = STATUS;
    const options1 = { ...options, spread: 1, shrinkage: 0, floor: 0, ceiling: 10 };
    const narrow = preferenceWeights(
      profile([6, completed], [7, completed], [8, completed]),
      options1,
    );
    const wide = preferenceWeights(
      profile([4, completed], [6, completed], [8, completed]),
      options1,
    );
    for (let p = 0; p < 3; p++) expect(wide[p]).toBeCloseTo(narrow[p], 5);
  });

  it('is finite and within floor and ceiling for any list', () => {
    const entry = fc.tuple(
      fc.integer({ min: 0, max: 10 }),
      fc.constantFrom(...Object.values(STATUS)),
    );
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (entries, spread) => {
          const weights = preferenceWeights(profile(...entries), { ...options, spread });
          for (const weight of weights) {
            expect(Number.isFinite(weight)).toBe(true);
            expect(weight).toBeGreaterThanOrEqual(0);
            expect(weight).toBeLessThanOrEqual(2.5);
          }
        },
      ),
    );
  });
});
