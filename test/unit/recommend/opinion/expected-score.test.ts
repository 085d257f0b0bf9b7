import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedScore, SCORE_MODEL } from '../../../../src/recommend/opinion/expected-score.ts';
import {
  ScoredList,
  type ScoreEvidence,
} from '../../../../src/recommend/opinion/score-evidence.ts';
import { anime, listed, shelf } from '../../../support/small-catalogue.ts';

/** Items 0, 1, 2 by everyone 8, 6 and unknown; each is a neighbour of all that come later. */
const WORLD = shelf([
  anime({ animeId: 1, meanScore: 8 }),
  anime({ animeId: 2, meanScore: 6 }),
  anime({ animeId: 3, meanScore: null }),
  anime({ animeId: 4, meanScore: 7 }),
]);
const ITEM = 3;

type Entries = Parameters<typeof listed>[1][];
const evidence = (...entries: Entries) =>
  new ScoredList(WORLD, listed(WORLD.items, ...entries)).evidenceOf(ITEM);
const expected = (...entries: Entries) => expectedScore(evidence(...entries));

describe('ScoredList', () => {
  it('says how the person scores beside everyone, drawn towards them', () => {
    expect(evidence([1, 'completed', 10], [2, 'completed', 8]).level).toBeCloseTo(4 / 7, 10);
    expect(evidence([3, 'completed', 9]).level).toBeCloseTo(2 / 6, 10);
    expect(evidence([1, 'completed'], [2, 'plan_to_watch', 1]).level).toBe(0);
  });

  it('has a shift for each scored neighbour, the sum of which is the deviation from the level', () => {
    const { neighbours, level } = evidence([1, 'completed', 10], [2, 'completed', 6]);
    // Only item 0 is a neighbour of others, with the same similarity in every model.
    expect(neighbours.map(({ item }) => item)).toEqual([0]);
    const similarity = 1 - ITEM / 4;
    const shift = (damping: number) => (similarity * (2 - level)) / (damping + similarity);
    const [hybrid, collaborative, content] = neighbours[0].shifts;
    expect(hybrid).toBeCloseTo(shift(0.05), 6);
    expect(collaborative).toBeCloseTo(shift(1), 6);
    expect(content).toBeCloseTo(shift(1), 6);
  });

  it('takes a list for whole when it is said to be, or has many scores', () => {
    expect(evidence([1, 'completed', 10]).whole).toBe(0);
    const whole = { ...listed(WORLD.items, [1, 'completed', 10]), isWhole: true };
    expect(new ScoredList(WORLD, whole).evidenceOf(ITEM).whole).toBe(1);
  });
});

describe('expectedScore()', () => {
  it('is what everyone gives to somebody without scores, in a wide interval', () => {
    const { score, low, high, everyone, level, points } = expected([1]);
    expect({ score, level, points }).toEqual({ score: everyone, level: 0, points: [] });
    expect(high - low).toBeGreaterThan(2.5);
  });

  it('rises with a good score of a neighbour, and falls with a bad one', () => {
    const none = expected([3, 'completed', 7]).score;
    expect(expected([3, 'completed', 7], [1, 'completed', 10]).score).toBeGreaterThan(none);
    expect(expected([3, 'completed', 7], [1, 'completed', 3]).score).toBeLessThan(none);
  });

  it('is surer of a title whose neighbours have been scored', () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(expected([1, 'completed', 8]))).toBeLessThan(width(expected([3, 'completed', 7])));
  });

  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const anyEvidence: fc.Arbitrary<ScoreEvidence> = fc.record({
    everyone: number(1, 10),
    level: number(-9, 9),
    neighbours: fc.array(
      fc.record({ item: fc.nat(), shifts: fc.tuple(number(-9, 9), number(-9, 9), number(-9, 9)) }),
      { maxLength: 5 },
    ),
    spread: number(0, 5),
    unsupported: number(0, 1),
    whole: number(0, 1),
  });

  it('lies in its interval and on the scale, and is the sum of its parts', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        const { score, low, high, everyone, level, points } = expectedScore(any);
        expect(low).toBeGreaterThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(score);
        expect(score).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(10);
        const sum = points.reduce((total, part) => total + part.points, everyone + level);
        expect(score).toBeCloseTo(Math.min(10, Math.max(1, sum)), 8);
      }),
    );
  });

  it('goes from the one kind of lists to the other without a jump', () => {
    const at = (whole: number) =>
      expectedScore({ everyone: 8, level: 1, neighbours: [], spread: 1, unsupported: 1, whole });
    const [part, middle, whole] = [at(0), at(0.5), at(1)];
    expect(middle.score).toBeCloseTo((part.score + whole.score) / 2, 10);
    expect(SCORE_MODEL.ends[0]).toBeLessThan(0);
  });
});
