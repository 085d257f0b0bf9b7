import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnionFind } from '../../../../src/data/franchise/union-find.ts';

const SIZE = 12;
const index = fc.integer({ min: 0, max: SIZE - 1 });
const pairs = fc.array(fc.tuple(index, index), { maxLength: 40 });

describe('UnionFind', () => {
  it('has every member in exactly one group, the lowest first', () => {
    const sets = new UnionFind(5);
    expect([sets.join(4, 1), sets.join(3, 0), sets.join(1, 4)]).toEqual([true, true, true]);
    expect(sets.groups()).toEqual([[0, 3], [1, 4], [2]]);
    expect(new UnionFind(0).groups()).toEqual([]);
  });

  it('refuses a join that would bring two apart members together, by whatever way', () => {
    const sets = new UnionFind(5, [[0, 4]]);
    expect([sets.join(0, 2), sets.join(4, 3), sets.join(3, 2)]).toEqual([true, true, false]);
    expect(sets.groups()).toEqual([[0, 2], [1], [3, 4]]);
  });

  it('never joins members that are apart, whatever is joined in whatever order', () => {
    const apart = [
      [0, 7, 11],
      [3, 4],
      [4, 0],
    ];
    fc.assert(
      fc.property(pairs, (joins) => {
        const sets = new UnionFind(SIZE, apart);
        for (const [a, b] of joins) expect(sets.join(a, b)).toBe(sets.find(a) === sets.find(b));
        for (const group of apart)
          expect(new Set(group.map((member) => sets.find(member))).size).toBe(group.length);
      }),
    );
  });
});
