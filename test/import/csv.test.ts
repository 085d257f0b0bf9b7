import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteField } from '../../src/data/csv.ts';
import { readListCsv } from '../../src/import/csv.ts';
import { ImportError } from '../../src/import/imported-list.ts';

const entriesOf = (text: string) => readListCsv(text, 'my.csv').entries;
const entry = (animeId: number, rating: number | undefined, status: string, title?: string) => ({
  animeId,
  rating,
  status,
  title: title ?? null,
});

describe('readListCsv()', () => {
  it('reads ids, ratings and statuses in any order of columns, by name or code', () => {
    const text =
      '\uFEFFScore,Anime_ID,Status,Note\r\n9,5114,Completed,"a, b"\r\n0,1,Plan to Watch,\r\n,2,4,\r\n\r\n-1,3,,\r\n';
    expect(entriesOf(text)).toEqual([
      entry(5114, 9, 'completed'),
      entry(1, undefined, 'plan_to_watch'),
      entry(2, undefined, 'dropped'),
      entry(3, undefined, 'completed'),
    ]);
  });

  it('reads ids alone, and an empty list', () => {
    expect(readListCsv('anime_id\n5\n', 'my.csv')).toEqual({
      source: 'csv',
      owner: null,
      entries: [entry(5, undefined, 'completed')],
      unknown: [],
      scale: 'none',
    });
    expect(entriesOf('anime_id\n')).toEqual([]);
  });

  it('prefers the MyAnimeList id of an exporter that has ids of its own, and names titles without', () => {
    const list = readListCsv(
      'id,malId,Title,Rating Twenty,Status\n1,457,Mushishi,19,current\n2,,"Only, elsewhere",8,planned\n',
      'kitsu.csv',
    );
    expect(list.entries).toEqual([entry(457, 10, 'watching', 'Mushishi')]);
    expect(list.unknown).toEqual([{ title: 'Only, elsewhere', animeId: null, reason: 'no-id' }]);
    expect(list.scale).toBe('1-20');
  });

  it.each([
    ['score\n', [7, 10], '1-10', [7, 10]],
    ['score\n', [85, 7, 100], '1-100', [9, 1, 10]],
    ['score\n', ['8.5', '6,4'], '1-10', [9, 6]],
    ['stars\n', [0.5, 4.5], '1-5', [1, 9]],
    ['score_100\n', [9, 8], '1-100', [1, 1]],
    ['score\n', [0, -1, '-'], 'none', [undefined, undefined, undefined]],
  ])('understands the scale of %j with %j', (column, scores, scale, ratings) => {
    const rows = scores.map((score, n) => `${n + 1},"${score}"`);
    const list = readListCsv(`anime_id,${column}${rows.join('\n')}\n`, 'my.csv');
    expect(list.scale).toBe(scale);
    expect(list.entries.map(({ rating }) => rating)).toEqual(ratings);
  });

  it.each([
    ['', /my\.csv: no column anime_id/],
    ['title,rating\nX,9\n', /no column anime_id.*which is: title, rating/],
    ['\0\x1b[31m\n', /no column anime_id/],
    ['anime_id\nabc\n', /line 2: anime_id is "abc"/],
    ['anime_id\n0\n', /line 2: anime_id is "0"/],
    ['anime_id\n1e999\n', /line 2: anime_id is "1e999"/],
    ['anime_id,rating\n1,7\n2,11\n', /line 3: rating is "11"/],
    ['anime_id,rating\n1,7\n2,75\n3,8\n', /line 3: rating is "75"/],
    ['anime_id,rating\n1,7\n2,101\n', /line 3: rating is "101"/],
    ['anime_id,rating\n1,-3\n', /line 2: rating is "-3"/],
    ['anime_id,status\n1,loved\n', /line 2: status is "loved"/],
    ['anime_id,status\n1,constructor\n', /line 2: status is "constructor"/],
    ['anime_id,rating\n1,"7\n', /line 2: its quoting is broken/],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => readListCsv(text, 'my.csv')).toThrow(message);
  });

  it('stops at more entries than there are titles', () => {
    const text = `anime_id\n${'1\n'.repeat(70_000)}`;
    expect(() => readListCsv(text, 'my.csv')).toThrow(/more than 65536 entries/);
  });

  it('reads back any titles, and fails on any text in words only', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (titles) => {
        const rows = titles.map((title, n) => `${n + 1},${quoteField(title)}`).join('\n');
        expect(entriesOf(`anime_id,title\n${rows}`)).toHaveLength(titles.length);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          readListCsv(`anime_id,rating,status\n${text}`, 'my.csv');
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError);
        }
      }),
    );
  });
});
