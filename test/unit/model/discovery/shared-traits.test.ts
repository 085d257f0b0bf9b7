import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedTraits, traitRatios } from '../../../../src/model/discovery/shared-traits.ts';
import { SharedYears } from '../../../../src/model/discovery/shared-years.ts';
import { anime } from '../../../support/small-catalogue.ts';

describe('traitRatios()', () => {
  it('says much when all titles share what few titles have', () => {
    const { has, lacks } = traitRatios(5, 5, 0.04);
    expect(has).toBeGreaterThan(1.5);
    expect(lacks).toBeLessThan(-1);
  });

  it('says next to nothing about one title of five, or about what every second title has', () => {
    expect(traitRatios(1, 5, 0.04).has).toBeLessThan(0.2);
    expect(Math.abs(traitRatios(3, 5, 0.5).has)).toBeLessThan(0.05);
    expect(traitRatios(0, 0, 0.3)).toEqual({ has: 0, lacks: 0 });
  });

  it('stays finite, and grows with agreement, for any list and trait', () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: 40_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      usual: fc.double({ min: 1e-5, max: 0.99, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ size, share, usual }) => {
        const count = Math.floor(share * size);
        const { has, lacks } = traitRatios(count, size, usual);
        expect(Number.isFinite(has) && Number.isFinite(lacks)).toBe(true);
        expect(traitRatios(size, size, usual).has).toBeGreaterThanOrEqual(has - 1e-9);
      }),
    );
  });
});

describe('SharedTraits and SharedYears', () => {
  const catalogue = [
    ...Array.from({ length: 5 }, (_, n) => anime({ animeId: n, genres: ['Sports'], year: 1990 })),
    ...Array.from({ length: 95 }, (_, n) => anime({ animeId: 10 + n, year: 2015 })),
  ];
  const importance = new Float64Array(catalogue.length).fill(1);

  it('find what the named titles have in common, beside everybody’s', () => {
    const traits = new SharedTraits(catalogue, importance);
    traits.read([0, 1, 2, 3]);
    expect(traits.of(4)).toBeGreaterThan(traits.of(50) + 1);
    traits.read([60, 61, 62, 63]);
    expect(Math.abs(traits.of(50) - traits.of(4))).toBeLessThan(0.1);
    traits.read([]);
    expect([traits.of(4), traits.of(50)]).toEqual([0, 0]);
  });

  it('add nothing for titles of unknown year', () => {
    const years = new SharedYears(
      [...catalogue, anime({ animeId: 999, year: null })],
      new Float64Array(catalogue.length + 1).fill(1),
    );
    years.read([0, 1, 100]);
    expect(years.of(4)).toBeGreaterThan(1);
    expect(years.of(50)).toBeLessThan(0);
    expect(years.of(100)).toBe(0);
    years.read([100]);
    expect([years.of(4), years.of(50)]).toEqual([0, 0]);
  });
});
