import { expect, it } from 'vitest';
import { type Profile, STATUS } from '../../../../src/data/interactions.ts';
import { wholenessOf } from '../../../../src/model/linear/wholeness.ts';

function list(seen: number, more: Partial<Profile> = {}): Profile {
  return {
    items: Uint32Array.from({ length: seen }, (_, n) => n),
    ratings: new Uint8Array(seen),
    statuses: new Uint8Array(seen).fill(STATUS.completed),
    ...more,
  };
}

it('is 0 for a part and 1 for a whole list when the profile says which', () => {
  expect(wholenessOf(list(1, { isWhole: true }))).toBe(1);
  expect(wholenessOf(list(500, { isWhole: false }))).toBe(0);
});

it('rises from 5 titles to 20, nowhere by more than an eighth for one title', () => {
  const shares = Array.from({ length: 20 }, (_, n) => wholenessOf(list(4 + n)));
  expect(shares.slice(0, 2)).toEqual([0, 0]);
  expect(shares.slice(16)).toEqual([1, 1, 1, 1]);
  const steps = shares.slice(1).map((share, n) => share - shares[n]);
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...steps)).toBeLessThan(1 / 8);
});

it('does not count planned titles', () => {
  const statuses = new Uint8Array(40).fill(STATUS.plan_to_watch, 5);
  expect(wholenessOf(list(40, { statuses: statuses.fill(STATUS.completed, 0, 5) }))).toBe(0);
});
