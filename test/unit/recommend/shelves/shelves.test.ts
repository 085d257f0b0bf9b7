import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Anime } from '../../../../src/data/anime.ts';
import { random } from '../../../../src/data/random.ts';
import type { RecommendOptions } from '../../../../src/recommend/ranker.ts';
import { DEFAULT_RULES, type Rules } from '../../../../src/recommend/rules.ts';
import { LEAST_TITLES, SHELF_TITLES } from '../../../../src/recommend/shelves/shelf.ts';
import { type ShelvedBundle, shelvesOf } from '../../../../src/recommend/shelves/shelves.ts';
import { randomCsr } from '../../../support/random-csr.ts';
import { anime, listed, shelf } from '../../../support/small-catalogue.ts';

type Entry = Parameters<typeof listed>[1];

/** Forty stories of four parts each; every second title is little known and scored high. */
const SIZE = 160;
const manyTitles = (change: (animeId: number) => Partial<Anime> = () => ({})) =>
  Array.from({ length: SIZE }, (_, animeId) => {
    const story = animeId - (animeId % 4);
    return anime({
      animeId,
      members: animeId % 2 === 0 ? 400_000 : 20_000,
      meanScore: 8,
      franchise: {
        franchiseId: story,
        name: `Story ${story}`,
        position: 1 + (animeId % 4),
        size: 4,
        prerequisite: animeId > story ? animeId - 1 : null,
      },
      ...change(animeId),
    });
  });
const alone = (animeId: number): Partial<Anime> => (animeId >= 80 ? { franchise: null } : {});
const world = shelf(manyTitles(alone), randomCsr(SIZE, 0.5, 3));

function shelves(entries: Entry[], options: RecommendOptions = {}, from: ShelvedBundle = world) {
  return shelvesOf(from, listed(world.items, ...entries), { limit: 24, ...options });
}
const idsOf = (found: ReturnType<typeof shelves>) => found.map(({ id }) => id);
const titlesOf = (found: ReturnType<typeof shelves>, id: string) =>
  found
    .filter((one) => one.id === id)
    .flatMap(({ items }) => items.map(({ anime: { animeId } }) => animeId));

/** The first parts of five stories, and two titles that stand alone. */
const FAN: Entry[] = [
  ...[0, 4, 8, 12, 16].map((id): Entry => [id, 'completed', 8]),
  [100, 'completed', 10],
  [101, 'completed', 9],
];

describe('shelvesOf()', () => {
  it('puts the next parts of what is seen on one shelf, and nothing of those stories on another', () => {
    const found = shelves(FAN);
    expect(idsOf(found).slice(0, 2)).toEqual(['for-you', 'stories']);
    expect([...titlesOf(found, 'stories')].sort((a, b) => a - b)).toEqual([1, 5, 9, 13, 17]);
    const others = found.filter(({ id }) => id !== 'stories').flatMap(({ items }) => items);
    for (const { anime } of others) expect(anime.franchise?.franchiseId ?? 99).toBeGreaterThan(16);
  });

  it('does not go on with what was dropped or not liked', () => {
    const found = shelves([...FAN.slice(0, 5), [20, 'dropped', 3], [24, 'completed', 3]]);
    expect(titlesOf(found, 'stories')).not.toContain(21);
    expect(titlesOf(found, 'stories')).not.toContain(25);
    expect(found.flatMap(({ items }) => items).map(({ anime }) => anime.animeId)).not.toContain(25);
  });

  it('leaves a shelf with too few titles out: its titles may stand elsewhere', () => {
    const found = shelves([[0, 'completed', 9]], { limit: 200 });
    expect(idsOf(found)).not.toContain('stories');
    expect(titlesOf(found, 'for-you')).toContain(1);
    for (const { id, items } of found)
      if (id !== 'for-you') expect(items.length).toBeGreaterThanOrEqual(LEAST_TITLES);
  });

  it('names the loved title that a shelf is about, best scored first', () => {
    const because = shelves(FAN).filter(({ id }) => id === 'because');
    expect(because.map(({ seed }) => seed?.animeId)).toEqual([100, 101]);
    const without = { ...DEFAULT_RULES, without: [100] };
    const others = shelves(FAN, { rules: without }).filter(({ id }) => id === 'because');
    expect(others.map(({ seed }) => seed?.animeId)).not.toContain(100);
  });

  it('calls only that a gem that few list and those score high', () => {
    const gems = titlesOf(shelves(FAN), 'gems');
    expect(gems.length).toBeGreaterThanOrEqual(LEAST_TITLES);
    for (const id of gems) expect(world.catalogue[id].members).toBe(20_000);
    const known = shelf(
      manyTitles(() => ({ members: 400_000 })),
      randomCsr(SIZE, 0.5, 3),
    );
    expect(idsOf(shelves(FAN, {}, known))).not.toContain('gems');
  });

  it('has only what is known by most for a list that says nothing', () => {
    const found = shelves([]);
    expect(idsOf(found)).toEqual(['for-you']);
    expect(found[0].items).toHaveLength(24);
    expect(shelves(FAN, { rules: { ...DEFAULT_RULES, minMembers: 9_000_000 } })).toEqual([]);
  });

  it('keeps the other shelves when more is asked for you', () => {
    const [few, more] = [24, 48].map((limit) => shelves(FAN, { limit }));
    for (const id of ['stories', 'people', 'gems', 'because'])
      expect(titlesOf(more, id)).toEqual(titlesOf(few, id));
    expect(titlesOf(more, 'for-you').slice(0, 24)).toEqual(titlesOf(few, 'for-you'));
  });

  it('numbers each shelf from 1, with reasons as a list has them', () => {
    for (const { items } of shelves(FAN, { because: 2 })) {
      expect(items.map(({ rank }) => rank)).toEqual(items.map((_, n) => n + 1));
      for (const { because } of items) expect(because.length).toBeLessThanOrEqual(2);
    }
  });

  it('has no title twice and keeps the rules on every shelf, for any list and rules', () => {
    const cases = fc.record({
      seed: fc.integer(),
      seen: fc.integer({ min: 0, max: 100 }),
      limit: fc.integer({ min: 1, max: 60 }),
      rules: fc.record({
        franchise: fc.boolean(),
        prerequisites: fc.boolean(),
        seen: fc.boolean(),
        planned: fc.boolean(),
        adult: fc.boolean(),
        minMembers: fc.constantFrom(0, 100_000),
        variety: fc.constantFrom(0, 0.5),
        niche: fc.constantFrom(0, 0.5),
      }),
    });
    fc.assert(
      fc.property(cases, ({ seed, seen, limit, rules: changes }) => {
        const uniform = random(seed);
        const rules: Rules = { ...DEFAULT_RULES, ...changes };
        const catalogue = manyTitles((id) => ({ adult: id % 7 === 0 }));
        const from = shelf(catalogue, randomCsr(SIZE, 0.3, seed));
        const statuses = ['watching', 'completed', 'dropped', 'plan_to_watch'] as const;
        const entries = catalogue
          .filter(() => uniform() < seen / 100)
          .map(
            ({ animeId }): Entry => [
              animeId,
              statuses[Math.floor(uniform() * 4)],
              Math.floor(uniform() * 11),
            ],
          );
        const status = new Map(entries.map(([id, name]) => [id, name]));
        const found = shelvesOf(from, listed(from.items, ...entries), { limit, rules });
        const all = found.flatMap(({ items }) => items.map(({ anime }) => anime));

        expect(new Set(all.map(({ animeId }) => animeId)).size).toBe(all.length);
        for (const { id, items } of found) {
          if (id === 'for-you') expect(items.length).toBeLessThanOrEqual(limit);
          else expect(items.length).toBeLessThanOrEqual(SHELF_TITLES);
        }
        for (const { animeId, adult, members, franchise } of all) {
          const own = status.get(animeId);
          if (!rules.adult) expect(adult).toBe(false);
          if (!rules.seen) expect([undefined, 'plan_to_watch']).toContain(own);
          if (!rules.planned) expect(own).not.toBe('plan_to_watch');
          expect(members).toBeGreaterThanOrEqual(rules.minMembers);
          const before = franchise?.prerequisite ?? null;
          if (rules.prerequisites && before !== null && !rules.seen)
            expect(status.get(before)).toBe('completed');
        }
        const stories = all.map(({ franchise }) => franchise?.franchiseId);
        if (rules.franchise) expect(new Set(stories).size).toBe(stories.length);
      }),
      { numRuns: 60 },
    );
  });
});
