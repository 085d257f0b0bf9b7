import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteField } from '../../../../src/data/csv/csv.ts';
import { ImportError } from '../../../../src/import/list/import-error.ts';
import type { ScaleChoice } from '../../../../src/import/list/scale.ts';
import { readListText } from '../../../../src/import/table/csv-list.ts';

const read = (text: string, scale?: ScaleChoice) => readListText(text, { name: 'my.csv', scale });
const rowsOf = (text: string) => read(text).rows;
/** What stands in each row, shortly: "5114:9 completed", "Mushishi:8". */
const shortly = (text: string) =>
  rowsOf(text).map(({ animeId, names, rating, status }) => {
    const scored = `${animeId ?? names[0] ?? ''}${rating === undefined ? '' : `:${rating}`}`;
    return status === null ? scored : `${scored} ${status}`;
  });

describe('readListText()', () => {
  it('reads ids, ratings and statuses in any order of columns, by name or code', () => {
    const text =
      '\uFEFFScore,Anime_ID,Status,Note\r\n9,5114,Completed,"a, b"\r\n0,1,Plan to Watch,\r\n,2,4,\r\n\r\n-1,3,,\r\n';
    expect(shortly(text)).toEqual(['5114:9 completed', '1 plan_to_watch', '2 dropped', '3']);
  });

  it('reads lines that end with a carriage return alone, and ids alone', () => {
    expect(shortly('anime_id,rating\r5114,9\r1,8\r')).toEqual(['5114:9', '1:8']);
    expect(read('anime_id\n5\n')).toMatchObject({
      ...{ source: 'csv', owner: null, scale: 'none', unread: [], notes: [] },
      rows: [{ animeId: 5, isSure: true, names: [], status: null, line: 2 }],
    });
    expect(rowsOf('anime_id\n')).toEqual([]);
  });

  it('prefers the MyAnimeList id of an exporter that has ids of its own', () => {
    const list = read(
      'id,malId,Title,Rating Twenty,Status\n1,457,Mushishi,19,current\n2,,"Only, elsewhere",8,planned\n',
    );
    expect(list.scale).toBe('1-20');
    expect(list.rows).toMatchObject([
      { animeId: 457, isSure: true, names: ['Mushishi'], rating: 10, status: 'watching' },
      { animeId: null, names: ['Only, elsewhere'], rating: 4, line: 3 },
    ]);
  });

  it('knows that a column "id" may hold numbers of any kind', () => {
    expect(rowsOf('id,title\n1,Trigun\n')).toMatchObject([{ animeId: 1, isSure: false }]);
    expect(rowsOf('media_id,source,title\n1,mal,A\n2,anilist,B\n')).toMatchObject([
      { animeId: 1, isSure: true },
      { animeId: null, names: ['B'] },
    ]);
  });

  it('reads titles with all that tells them apart, and where they stand', () => {
    const text =
      'Anime Title,MAL_ID,Your Score,My Status,Release Year,Format,English\n' +
      'Mushishi,,8,Completed,2005,TV,MUSHI-SHI\n' +
      '"two\nlines",,,Want to Watch,"Apr 5, 2009 to Jul 4, 2010",TV Short,\n' +
      'Akira,,10,watched,unknown,Radio,Akira\n';
    expect(rowsOf(text)).toMatchObject([
      { line: 2, names: ['Mushishi', 'MUSHI-SHI'], rating: 8, year: 2005, type: 'TV' },
      { line: 3, names: ['two lines'], status: 'plan_to_watch', year: 2009, type: 'TV' },
      { line: 5, names: ['Akira'], rating: 10, status: 'completed', year: null, type: null },
    ]);
  });

  it.each([
    ...[
      ['watched', 'completed'],
      ['STALLED', 'on_hold'],
      ['want to watch', 'plan_to_watch'],
    ],
    ...[
      ["won't watch", 'dropped'],
      ['In progress', 'watching'],
      ['Not started', 'plan_to_watch'],
    ],
    ...[
      ['Plan To Watch', 'plan_to_watch'],
      ['plan-to-watch', 'plan_to_watch'],
      ['On-Hold', 'on_hold'],
    ],
    ...[
      ['Terminé', 'completed'],
      ['À voir', 'plan_to_watch'],
      ['En cours', 'watching'],
    ],
    ...[
      ['Abgebrochen', 'dropped'],
      ['Am Schauen', 'watching'],
      ['Visto', 'completed'],
    ],
    ...[
      ['Просмотрено', 'completed'],
      ['Брошено', 'dropped'],
      ['Запланировано', 'plan_to_watch'],
    ],
    ...[
      ['看過', 'completed'],
      ['在看', 'watching'],
      ['搁置', 'on_hold'],
      ['抛弃', 'dropped'],
    ],
    ...[
      ['見たい', 'plan_to_watch'],
      ['視聴済み', 'completed'],
      ['一時中断', 'on_hold'],
    ],
    ...[
      ['✅ Completed', 'completed'],
      ['CURRENT', 'watching'],
      ['PLANNING', 'plan_to_watch'],
    ],
  ])('takes the status %j for %s', (word, status) => {
    expect(rowsOf(`title,status\nX,${word}\n`)).toMatchObject([{ status }]);
  });

  it.each([
    ['title,score,status\n', 'X,9,dropped'],
    ['NAME,RATING,STATUS\n', 'X,9,dropped'],
    ['anime_title,myScore,watchStatus\n', 'X,9,dropped'],
    ['Anime Name,Rating (out of 10),List Status\n', 'X,9,dropped'],
    ['name;user_rating;my-status\r\n', 'X;9,0;dropped'],
    ['\uFEFF" Title "\tScore\tStatus\n', 'X\t9\tdropped'],
    ['Name|Status|Score\n', 'X|dropped|9'],
    ['sep=;\nTitle;Score;Status\n', 'X;9;dropped'],
    ['"sep=|"\nTitle|Score|Status\n', 'X|9|dropped'],
    ['My list,,\n,,\nTitle,Score,Status\n', 'X,9,dropped'],
    ['作品名,点数,状態\n', 'X,9,断念'],
    ['Titel;Bewertung;Status\n', 'X;9;Abgebrochen'],
    ['Title,notes,score,status\n', 'X,seen on 5" screen,9,dropped'],
    ['Title,notes,score,status\n', 'X,"a "great" one",9,dropped'],
    ['Title,score,status\n', 'X,9/10,dropped'],
    ['Title,score,status\n', 'X,9 - Great,dropped'],
    ['Title,score,status,,\n', 'X,9,dropped,,,,'],
    // Beside one's own score stands what everybody thinks.
    ['title,score,my_score,my_status\n', 'X,7.3,9,dropped'],
    ['title,mean,score,status\n', 'X,7.31,9,dropped'],
  ])('reads the layout %j', (header, row) => {
    expect(rowsOf(header + row)).toMatchObject([{ names: ['X'], rating: 9, status: 'dropped' }]);
  });

  it.each([
    ['score\n', [7, 10], '1-10', [7, 10]],
    ['score\n', [85, 7, 100], '1-100', [9, 1, 10]],
    ['score\n', [18, 15, 9], '1-20', [9, 8, 5]],
    ['score\n', ['8.5', '6,4'], '1-10', [9, 6]],
    ['stars\n', [0.5, 4.5], '1-5', [1, 9]],
    ['score\n', [5, 4.5, 0, 1], '1-5', [10, 9, undefined, 2]],
    ['score\n', [3, 2, 3, 1], '1-3', [10, 7, 10, 3]],
    ['score\n', [2.5, 3, 1], '1-5', [5, 6, 2]],
    // Two scores say nothing yet, and one above 5 is on another scale.
    ['score\n', [5, 4], '1-10', [5, 4]],
    ['score\n', [5, 4, 3, 6], '1-10', [5, 4, 3, 6]],
    ['score_10\n', [5, 4, 3], '1-10', [5, 4, 3]],
    ['Rating (1-5)\n', [5, 4], '1-5', [10, 8]],
    ['Score /100\n', [85, 7], '1-100', [9, 1]],
    ['rating_out_of_20\n', [19, 8], '1-20', [10, 4]],
    ['score_100\n', [9, 8], '1-100', [1, 1]],
    ['score\n', ['4/5', '3/5'], '1-5', [8, 6]],
    ['score\n', ['85%', '40 %'], '1-100', [9, 4]],
    ['score\n', ['★★★★', '★★½', '⭐'], '1-5', [8, 5, 2]],
    ['score\n', ['★★★★☆', '★☆☆☆☆'], '1-5', [8, 2]],
    ['score\n', ['★★★★★★★★', '★★'], '1-10', [8, 2]],
    ['score\n', [':)', ':|', ':('], '1-3', [10, 7, 3]],
    ['score\n', ['🙂', '😐', '🙁'], '1-3', [10, 7, 3]],
    ['score\n', ['Masterpiece', 'Very Good'], '1-10', [10, 8]],
    ['score\n', ['９', '８'], '1-10', [9, 8]],
    ['score\n', [0, -1, '-', 'nan', 'N/A', 'None', '未评分'], 'none', new Array(7).fill(undefined)],
  ])('understands the scale of %j with %j', (column, scores, scale, ratings) => {
    const rows = scores.map((score, n) => `${n + 1},"${score}"`);
    const list = read(`anime_id,${column}${rows.join('\n')}\n`);
    expect(list.scale).toBe(scale);
    expect(list.rows.map(({ rating }) => rating)).toEqual(ratings);
    expect(list.unread).toEqual([]);
  });

  it('takes the scale that the person chooses instead', () => {
    const text = 'title,score\nA,5\nB,4\nC,3\n';
    expect(read(text).scale).toBe('1-5');
    expect(read(text, '1-10').rows.map(({ rating }) => rating)).toEqual([5, 4, 3]);
    expect(read(text, '1-100').rows.map(({ rating }) => rating)).toEqual([1, 1, 1]);
    const above = read(text, '1-3');
    expect(above.rows.map(({ rating }) => rating)).toEqual([undefined, undefined, 10]);
    expect(above.unread.map(({ value }) => value)).toEqual(['5', '4']);
  });

  it.each<[string, readonly string[], string]>([
    ['title,rating\nX,great fun indeed\nY,8\n', ['X', 'Y:8'], 'score'],
    ['title,rating\nX,7\nY,75\nZ,8\n', ['X:7', 'Y', 'Z:8'], 'score'],
    ['title,stars\nX,4\nY,8\n', ['X:8', 'Y'], 'score'],
    ['title,rating\nX,-3\nY,4\n', ['X', 'Y:4'], 'score'],
    [
      'title,status,rating\nX,mesmerised,\nY,Completed,9\n',
      ['X plan_to_watch', 'Y:9 completed'],
      'status',
    ],
    ['title,status\nX,constructor\nY,Dropped\n', ['X plan_to_watch', 'Y dropped'], 'status'],
    ['title,mal_id\nX,abc\nY,6\n', ['X', '6'], 'id'],
    ['title,score\n,8\nY,7\n', [':8', 'Y:7'], 'title'],
    [`title,score\n${'x'.repeat(70_000)},8\nY,7\n`, ['Y:7'], 'row'],
    [`title,score\nX${','.repeat(2000)}\nY,7\n`, ['Y:7'], 'row'],
  ])('loses one cell of %j only, and names it', (text, rows, what) => {
    const list = read(text);
    expect(shortly(text)).toEqual(rows);
    expect(list.unread).toMatchObject([{ what, line: expect.any(Number) }]);
    expect(list.unreadCount).toBe(1);
  });

  it('reads a status without a meaning from the score and the episodes, as data sets are read', () => {
    const text = 'mal_id,status,my_score,my_watched_episodes\n1,5,,\n2,5,7,\n3,33,,4\n4,0,,0\n';
    expect(shortly(text)).toEqual([
      '1 plan_to_watch',
      '2:7 completed',
      '3 completed',
      '4 plan_to_watch',
    ]);
    expect(read(text).unread).toEqual([]);
  });

  it.each<[string, string, object]>([
    ['an age class', 'title,rating\nX,PG-13\nY,R - 17+\n', { notes: [{ what: 'ages-not-read' }] }],
    [
      "everybody's mean",
      'title,score\nX,8.62\nY,7.91\nZ,8.04\n',
      { notes: [{ what: 'mean-not-read' }] },
    ],
    ['a broadcast', 'title,status\nX,Finished Airing\nY,Currently Airing\n', { notes: [] }],
    [
      'comments',
      'title,notes\nX,watched it in 2009\nY,7 friends told me\nZ,so good\n',
      { notes: [] },
    ],
  ])('does not take %s for what the person says', (_, text, expected) => {
    const list = read(text);
    expect(list).toMatchObject(expected);
    for (const row of list.rows) {
      expect(row.rating).toBeUndefined();
      expect(row.status).toBeNull();
    }
  });

  it.each([
    ['title,type\nX,Manga\nY,TV\n', 'manga'],
    ['title,media_type\nX,light novel\nY,anime\n', 'manga'],
    ['title,status\nX,Plan to Read\nY,Completed\n', 'manga'],
    ['title,url\nX,https://myanimelist.net/manga/2\nY,https://myanimelist.net/anime/6\n', 'manga'],
    ['title,type\nX,game\nY,TV\n', 'other-media'],
    ['title,media_id,source,media_type\nX,27205,tmdb,movie\nY,6,mal,anime\n', 'other-media'],
    ['title,type,rating\nX,episode,10\nY,show,7\n', 'episode'],
    ['title,type,rating\nX,season,10\nY,show,7\n', 'episode'],
  ])('leaves out what is no anime in %j', (text, what) => {
    const list = read(text);
    expect(list.rows).toMatchObject([{ names: ['Y'] }]);
    expect(list.leftOut[what as keyof typeof list.leftOut]).toBe(1);
  });

  it.each([
    [
      'Simkl',
      'SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB\n1,X,anime,2013,dropped,s1e5,,9,,,,\n',
    ],
    [
      'Zoro',
      'Type,Status,Progress,Score,Title,Start,End,Episodes,Chapters,Mean,MAL_ID,URL\nANIME,dropped,1,9,X,,,26,,8.7,,\n',
    ],
    [
      'Trakt',
      'rated_at,type,title,year,trakt_rating,trakt_id,genres,rating,status\n2020,show,X,2013,7.8,1,anime,9,dropped\n',
    ],
    [
      'IMDb',
      'Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Year,Status\ntt1,9,2020-01-01,X,u,TV Series,8.1,2013,dropped\n',
    ],
    [
      'Bangumi',
      '名称,别名,发行日期,地址,封面地址,收藏日期,我的评分,标签,吐槽,其它信息,类别,同步情况\nX,,2013-04-07,u,c,2015-01-01,9,,,,抛弃,\n',
    ],
  ])('knows %s by its columns', (format, text) => {
    expect(read(text)).toMatchObject({
      format,
      rows: [{ names: ['X'], rating: 9, status: 'dropped' }],
    });
  });

  it('reads half stars of Letterboxd, whose films are of all kinds', () => {
    const text =
      'Date,Name,Year,Letterboxd URI,Rating\n2020-01-01,Akira,1988,https://boxd.it/a,4.5\n2020-01-01,Spirited Away,2001,https://boxd.it/b,5\n2020-01-02,Paprika,2006,https://boxd.it/c,3\n';
    expect(read(text)).toMatchObject({ format: 'Letterboxd', isMixed: true, scale: '1-5' });
    expect(shortly(text)).toEqual(['Akira:9', 'Spirited Away:10', 'Paprika:6']);
  });

  it("joins Netflix's episodes to seasons with what was watched of them", () => {
    const text =
      'Title,Date\n"Death Note: Season 1: Rebirth","1/2/20"\n"Death Note: Season 1: Confrontation","1/2/20"\n"Attack on Titan: Season 2: Beast Titan","1/2/20"\n"A Silent Voice","1/3/20"\n';
    expect(read(text)).toMatchObject({ format: 'Netflix', isMixed: true });
    expect(rowsOf(text)).toMatchObject([
      { names: ['Death Note'], watched: 2, status: null },
      { names: ['Attack on Titan Season 2', 'Attack on Titan: Season 2'], watched: 1 },
      { names: ['A Silent Voice'], watched: null, status: 'completed' },
    ]);
  });

  it.each([
    ['Mushishi,9\nTrigun,8\n', ['Mushishi:9', 'Trigun:8']],
    ['9;Mushishi;Completed\n8;Trigun;Dropped\n', ['Mushishi:9 completed', 'Trigun:8 dropped']],
    ['457\n6\n1535\n', ['457', '6', '1535']],
    ['https://myanimelist.net/anime/457/Mushishi\nmyanimelist.net/anime/6\n', ['457', '6']],
    [
      'Mushishi\nLove, Chunibyo & Other Delusions!\nTrigun\n',
      ['Mushishi', 'Love, Chunibyo & Other Delusions!', 'Trigun'],
    ],
    ['1. Mushishi\n2. Trigun\n', ['Mushishi', 'Trigun']],
    ['- Mushishi\n* Trigun\n• Akira\n', ['Mushishi', 'Trigun', 'Akira']],
    ['Mushishi - 10\nTrigun: 8\nAkira (7/10)\n', ['Mushishi:10', 'Trigun:8', 'Akira:7']],
    ['Mushishi ★★★★★\nTrigun ★★★\n', ['Mushishi:10', 'Trigun:6']],
    [
      'Completed:\nMushishi\n\nPlan to Watch:\nTrigun\n',
      ['Mushishi completed', 'Trigun plan_to_watch'],
    ],
    ['## Dropped (1)\nMushishi\n', ['Mushishi dropped']],
    ['- [x] Mushishi\n- [ ] Trigun\n', ['Mushishi', 'Trigun plan_to_watch']],
    ['Anime:\nMushishi\nManga:\nBerserk\n', ['Mushishi']],
    ['Mob Psycho 100\nOverlord 3\n86\n', ['Mob Psycho 100', 'Overlord 3', '86']],
    ['Mushishi', ['Mushishi']],
  ])('reads %j, which has no header', (text, rows) => {
    expect(shortly(text)).toEqual(rows);
    expect(read(text).notes).toMatchObject([{ what: 'no-header' }]);
  });

  it('puts a title together that was not quoted', () => {
    expect(shortly('title,score\nLove, Chunibyo & Other Delusions!,8\nTrigun,7\n')).toEqual([
      'Love, Chunibyo & Other Delusions!:8',
      'Trigun:7',
    ]);
  });

  it.each([
    ['', /my\.csv is empty/],
    [' \n\n', /my\.csv is empty/],
    ['rating,status\n9,\n', /no column anime_id.*none with titles.*begin with: rating, status/],
    ['anime_id\nabc\n', /no row can be read.*line 2.*"abc"/],
    ['anime_id\n1e999\n', /no row can be read/],
    [`title${'\n'.repeat(600_000)}`, /more than 524288 lines/],
    [`anime_id\n${'1\n'.repeat(70_000)}`, /more than 65536 entries/],
    [
      `title,english,native,romaji,japanese\n${'A,B,C,D,E\n'.repeat(55_000)}`,
      /more than 262144 names/,
    ],
  ])('says what is wrong with %.40j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('keeps the first of many cells that cannot be read, and counts all', () => {
    const list = read(`title,score\n${'X,pretty good I think\n'.repeat(600)}Y,7\n`);
    expect(list.unread).toHaveLength(500);
    expect(list.unreadCount).toBe(600);
  });

  it('reads back any titles, and fails on any text in words only', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (titles) => {
        const rows = titles.map((title, n) => `${n + 1},${quoteField(title)}`).join('\n');
        expect(rowsOf(`anime_id,title\n${rows}`)).toHaveLength(titles.length);
      }),
    );
    const piece = fc.constantFrom(
      ...['title', 'score', 'status', 'id', ',', ';', '\t', '|', '"', '""', '\n', '\r\n', '9', '★'],
      ...[
        ': Season 1: ',
        'sep=',
        '/',
        '%',
        ' - ',
        '(',
        ')',
        'Completed',
        '進撃の巨人',
        '\u0000',
        '\ud800',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (content) => {
        for (const header of ['anime_id,rating,status\n', 'title;score;year;type\n', ''])
          expectListOrError(header + content);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['open quotes', '"x,'.repeat(1 << 19)],
    ['quotes in quotes', `title\n${'"a"b'.repeat(1 << 18)}`],
    ['pairs of quotes', `title\n"${'""'.repeat(1 << 20)}`],
    ['separators', ',;|\t'.repeat(1 << 18)],
    ['lines', 'a\n'.repeat(60_000)],
    ['colons', `Title,Date\n${'A: Season 1: B: C: D\n'.repeat(40_000)}`],
    ['one line', 'Mushishi - '.repeat(1 << 17)],
  ])('takes no more than seconds for %s without end', (_, text) => {
    expectListOrError(text);
  });
});

function expectListOrError(text: string): void {
  try {
    expect(Array.isArray(read(text).rows)).toBe(true);
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError);
  }
}
