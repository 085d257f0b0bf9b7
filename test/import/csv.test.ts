import { describe, expect, it } from 'vitest';
import { parseListCsv } from '../../src/import/csv.ts';

describe('parseListCsv()', () => {
  it('reads ids, ratings and statuses in any order of columns, by name or code', () => {
    const text =
      '\uFEFFScore,Anime_ID,Status,Note\r\n9,5114,Completed,"a, b"\r\n0,1,Plan to Watch,\r\n,2,4,\r\n\r\n-1,3,,\r\n';
    expect(parseListCsv(text, 'my.csv')).toEqual([
      { animeId: 5114, rating: 9, status: 'completed' },
      { animeId: 1, rating: undefined, status: 'plan_to_watch' },
      { animeId: 2, rating: undefined, status: 'dropped' },
      { animeId: 3, rating: undefined, status: undefined },
    ]);
  });

  it('reads ids alone, and an empty list', () => {
    expect(parseListCsv('anime_id\n5\n', 'my.csv')).toEqual([
      { animeId: 5, rating: undefined, status: undefined },
    ]);
    expect(parseListCsv('anime_id\n', 'my.csv')).toEqual([]);
  });

  it.each([
    ['', /my\.csv: no column anime_id/],
    ['title,rating\nX,9\n', /no column anime_id/],
    ['anime_id\nabc\n', /line 2: anime_id is "abc"/],
    ['anime_id,rating\n1,7\n2,11\n', /line 3: rating is "11"/],
    ['anime_id,status\n1,loved\n', /line 2: status is "loved"/],
    ['anime_id,rating\n1,"7\n', /line 2: its quoting is broken/],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseListCsv(text, 'my.csv')).toThrow(message);
  });
});
