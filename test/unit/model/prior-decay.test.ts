import { describe, expect, it } from 'vitest';
import { STATUS } from '../../../src/data/interactions.ts';
import { priorDecay } from '../../../src/model/prior-decay.ts';

function seen(count: number) {
  return {
    items: Uint32Array.from({ length: count }, (_, item) => item),
    ratings: new Uint8Array(count).fill(8),
    statuses: new Uint8Array(count).fill(STATUS.completed),
  };
}

describe('priorDecay()', () => {
  it('is 1 up to five seen titles and falls with each more; planned ones are not seen', () => {
    expect(priorDecay(seen(0))).toBe(1);
    expect(priorDecay(seen(5))).toBe(1);
    expect(priorDecay(seen(6))).toBeCloseTo(5 / 6);
    expect(priorDecay(seen(50))).toBeCloseTo(0.1);
    const planned = seen(50);
    planned.statuses.fill(STATUS.plan_to_watch, 5);
    expect(priorDecay(planned)).toBe(1);
  });
});
