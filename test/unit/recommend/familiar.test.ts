import { describe, expect, it } from 'vitest';
import type { Csr } from '../../../src/data/csr.ts';
import { Discovery } from '../../../src/model/discovery/discovery.ts';
import { USUAL_COEFFICIENTS } from '../../../src/model/discovery/seen-chance.ts';
import { profileFrom, type RatingEntry } from '../../../src/recommend/profile.ts';
import { Ranker } from '../../../src/recommend/ranker.ts';
import { DEFAULT_RULES, NO_RULES, type Rules } from '../../../src/recommend/rules.ts';
import { anime, shelf } from '../../support/small-catalogue.ts';

const SIZE = 40;
/** What everybody has seen has most members; titles 30 and on are the later parts of 20 and on. */
const catalogue = Array.from({ length: SIZE }, (_, n) =>
  anime({
    animeId: n,
    members: Math.round(2_000_000 / (n + 1)),
    franchise:
      n < 20
        ? null
        : {
            franchiseId: n < 30 ? n : n - 10,
            name: 'Story',
            position: n < 30 ? 1 : 2,
            size: 2,
            prerequisite: n < 30 ? null : n - 10,
          },
  }),
);
/** Everything speaks for everything, later parts most. */
const everything: Csr = {
  rows: SIZE,
  columns: SIZE,
  indptr: Uint32Array.from({ length: SIZE + 1 }, (_, r) => r * SIZE),
  indices: Uint32Array.from({ length: SIZE * SIZE }, (_, at) => at % SIZE),
  values: Float32Array.from({ length: SIZE * SIZE }, (_, at) => (at % SIZE < 30 ? 0.2 : 0.3)),
};
const world = shelf(catalogue, everything);
const shares = Float32Array.from(catalogue, ({ members }) => members / 2_500_000);
const discovery = new Discovery(catalogue, shares, Float32Array.from(USUAL_COEFFICIENTS));

function listFor(rules: Partial<Rules>, isWhole: boolean, from = { ...world, discovery }) {
  const entries: RatingEntry[] = [10, 11, 12].map((animeId) => ({ animeId, rating: 9 }));
  const { profile } = profileFrom(entries, world.items, isWhole);
  return new Ranker(from).recommend(profile, { limit: 10, rules: { ...DEFAULT_RULES, ...rules } });
}
const ids = (list: ReturnType<typeof listFor>) => list.map(({ anime: { animeId } }) => animeId);

describe('the rule familiar', () => {
  it('leaves out what people with a part of a list have probably seen', () => {
    expect(ids(listFor({ familiar: false }, false)).slice(0, 2)).toEqual([20, 21]);
    expect(ids(listFor({ familiar: false, prerequisites: false }, false))).not.toContain(0);
    const list = ids(listFor({}, false));
    expect(list).toHaveLength(10);
    for (const known of [0, 1, 2, 3]) expect(list).not.toContain(known);
  });

  it('keeps score and reasons of the model', () => {
    const [first] = listFor({}, false);
    expect(first.score).toBeGreaterThan(0);
    expect(first.because.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(
      first.score,
      5,
    );
  });

  it('changes nothing for a whole list, without rules, or in a bundle that has nothing for it', () => {
    const { discovery: absent, ...older } = { ...world, discovery };
    expect(absent).toBeDefined();
    expect(listFor({}, true)).toEqual(listFor({ familiar: false }, true));
    expect(listFor(NO_RULES, false)).toEqual(listFor(NO_RULES, false, older as never));
    expect(listFor({}, false, older as never)).toEqual(listFor({ familiar: false }, false));
  });

  it('ranks the beginning of a story for itself, not in the place of a later part', () => {
    for (const { insteadOf } of listFor({}, false)) expect(insteadOf).toBeNull();
    const later = listFor({ familiar: false }, false);
    expect(later.some(({ insteadOf }) => insteadOf !== null)).toBe(true);
  });

  it('fills the list with what the favourites say nothing for, last', () => {
    const values = everything.values.map((value, at) => (at % SIZE < 5 ? value : 0));
    const sparse = { ...shelf(catalogue, { ...everything, values }), discovery };
    const list = ids(listFor({}, false, sparse));
    expect(list).toHaveLength(10);
    expect(new Set(list.slice(0, 5))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('moves with popular ↔ niche, and never to what hardly anybody lists', () => {
    const median = (niche: number) =>
      listFor({ niche }, false)
        .map(({ anime: { members } }) => members)
        .sort((a, b) => a - b)[5];
    const medians = [-1, -0.5, 0, 0.5, 1].map(median);
    expect(medians).toEqual([...medians].sort((a, b) => b - a));
    expect(medians[0]).toBeGreaterThan(medians[4]);
    const few = catalogue.map((title, n) => (n === 15 ? { ...title, members: 40 } : title));
    const unknown = { ...shelf(few, everything), discovery };
    expect(ids(listFor({ niche: 1 }, false, unknown))).not.toContain(15);
    expect(ids(listFor({ niche: 1, familiar: false }, false, unknown))).not.toContain(15);
  });
});
