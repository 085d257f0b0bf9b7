import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '../../../../src/linalg/wasm/arena.ts';

describe('Arena', () => {
  it('lays arrays out side by side, each at a cache line, none at 0', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), (sizes) => {
        const arena = new Arena();
        let end = 1;
        for (const size of sizes) {
          const pointer = arena.allocate(size);
          expect(pointer % 64).toBe(0);
          expect(pointer).toBeGreaterThanOrEqual(end);
          expect(pointer - end).toBeLessThan(64);
          end = pointer + size;
          expect(arena.bytes).toBeGreaterThanOrEqual(end);
        }
        expect(arena.bytes - end).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('allocateAll() gives each name a pointer of its own', () => {
    const arena = new Arena();
    const { one, two } = arena.allocateAll({ one: 65, two: 4 });
    expect([one, two]).toEqual([64, 192]);
    expect(arena.allocate(1)).toBe(256);
  });
});
