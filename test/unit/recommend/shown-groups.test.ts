import { describe, expect, it } from 'vitest';
import { RANK_GROUPS, type RankGroup } from '../../../src/model/rank/rank-groups.ts';
import { ShownGroups } from '../../../src/recommend/shown-groups.ts';
import { anime, listed, shelf } from '../../support/small-catalogue.ts';

const part = (position: number) => ({
  franchise: {
    franchiseId: 1,
    name: 'Saga',
    position,
    size: 2,
    prerequisite: position === 1 ? null : 1,
  },
});
const WORLD = shelf([
  anime({ animeId: 1, genres: ['Drama'], year: 2010, members: 10, ...part(1) }),
  anime({ animeId: 2, genres: ['Drama'], year: 2012, members: 5, ...part(2) }),
  anime({ animeId: 3, genres: ['Action'], year: 1990, members: 900_000 }),
  ...Array.from({ length: 20 }, (_, n) =>
    anime({ animeId: 10 + n, genres: [], year: null, members: 3 }),
  ),
]);
const teller = new ShownGroups(WORLD.facets);

/** What is shown of a title to somebody with these entries. */
function shown(
  animeId: number,
  values: Partial<Record<RankGroup, number>>,
  ...entries: Parameters<typeof listed>[1][]
): readonly RankGroup[] {
  const terms = RANK_GROUPS.map((group) => ({ group, value: values[group] ?? 0 }));
  const value = terms.reduce((sum, term) => sum + term.value, 0);
  const profile = listed(WORLD.items, ...entries);
  return teller.of(profile, WORLD.items.indexOf(animeId), { value, terms }).shown;
}

describe('ShownGroups', () => {
  it('tells the strongest groups first, two at most', () => {
    const values = { story: 0.5, people: 0.9, kind: 0.4, years: 0.3 };
    expect(shown(2, values, [1, 'completed', 9])).toEqual(['people', 'story']);
  });

  it('keeps value and terms as they are', () => {
    const order = { value: 1, terms: [{ group: 'people' as const, value: 1 }] };
    expect(teller.of(listed(WORLD.items, [1]), 1, order)).toEqual({
      ...order,
      shown: ['people'],
    });
  });

  it('tells nothing of a title that it counts against, nor of a trifle', () => {
    expect(shown(2, { people: 0.5, years: -0.9 }, [1])).toEqual([]);
    expect(shown(2, { people: 0.09 }, [1])).toEqual([]);
    expect(shown(2, { people: 2, years: 0.3 }, [1])).toEqual(['people']);
  });

  it.each<[string, Parameters<typeof listed>[1], RankGroup[]]>([
    ['liked', [1, 'completed', 8], ['story']],
    ['seen without a score', [1, 'watching'], ['story']],
    ['badly rated', [1, 'completed', 4], []],
    ['dropped', [1, 'dropped'], []],
    ['planned', [1, 'plan_to_watch'], []],
    ['of another story', [3, 'completed', 10], []],
  ])('says that a title continues a story only where it is %s', (_, entry, expected) => {
    expect(shown(2, { story: 1 }, entry)).toEqual(expected);
  });

  it('calls kind and years yours only where enough of the list is of them', () => {
    const values = { kind: 0.5, years: 0.4 };
    expect(shown(2, values, [1])).toEqual(['kind', 'years']);
    expect(shown(2, values, [3])).toEqual([]);
    expect(shown(10, values, [1])).toEqual([]);
  });

  it('calls only what is among the most listed widely known', () => {
    expect(shown(3, { known: 1 }, [1])).toEqual(['known']);
    expect(shown(10, { known: 1 }, [1])).toEqual([]);
  });

  it('knows nobody like somebody who named nothing', () => {
    expect(shown(3, { people: 1, kind: 1 })).toEqual([]);
  });
});

describe('ShownGroups.speakingAgainst()', () => {
  const against = (
    animeId: number,
    values: Partial<Record<RankGroup, number>>,
    ...entries: Parameters<typeof listed>[1][]
  ) => {
    const terms = RANK_GROUPS.map((group) => ({ group, value: values[group] ?? 0 }));
    const profile = listed(WORLD.items, ...entries);
    const order = { value: -1, terms };
    return teller.speakingAgainst(profile, WORLD.items.indexOf(animeId), order);
  };

  it('names what counts against a title, strongest first, two at most', () => {
    const values = { people: -0.3, kind: -0.9, years: -0.4, known: 0.5 };
    expect(against(10, values, [1], [3])).toEqual(['kind', 'years']);
  });

  it('leaves out what the list does not bear out', () => {
    // Of the same genre and the same years, and the most known title of all.
    expect(against(2, { kind: -1, years: -1 }, [1])).toEqual([]);
    expect(against(3, { known: -1 }, [1])).toEqual([]);
    expect(against(2, { story: -1 }, [1, 'completed', 9])).toEqual([]);
    expect(against(2, { story: -1 }, [1, 'dropped'])).toEqual(['story']);
    expect(against(2, { people: -0.05 }, [1])).toEqual([]);
  });
});
