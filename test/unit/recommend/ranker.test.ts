import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/data/random.ts';
import { ItemWeights } from '../../../src/model/item-weights/item-weights.ts';
import { SlimWeights } from '../../../src/model/linear/slim-weights.ts';
import { facetsOf } from '../../../src/recommend/facets.ts';
import { type RankedBundle, Ranker, type RecommendOptions } from '../../../src/recommend/ranker.ts';
import { DEFAULT_RULES, NO_RULES, type Rules, rulesFrom } from '../../../src/recommend/rules.ts';
import { randomCsr } from '../../support/random-csr.ts';
import { anime, CATALOGUE, fallingWeights, listed, shelf } from '../../support/small-catalogue.ts';

const bundle = shelf();
const recommend = (from: RankedBundle, ...asked: Parameters<Ranker['recommend']>) =>
  new Ranker(from).recommend(...asked);
type Entry = Parameters<typeof listed>[1];

function titles(
  entries: Entry[],
  rules: Partial<Rules> | 'none' = {},
  options: RecommendOptions = {},
) {
  const profile = listed(bundle.items, ...entries);
  return recommend(bundle, profile, { limit: 10, ...options, rules: rulesFrom(rules) }).map(
    ({ anime: { title } }) => title,
  );
}

describe('Ranker', () => {
  it('is the pure order of the model without rules, what has been seen left out', () => {
    expect(titles([[0]], 'none')).toEqual(CATALOGUE.slice(1).map(({ title }) => title));
    expect(
      titles(
        [[0], [10, 'dropped'], [20, 'plan_to_watch'], [30, 'watching'], [40, 'on_hold']],
        'none',
        { limit: 2 },
      ),
    ).toEqual(['Saga', 'Saga Movie']);
  });

  it('gives ranks from 1 and the score of the model', () => {
    const profile = listed(bundle.items, [0, 'completed', 9]);
    const scores = bundle.models.hybrid.score(profile);
    const items = recommend(bundle, profile, { limit: 3, rules: { ...DEFAULT_RULES, niche: 1 } });
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    for (const { anime, score } of items)
      expect(score).toBe(scores[bundle.items.indexOf(anime.animeId)]);
  });

  it('falls back to the most listed titles when the profile is empty', () => {
    expect(titles([], {}, { limit: 3 })).toEqual(['Known', 'Loner', 'Saga']);
  });

  it('returns nothing when everything is hidden', () => {
    expect(titles([[0]], { minMembers: 10_000_000 })).toEqual([]);
    expect(titles([[0]], { genresIn: ['No such genre'] })).toEqual([]);
  });
});

describe('rules of Ranker', () => {
  it('hide adult titles unless asked', () => {
    expect(titles([[0]])).not.toContain('Night');
    expect(titles([[0]], { adult: true })).toContain('Night');
  });

  it('hide what has been seen unless asked', () => {
    expect(titles([[0]], { seen: true }, { limit: 20 })).toContain('Known');
    expect(titles([[0]])).not.toContain('Known');
  });

  it('take planned titles in or leave them out', () => {
    expect(titles([[0], [10, 'plan_to_watch']])).toContain('Loner');
    expect(titles([[0], [10, 'plan_to_watch']], { planned: false })).not.toContain('Loner');
  });

  it('set a title aside as a reason: it counts nothing and stays seen', () => {
    const both = listed(bundle.items, [0], [10]);
    const { animeId, title } = CATALOGUE[0];
    const without = rulesFrom({ without: [animeId, 99_999_999] });
    const items = recommend(bundle, both, { limit: 50, because: 500, rules: without });
    expect(items.map(({ anime }) => anime.title)).not.toContain(title);
    expect(items.flatMap(({ because }) => because).map((reason) => reason.animeId)).not.toContain(
      animeId,
    );
    const alone = bundle.models.hybrid.score(listed(bundle.items, [10]));
    for (const { anime, score } of items)
      expect(score).toBe(alone[bundle.items.indexOf(anime.animeId)]);
    expect(
      recommend(bundle, both, { limit: 50, because: 500 })
        .flatMap(({ because }) => because)
        .some((reason) => reason.animeId === animeId),
    ).toBe(true);
  });

  it('refill the list from further down when they filter', () => {
    expect(titles([[0]], { types: ['Movie'] }, { limit: 2 })).toEqual(['Film']);
    expect(titles([[0]], { types: ['Movie'], prerequisites: false }, { limit: 2 })).toEqual([
      'Saga Movie',
      'Film',
    ]);
  });

  it('filter by genres in and out, years and members', () => {
    expect(titles([[0]], { genresIn: ['Drama'] })).toEqual(['Loner', 'Film']);
    expect(titles([[0]], { genresIn: ['Drama', 'Romance'] })).toEqual(['Film']);
    expect(titles([[0]], { genresOut: ['Action', 'Drama'] })).toEqual(['Odd']);
    expect(titles([[0]], { genresOut: ['No such genre'] }, { limit: 1 })).toEqual(['Loner']);
    expect(titles([[0]], { years: [1998, 2004] })).toEqual(['Loner', 'Film']);
    expect(titles([[0]], { minMembers: 1000 })).toEqual(['Loner', 'Saga', 'Film']);
  });

  it('put the first season in the place of a later one', () => {
    const list = recommend(bundle, listed(bundle.items, [0], [10]), {
      rules: { ...DEFAULT_RULES, types: [], franchise: false },
    });
    const saga = list.filter(({ anime }) => anime.title.startsWith('Saga'));
    expect(saga.map(({ anime }) => anime.title)).toEqual(['Saga']);
    expect(saga[0].insteadOf).toBeNull();
    const without = shelf(
      CATALOGUE,
      // Only the third season is liked by the model.
      {
        rows: 10,
        columns: 10,
        indptr: Uint32Array.from([0, ...new Array(10).fill(1)]),
        indices: Uint32Array.of(4),
        values: Float32Array.of(1),
      },
    );
    const [first] = recommend(without, listed(without.items, [0]));
    expect(first.anime.title).toBe('Saga');
    expect(first.insteadOf?.title).toBe('Saga 3rd Season');
    expect(first.score).toBe(0);
    const [next] = recommend(without, listed(without.items, [0], [20]));
    expect(next.anime.title).toBe('Saga 2nd Season');
    const [last] = recommend(without, listed(without.items, [0], [20], [30]));
    expect(last.anime.title).toBe('Saga 3rd Season');
  });

  it('recommend nothing that comes after something dropped, being watched or filtered out', () => {
    const saga = (...entries: Entry[]) =>
      titles([[0], ...entries]).filter((title) => title.startsWith('Saga'));
    expect(saga([20, 'dropped'])).toEqual([]);
    expect(saga([20, 'watching'])).toEqual([]);
    expect(saga([20, 'completed'], [30, 'dropped'])).toEqual(['Saga Movie']);
    expect(titles([[0]], { types: ['Movie'] })).toEqual(['Film']);
    const all = { prerequisites: false, franchise: false, dropped: true };
    expect(titles([[0], [20, 'dropped']], all)).toContain('Saga 2nd Season');
  });

  it('keep to one title of a franchise', () => {
    expect(titles([[0], [20]]).filter((title) => title.startsWith('Saga'))).toEqual([
      'Saga 2nd Season',
    ]);
    expect(
      titles([[0], [20]], { franchise: false }).filter((title) => title.startsWith('Saga')),
    ).toEqual(['Saga 2nd Season', 'Saga Movie']);
  });

  it('turn towards the popular or the little known', () => {
    // not towards "Twin" and "Odd", which hardly anybody lists
    expect(titles([[0]], { niche: 1 }, { limit: 2 })).toEqual(['Film', 'Loner']);
    const popular = titles([[0]], { niche: -1, franchise: false, prerequisites: false });
    expect(popular.slice(0, 3)).toEqual(['Loner', 'Saga', 'Saga 2nd Season']);
    expect(popular.indexOf('Film')).toBeGreaterThan(popular.indexOf('Saga Movie'));
  });

  it('spread the list over genres when variety is asked for', () => {
    const rules = { prerequisites: false, franchise: false } as const;
    expect(titles([[0]], rules, { limit: 3 })).toEqual(['Loner', 'Saga', 'Saga 2nd Season']);
    const varied = titles([[0]], { ...rules, variety: 0.7 }, { limit: 3 });
    expect(varied[0]).toBe('Loner');
    expect(varied).toContain('Odd');
    expect(new Set(titles([[0]], { ...rules, variety: 1 }))).toEqual(new Set(titles([[0]], rules)));
  });

  it('vary within what fits: the best titles, three times as many as are asked for', () => {
    const many = Array.from({ length: 90 }, (_, n) =>
      anime({ animeId: n, title: String(n), genres: [`Genre ${n}`], members: 1000 - n }),
    );
    const world = shelf(many);
    const rules = { ...DEFAULT_RULES, variety: 1 };
    const list = recommend(world, listed(world.items, [0]), { limit: 20, rules });
    expect(list).toHaveLength(20);
    for (const { anime: chosen } of list) expect(chosen.animeId).toBeLessThanOrEqual(60);
    const alike = many.map((one) => ({
      ...one,
      genres: one.animeId === 80 ? ['Other'] : ['Same'],
    }));
    const far = shelf(alike);
    const short = recommend(far, listed(far.items, [0]), { limit: 5, rules });
    expect(short.map((one) => one.anime.animeId)).not.toContain(80);
  });

  it('hold together on random catalogues, profiles and rules', () => {
    const cases = fc.record({
      size: fc.integer({ min: 1, max: 60 }),
      seed: fc.integer(),
      limit: fc.integer({ min: 1, max: 30 }),
      variety: fc.constantFrom(0, 0.5),
      niche: fc.constantFrom(-1, 0, 0.5),
    });
    fc.assert(
      fc.property(cases, ({ size, seed, limit, variety, niche }) => {
        const uniform = random(seed);
        const catalogue = Array.from({ length: size }, (_, i) => {
          const story = Math.floor(i / 4) * 4;
          const franchise =
            uniform() < 0.6
              ? {
                  franchiseId: story,
                  name: 's',
                  position: 1 + (i % 4),
                  size: 4,
                  prerequisite: i > story ? i - 1 : null,
                }
              : null;
          return anime({
            animeId: i,
            franchise,
            adult: uniform() < 0.2,
            members: Math.floor(uniform() * 1e6),
          });
        });
        const world = shelf(catalogue, randomCsr(size, 0.3, seed));
        const statuses = ['watching', 'completed', 'on_hold', 'dropped', 'plan_to_watch'] as const;
        const entries = catalogue
          .filter(() => uniform() < 0.3)
          .map(
            ({ animeId }) =>
              [animeId, statuses[Math.floor(uniform() * 5)], Math.floor(uniform() * 11)] as const,
          );
        const status = new Map(entries.map(([id, name]) => [id, name]));
        const seen = (id: number) => status.has(id) && status.get(id) !== 'plan_to_watch';
        const list = recommend(world, listed(world.items, ...entries), {
          limit,
          rules: { ...DEFAULT_RULES, variety, niche },
        });

        expect(list.length).toBeLessThanOrEqual(limit);
        expect(new Set(list.map(({ anime }) => anime.animeId)).size).toBe(list.length);
        const stories = list.flatMap(({ anime }) =>
          anime.franchise ? [anime.franchise.franchiseId] : [],
        );
        expect(new Set(stories).size).toBe(stories.length);
        for (const { anime } of list) {
          expect(anime.adult || seen(anime.animeId)).toBe(false);
          const before = anime.franchise?.prerequisite ?? null;
          if (before !== null) expect(status.get(before)).toBe('completed');
        }
        const pure = recommend(world, listed(world.items, ...entries), {
          limit: 500,
          rules: NO_RULES,
        });
        expect(pure).toHaveLength(catalogue.filter(({ animeId }) => !seen(animeId)).length);
        for (let at = 1; at < pure.length; at++)
          expect(pure[at].score).toBeLessThanOrEqual(pure[at - 1].score);
      }),
      { numRuns: 80 },
    );
  });
});

describe('because of Ranker', () => {
  it('adds up: shares to 1, those of the score to its part without the prior, contributions to that part', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 40 }), (seed, size) => {
        const catalogue = Array.from({ length: size }, (_, i) => anime({ animeId: i }));
        const world = shelf(catalogue, randomCsr(size, 0.5, seed));
        const uniform = random(seed);
        const entries = catalogue
          .filter(() => uniform() < 0.4)
          .map(({ animeId }) => [animeId, 'completed', 1 + Math.floor(uniform() * 10)] as const);
        for (const { score, prior, because } of recommend(world, listed(world.items, ...entries), {
          limit: 100,
          rules: NO_RULES,
          because: 500,
        })) {
          const sum = (key: 'share' | 'shareOfScore' | 'contribution') =>
            because.reduce((total, reason) => total + reason[key], 0);
          const caused = sum('contribution');
          expect(Math.abs(caused + prior - score)).toBeLessThan(1e-5);
          if (Math.abs(score) > 1e-3)
            expect(sum('shareOfScore')).toBeCloseTo(score > 0 ? caused / score : 0, 3);
          if (Math.abs(caused) > 1e-5) expect(sum('share')).toBeCloseTo(caused > 0 ? 1 : 0, 3);
          for (let at = 1; at < because.length; at++)
            expect(because[at].contribution).toBeLessThanOrEqual(because[at - 1].contribution);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has the part of the whole score beside that of what titles add to it', () => {
    const prior = new Float32Array(CATALOGUE.length).fill(3);
    const { options } = bundle.models.hybrid;
    const known = new ItemWeights('slim', fallingWeights(), options, prior, 'everyone');
    const world = { ...bundle, models: { hybrid: new SlimWeights(known) } };
    const profile = listed(bundle.items, [0, 'completed', 10]);
    const [first] = recommend(world, profile, { limit: 1 });
    const [{ share, shareOfScore, contribution }] = first.because;
    expect([first.prior, share]).toEqual([3, 1]);
    expect(shareOfScore).toBeCloseTo(contribution / (3 + contribution), 6);
  });

  it('names as many titles as asked for, and none that adds nothing', () => {
    const profile = listed(bundle.items, [0, 'completed', 10], [10, 'completed', 10]);
    const [first] = recommend(bundle, profile, { limit: 1 });
    expect(first.because).toEqual([
      { animeId: 0, title: 'Known', share: 1, shareOfScore: 1, contribution: first.score },
    ]);
    expect(recommend(bundle, profile, { limit: 1, because: 0 })[0].because).toEqual([]);
  });
});

describe('rulesFrom()', () => {
  it('takes "none", a part of the rules, or nothing', () => {
    expect(rulesFrom('none')).toBe(NO_RULES);
    expect([NO_RULES.familiar, DEFAULT_RULES.familiar]).toEqual([false, true]);
    expect(rulesFrom(undefined)).toBe(DEFAULT_RULES);
    expect(rulesFrom({ adult: true, niche: undefined })).toEqual({
      ...DEFAULT_RULES,
      adult: true,
    });
  });
});

describe('facetsOf()', () => {
  it('refuses prerequisites that go round in a circle', () => {
    const place = { franchiseId: 1, name: 's', position: 1, size: 2 };
    const circle = [
      anime({ animeId: 1, franchise: { ...place, prerequisite: 2 } }),
      anime({ animeId: 2, franchise: { ...place, prerequisite: 1 } }),
    ];
    expect(() => facetsOf(circle, shelf(CATALOGUE.slice(0, 1)).items)).not.toThrow();
    expect(() => shelf(circle)).toThrow(/circle/);
  });
});

describe('requests that wait between two steps', () => {
  const requests: Entry[][] = [
    [[0, 'completed', 9], [20, 'plan_to_watch'], [90]],
    [[10, 'dropped', 2], [20], [30, 'watching']],
    [],
  ];

  /** Every step is followed by a wait, in which the other requests take theirs. */
  async function answer({ ranker, models, items }: ReturnType<typeof shelf>, entries: Entry[]) {
    const profile = listed(items, ...entries);
    await yieldToEventLoop();
    const weights = ranker.weigh(profile, [90]);
    await yieldToEventLoop();
    const list = ranker.recommend(profile, { limit: 5 });
    await yieldToEventLoop();
    const scores = models.hybrid.forList(profile).rankScores(profile, weights).scores.slice();
    return { list, scores, weights: [...weights], profile };
  }

  it('get the same answers as alone', async () => {
    const alone: Awaited<ReturnType<typeof answer>>[] = [];
    for (const entries of requests) alone.push(await answer(shelf(), entries));
    const shared = shelf();
    expect(await Promise.all(requests.map((entries) => answer(shared, entries)))).toEqual(alone);
  });
});
