import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownReasons } from '../../../src/recommend/shown-reasons.ts';

const of = (score: number, prior: number, ...shares: number[]) =>
  shownReasons({
    ...{ score, prior, order: null },
    because: shares.map((shareOfScore) => ({ shareOfScore })),
  });
const sharesOf = ({ titles }: ReturnType<typeof of>) => titles.map((title) => title.shareOfScore);

describe('shownReasons()', () => {
  it('tells being known from a fifth of the score on, first where no title is stronger', () => {
    expect(of(1, 0.69, 0.22)).toMatchObject({ known: 0.69, knownFirst: true });
    expect(of(2, 0.6, 0.5)).toMatchObject({ known: 0.3, knownFirst: false });
    expect(of(1, 0.19, 0.5)).toMatchObject({ known: null, knownFirst: false });
  });

  it('names no more than two titles, and no trifle', () => {
    expect(sharesOf(of(1, 0, 0.4, 0.3, 0.2))).toEqual([0.4, 0.3]);
    expect(sharesOf(of(1, 0.5, 0.4, 0.03))).toEqual([0.4]);
    expect(sharesOf(of(1, 0.95, 0.03, 0.02))).toEqual([0.03]);
    expect(sharesOf(of(1, 0.99, 0.004))).toEqual([]);
  });

  it('speaks of hints only where three titles or more add a little, and being known is not most of it', () => {
    expect(of(1, 0.1, 0.04, 0.04, 0.04)).toMatchObject({ hints: true, titles: [] });
    expect(of(1, 0.1, 0.04, 0.04)).toMatchObject({ hints: false });
    expect(of(1, 0.6, 0.04, 0.04, 0.04)).toMatchObject({ hints: false });
    expect(of(1, 0.3)).toMatchObject({ hints: false, titles: [], known: 0.3 });
  });

  it('says nothing of a score that is not positive', () => {
    const order = { shown: ['people' as const] };
    const shown = shownReasons({ score: -1, prior: 0.2, because: [], order });
    expect(shown).toEqual({
      ...{ known: null, knownFirst: false, titles: [], hints: false, moved: 'people' },
    });
  });

  it('never tells more than the whole score', () => {
    const share = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(share, fc.array(share, { maxLength: 5 }), (prior, shares) => {
        const shown = of(1, prior, ...shares.sort((a, b) => b - a));
        const [first, second = 0] = sharesOf(shown);
        if (second > 0) expect(first + second).toBeLessThanOrEqual(1);
        expect(shown.known ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});
