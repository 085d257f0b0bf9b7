import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdMap } from '../../../src/data/id-map.ts';

const id = fc.oneof(
  fc.integer({ min: 0, max: 60_000 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);

describe('IdMap', () => {
  it('finds every id it holds and no other, whatever their size', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.array(id), (ids, others) => {
        const map = new IdMap(Int32Array.from(ids));
        expect(map.size).toBe(ids.length);
        ids.forEach((held, index) => {
          expect(map.indexOf(held)).toBe(index);
        });
        for (const other of others) expect(map.indexOf(other)).toBe(ids.indexOf(other));
      }),
    );
  });

  it('finds nothing for an unknown id', () => {
    const map = new IdMap(Int32Array.of(1, 5, 9));
    for (const none of [0, 2, 10, -1, 1.5, Number.NaN, 1e12, Number.POSITIVE_INFINITY])
      expect(map.indexOf(none)).toBe(-1);
    expect(new IdMap(new Int32Array(0)).indexOf(0)).toBe(-1);
  });

  it('refuses an id that occurs twice, naming it', () => {
    for (const twice of [7, 0, -3, 2 ** 31 - 1, 1 << 24]) {
      expect(() => new IdMap(Int32Array.of(twice, 4, twice))).toThrow(`id ${twice} occurs twice`);
    }
  });
});
