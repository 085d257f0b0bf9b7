import { describe, expect, it } from 'vitest';
import type { Pick } from '../../../../src/web/picks/picks.ts';
import { moved, plannedIn, withPlanned } from '../../../../src/web/watchlist/planned.ts';
import { placeAt, shiftOf } from '../../../../src/web/watchlist/use-reorder.ts';

const plan = (...animeIds: number[]): Pick[] =>
  animeIds.map((animeId) => ({ animeId, verdict: 'plan' }));

describe('plannedIn()', () => {
  it('has the planned titles only, those without a place last and in the order of the profile', () => {
    const profile: Pick[] = [...plan(1, 2), { animeId: 3, verdict: 9 }, ...plan(4, 5)];
    const kept = { order: [5, 3, 1], removed: [] };
    expect(plannedIn(profile, [], kept)).toEqual([5, 1, 2, 4]);
  });

  it('leaves out what was taken off an imported list, until it is planned again', () => {
    const kept = { order: [], removed: [2] };
    expect(plannedIn(plan(1, 2), [], kept)).toEqual([1]);
    expect(plannedIn(plan(1, 2), plan(2), kept)).toEqual([1, 2]);
  });
});

describe('moved()', () => {
  it('moves up, down, and not at all', () => {
    expect(moved([1, 2, 3, 4], 0, 2)).toEqual([2, 3, 1, 4]);
    expect(moved([1, 2, 3, 4], 3, 0)).toEqual([4, 1, 2, 3]);
    expect(moved([1, 2, 3], 1, 1)).toEqual([1, 2, 3]);
  });
});

describe('withPlanned()', () => {
  it('adds what is not there, and changes no verdict', () => {
    const picks: Pick[] = [{ animeId: 1, verdict: 8 }, ...plan(2)];
    expect(withPlanned(picks, [1, 2, 3])).toEqual([...picks, ...plan(3)]);
  });
});

describe('placeAt()', () => {
  // rows of 100, 100, 40 and 100 pixels
  const middles = [50, 150, 220, 290];

  it.each([
    [0, 0, 0],
    [0, 99, 0],
    [0, 101, 1],
    [0, 1000, 3],
    [3, -60, 3],
    [3, -80, 2],
    [3, -1000, 0],
  ])('a row at place %i dragged by %i pixels comes to place %i', (from, by, to) => {
    expect(placeAt(middles, from, by)).toBe(to);
  });
});

describe('shiftOf()', () => {
  it('makes room for the row that is dragged, and leaves the others', () => {
    const drag = { from: 1, to: 3, by: 170, height: 80 };
    expect([0, 1, 2, 3, 4].map((place) => shiftOf(place, drag))).toEqual([0, 170, -80, -80, 0]);
    const back = { from: 3, to: 1, by: -150, height: 80 };
    expect([0, 1, 2, 3].map((place) => shiftOf(place, back))).toEqual([0, 80, 80, -150]);
    expect(shiftOf(2, null)).toBe(0);
  });
});
