import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteField } from '../../../src/data/csv/csv.ts';
import { readListCsv } from '../../../src/import/csv.ts';
import { ImportError } from '../../../src/import/imported-list.ts';

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

  it('reads lines that end with a carriage return alone', () => {
    expect(entriesOf('anime_id,rating\r5114,9\r1,8\r')).toEqual([
      entry(5114, 9, 'completed'),
      entry(1, 8, 'completed'),
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
    expect(list.named).toMatchObject([
      { names: ['Only, elsewhere'], rating: 4, line: 3, after: 1 },
    ]);
    expect(list.scale).toBe('1-20');
  });

  it('reads titles without ids, with all that tells them apart, and where they stand', () => {
    const text =
      'Anime Title,MAL_ID,Your Score,My Status,Release Year,Format,English\n' +
      'Mushishi,,8,Completed,2005,TV,MUSHI-SHI\n' +
      '"K-On!",5680,9,,,,\n' +
      '"two\nlines",,,Want to Watch,"Apr 5, 2009 to Jul 4, 2010",TV Short,\n' +
      'Akira,,10,watched,unknown,Radio,Akira\n';
    const { entries, named, unknown } = readListCsv(text, 'my.csv');
    expect(entries).toEqual([entry(5680, 9, 'completed', 'K-On!')]);
    expect(unknown).toEqual([]);
    const row = (line: number, after: number, names: string[]) => ({ line, after, names });
    expect(named).toEqual([
      {
        ...row(2, 0, ['Mushishi', 'MUSHI-SHI']),
        ...{ rating: 8, status: 'completed', year: 2005, type: 'TV' },
      },
      {
        ...row(4, 1, ['two lines']),
        ...{ rating: undefined, status: 'plan_to_watch', year: 2009, type: 'TV' },
      },
      { ...row(6, 1, ['Akira']), ...{ rating: 10, status: 'completed', year: null, type: null } },
    ]);
  });

  it.each([
    ['watched', 'completed'],
    ['STALLED', 'on_hold'],
    ['want to watch', 'plan_to_watch'],
    ["won't watch", 'dropped'],
  ])('takes the status %j for %s', (word, status) => {
    expect(readListCsv(`title,status\nX,${word}\n`, 'my.csv').named).toMatchObject([{ status }]);
  });

  it.each([
    ['title,score,status\n', 'X,9,dropped'],
    ['NAME,RATING,STATUS\n', 'X,9,dropped'],
    ['anime_title,myScore,watchStatus\n', 'X,9,dropped'],
    ['Anime Name,Rating (out of 10),List Status\n', 'X,9,dropped'],
    ['name;user_rating;my-status\r\n', 'X;9,0;dropped'],
    ['\uFEFF" Title "\tScore\tStatus\n', 'X\t9\tdropped'],
    // Beside one's own score stands what everybody thinks.
    ['title,score,my_score,my_status\n', 'X,7.3,9,dropped'],
  ])('reads the layout %j', (header, row) => {
    expect(readListCsv(header + row, 'my.csv').named).toMatchObject([
      { names: ['X'], rating: 9, status: 'dropped', line: 2 },
    ]);
  });

  it.each([
    ['score\n', [7, 10], '1-10', [7, 10]],
    ['score\n', [85, 7, 100], '1-100', [9, 1, 10]],
    ['score\n', ['8.5', '6,4'], '1-10', [9, 6]],
    ['stars\n', [0.5, 4.5], '1-5', [1, 9]],
    ['score\n', [5, 4.5, 0, 1], '1-5', [10, 9, undefined, 2]],
    // Two scores say nothing yet, and one above 5 is on another scale.
    ['score\n', [5, 4], '1-10', [5, 4]],
    ['score\n', [5, 4, 3, 6], '1-10', [5, 4, 3, 6]],
    ['score_10\n', [5, 4, 3], '1-10', [5, 4, 3]],
    ['Rating (1-5)\n', [5, 4], '1-5', [10, 8]],
    ['Score /100\n', [85, 7], '1-100', [9, 1]],
    ['rating_out_of_20\n', [19, 8], '1-20', [10, 4]],
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
    ['rating,status\n9,\n', /no column anime_id.*none with titles.*which is: rating, status/],
    ['Naruto,9\n', /no column anime_id.*which is: Naruto, 9/],
    ['title,rating\nX,9\n,8\n', /line 3: it has no title/],
    ['title,rating\nX,great\n', /line 2: rating is "great", expected 1–10/],
    ['title,rating\nX,7\nY,75\nZ,8\n', /line 3: rating is "75"/],
    ['title,rating\nX,"7\n', /line 2: its quoting is broken/],
    ['title;rating\nX;"7"8\n', /line 2: its quoting is broken/],
    ['title,stars\nX,4\nY,8\n', /line 3: rating is "8", expected 1–5/],
    ['title,status\nX,loved\n', /line 2: status is "loved"/],
    ['title,mal_id\nX,abc\n', /line 2: anime_id is "abc"/],
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

  it('stops at more fields than a row can have, before it has read them', () => {
    const fields = ','.repeat(2_000_000);
    expect(() => readListCsv(`anime_id${fields}`, 'my.csv')).toThrow(/no column anime_id/);
    expect(() => readListCsv(`anime_id\n1${fields}`, 'my.csv')).toThrow(
      /line 2: .*more than 1000 fields/,
    );
  });

  it('stops at a field, at lines and at names without end', () => {
    const long = 'x'.repeat(70_000);
    for (const field of [long, `"${long}"`, `"${'""'.repeat(70_000)}"`])
      expect(() => readListCsv(`title\n${field}\n`, 'my.csv')).toThrow(
        /line 2: it has a field of more than 65536 letters/,
      );
    for (const end of ['\n', '\r', '\r\n', '"\n'])
      expect(() => readListCsv(`title${end.repeat(300_000)}`, 'my.csv')).toThrow(
        /more than 262144 lines/,
      );
    const names = `A,B,C\n`.repeat(50_000);
    expect(() => readListCsv(`title,english,native\n${names}`, 'my.csv')).toThrow(
      /more than 131072 names/,
    );
    expect(
      readListCsv(`title,english,id\n${'A,B,1\n'.repeat(65_536)}`, 'my.csv').entries,
    ).toHaveLength(65_536);
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
          readListCsv(`title;score;year;type\n${text}`, 'my.csv');
          readListCsv(text, 'my.csv');
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError);
        }
      }),
    );
  });
});
