import { describe, expect, it } from 'vitest';
import { startersOf } from '../../../src/recommend/starters.ts';
import { anime, CATALOGUE } from '../../support/small-catalogue.ts';

describe('startersOf()', () => {
  it('takes first titles of stories, no adult ones, TV and film only', () => {
    const titles = startersOf(CATALOGUE, 60).map(({ title }) => title);
    expect(new Set(titles)).toEqual(new Set(['Known', 'Loner', 'Saga', 'Film', 'Twin']));
    expect(titles[0]).toBe('Known');
  });

  it('spreads over genres and decades instead of taking the best known of one kind', () => {
    const many = Array.from({ length: 50 }, (_, n) =>
      anime({ animeId: n, members: 1_000_000 - n, genres: ['Action'], year: 2015 }),
    );
    const other = anime({ animeId: 99, members: 60_000, genres: ['Music'], year: 1985 });
    expect(startersOf([...many, other], 6)).toContain(other);
  });

  it('returns what there is when less is there than asked for', () => {
    expect(startersOf([], 10)).toEqual([]);
    expect(startersOf(CATALOGUE, 2)).toHaveLength(2);
  });
});
