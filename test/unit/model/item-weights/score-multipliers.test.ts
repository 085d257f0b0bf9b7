import { describe, expect, it } from 'vitest';
import type { ScoreMultiplierOptions } from '../../../../src/config/model-options.ts';
import type { FranchisePlace } from '../../../../src/data/anime.ts';
import { type Profile, STATUS, type StatusCode } from '../../../../src/data/interactions.ts';
import {
  placesOf,
  ScoreMultipliers,
  standingOf,
} from '../../../../src/model/item-weights/score-multipliers.ts';
import { anime } from '../../../support/small-dataset.ts';

const NONE: ScoreMultiplierOptions = {
  later: 0,
  sequel: 0,
  liking: 0,
  newer: 0,
  types: { Special: 0, OVA: 0, Movie: 0 },
};

const part = (
  franchiseId: number,
  position: number,
  prerequisite: number | null = null,
): FranchisePlace => ({ franchiseId, name: 'Saga', position, size: 3, prerequisite });

/** Two stories, of items 0–2 and 3–4; item 5 is on its own; 6–7 are newer, 8 has no year; 9–20 are of 2000. */
const CATALOGUE = [
  anime(10, { franchise: part(10, 1), year: 2000 }),
  anime(11, { franchise: part(10, 2, 10), year: 2000 }),
  anime(12, { franchise: part(10, 3, 11), year: 2000, type: 'Movie' }),
  anime(13, { franchise: part(13, 1), year: 2000 }),
  anime(14, { franchise: part(13, 2), year: 2000, type: 'Special' }),
  anime(15, { year: 2000 }),
  anime(16, { year: 2001 }),
  anime(17, { year: 2019 }),
  anime(18, { year: null }),
  ...Array.from({ length: 12 }, (_, n) => anime(19 + n, { year: 2000 })),
];
const DATED = Array.from({ length: 12 }, (_, n) => 9 + n);

function list(items: readonly number[], status: StatusCode = STATUS.completed): Profile {
  return {
    items: Uint32Array.from(items),
    ratings: new Uint8Array(items.length),
    statuses: new Uint8Array(items.length).fill(status),
  };
}

function multipliersOf(
  options: Partial<ScoreMultiplierOptions>,
  profile: Profile,
  weight = 1,
): number[] {
  const multipliers = new ScoreMultipliers(placesOf(CATALOGUE), { ...NONE, ...options });
  multipliers.read(profile, new Float32Array(profile.items.length).fill(weight));
  return CATALOGUE.map((_, item) => multipliers.of(item));
}

/** Those that are not 1, by item, as natural logarithms. */
const changed = (multipliers: readonly number[]) =>
  Object.fromEntries(
    multipliers.flatMap((value, item) =>
      value === 1 ? [] : [[item, Number(Math.log(value).toFixed(4))]],
    ),
  );

describe('ScoreMultipliers.of()', () => {
  it('is 1 for everything of an empty list, and without any option', () => {
    const some = { later: 1, liking: 1, newer: 1 };
    expect(changed(multipliersOf(some, list([])))).toEqual({});
    expect(changed(multipliersOf({}, list([1, 4, ...DATED])))).toEqual({});
  });

  it('is more for earlier parts of a story of which a later one is seen, and for nothing else', () => {
    expect(changed(multipliersOf({ later: 0.2 }, list([1])))).toEqual({ 0: 0.2 });
    expect(changed(multipliersOf({ later: 0.2 }, list([0, 2])))).toEqual({ 0: 0.2, 1: 0.2 });
    expect(changed(multipliersOf({ later: 0.2 }, list([0, 3])))).toEqual({});
  });

  it('follows how a story was liked, in all of its parts', () => {
    expect(changed(multipliersOf({ liking: 0.1 }, list([0, 5]), 2.5))).toEqual({
      0: 0.15,
      1: 0.15,
      2: 0.15,
    });
    expect(changed(multipliersOf({ liking: 0.1 }, list([3, 4]), 0.5))).toEqual({
      3: -0.05,
      4: -0.05,
    });
  });

  it('hears nothing of a story from titles that weigh nothing, which stay seen', () => {
    expect(changed(multipliersOf({ liking: 0.1, later: 0.2 }, list([1]), 0))).toEqual({ 0: 0.2 });
    const multipliers = new ScoreMultipliers(placesOf(CATALOGUE), { ...NONE, liking: 0.1 });
    multipliers.read(list([0, 1]), Float32Array.of(0, 1.5));
    expect(Math.log(multipliers.of(2))).toBeCloseTo(0.05, 6);
  });

  it('takes the mean of the parts seen', () => {
    const multipliers = new ScoreMultipliers(placesOf(CATALOGUE), { ...NONE, liking: 0.1 });
    multipliers.read(list([0, 1]), Float32Array.of(2.5, 0.5));
    expect(Math.log(multipliers.of(2))).toBeCloseTo(0.05, 6);
  });

  it('is less for titles newer than the list, by two years at most', () => {
    expect(changed(multipliersOf({ newer: 0.25 }, list(DATED)))).toEqual({ 6: -0.25, 7: -0.5 });
  });

  it('lets a list end where nearly all of it is from: one new title in twenty does not make it new', () => {
    const twenty = CATALOGUE.map((_, item) => item).filter((item) => ![6, 8].includes(item));
    expect(changed(multipliersOf({ newer: 0.25 }, list(twenty.slice(0, 20))))[6]).toBeUndefined();
    const places = { ...placesOf(CATALOGUE), years: placesOf(CATALOGUE).years.with(0, 2000) };
    const multipliers = new ScoreMultipliers(places, { ...NONE, newer: 0.25 });
    const nineteenAndOne = list([0, 1, 2, 3, 4, 5, 7, ...DATED]);
    multipliers.read(nineteenAndOne, new Float32Array(19));
    expect(multipliers.of(6)).toBe(1);
    multipliers.read(list([0, 1, 2, 3, 4, 5, 7, ...DATED, 8]), new Float32Array(20));
    expect(multipliers.of(6)).toBe(1);
  });

  it('does not tell the end of a list from fewer than ten dated titles', () => {
    expect(changed(multipliersOf({ newer: 0.25 }, list(DATED.slice(0, 9))))).toEqual({});
    expect(changed(multipliersOf({ newer: 0.25 }, list([8, ...DATED.slice(0, 9)])))).toEqual({});
    expect(changed(multipliersOf({ newer: 0.25 }, list(DATED.slice(0, 10))))).toEqual({
      6: -0.25,
      7: -0.5,
    });
  });

  it('does not count planned titles', () => {
    const some = { later: 1, liking: 1, newer: 1 };
    expect(changed(multipliersOf(some, list([1, 4, ...DATED], STATUS.plan_to_watch)))).toEqual({});
  });

  it('remembers nothing of the list before', () => {
    const options = { ...NONE, later: 0.2, liking: 0.1, newer: 0.25 };
    const multipliers = new ScoreMultipliers(placesOf(CATALOGUE), options);
    const lists = [list([1, 4, ...DATED]), list([5]), list([0, 3])];
    for (const profile of lists) {
      multipliers.read(profile, new Float32Array(profile.items.length).fill(1.5));
      expect(CATALOGUE.map((_, item) => multipliers.of(item))).toEqual(
        multipliersOf(options, profile, 1.5),
      );
    }
  });
});

it('ScoreMultipliers.apply() multiplies every score by its multipliers', () => {
  const multipliers = new ScoreMultipliers(placesOf(CATALOGUE), {
    ...NONE,
    later: 0.2,
    liking: 0.1,
    newer: 0.25,
  });
  for (const profile of [list([]), list([1, 4, ...DATED]), list([2, 5, 6])]) {
    multipliers.read(profile, new Float32Array(profile.items.length).fill(0.4));
    const scores = Float32Array.from(CATALOGUE, (_, item) => item - 5);
    multipliers.apply(scores);
    scores.forEach((score, item) => {
      expect(score).toBeCloseTo((item - 5) * multipliers.of(item), 5);
    });
  }
});

it('ScoreMultipliers refuses places that do not belong together', () => {
  const places = placesOf(CATALOGUE);
  const few = places.positions.slice(1);
  expect(() => new ScoreMultipliers({ ...places, positions: few }, NONE)).toThrow(
    /21 years.*20 positions/,
  );
  const stories = places.stories.with(0, 4_000_000_000);
  expect(() => new ScoreMultipliers({ ...places, stories }, NONE)).toThrow(
    /franchise 4000000000 of 21 titles/,
  );
});

it('standingOf() is less for titles that come after another, and for some types', () => {
  const standing = standingOf(CATALOGUE, {
    ...NONE,
    sequel: 0.1,
    types: { Special: 0.3, OVA: 0.05, Movie: 0.2 },
  });
  expect(changed(Array.from(standing))).toEqual({ 1: -0.1, 2: -0.3, 4: -0.3 });
  expect(standingOf([anime(1, { type: null }), anime(2, { type: 'OVA' })], NONE)).toEqual(
    Float64Array.of(1, 1),
  );
});
