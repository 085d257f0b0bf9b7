import { describe, expect, it } from 'vitest';
import { type Profile, STATUS } from '../../../src/data/interactions.ts';
import { HIDDEN, hideListed } from '../../../src/model/mask.ts';
import { topItems, topOthers } from '../../../src/model/top.ts';

const profile: Profile = {
  items: Uint32Array.of(0, 2),
  ratings: Uint8Array.of(8, 0),
  statuses: Uint8Array.of(STATUS.dropped, STATUS.plan_to_watch),
};
const hidden = (which?: { seen?: boolean; planned?: boolean }) =>
  [...hideListed(Float32Array.of(3, 2, 1), profile, which)].map((score) => score === HIDDEN);

describe('hideListed()', () => {
  it('hides what is seen, and planned titles only when asked to', () => {
    expect(hidden()).toEqual([true, false, false]);
    expect(hidden({ planned: true })).toEqual([true, false, true]);
    expect(hidden({ seen: false, planned: true })).toEqual([false, false, true]);
  });

  it('leaves nothing for a ranking to take', () => {
    const scores = hideListed(Float32Array.of(3, 2, 1), profile);
    expect([...topItems(scores, 3).items]).toEqual([1, 2]);
  });
});

describe('topOthers()', () => {
  it('ranks all but one item', () => {
    expect([...topOthers(Float32Array.of(3, 2, 1), 1, 5).items]).toEqual([0, 2]);
  });
});
