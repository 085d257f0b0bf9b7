import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readListText } from '../../../../src/import/table/csv-list.ts';
import { readMalXml } from '../../../../src/import/xml/mal-xml.ts';
import { watchlistCsv } from '../../../../src/web/watchlist/export-csv.ts';
import { watchlistJson } from '../../../../src/web/watchlist/export-json.ts';
import { watchlistXml } from '../../../../src/web/watchlist/export-xml.ts';
import type { ExportedTitle } from '../../../../src/web/watchlist/exported-title.ts';

const MUSHISHI: ExportedTitle = {
  animeId: 457,
  title: 'Mushishi',
  titleEnglish: 'MUSHI-SHI',
  titleJapanese: '蟲師',
  type: 'TV',
  episodes: 26,
  year: 2005,
  note: '',
};
const AWKWARD: ExportedTitle = {
  ...MUSHISHI,
  animeId: 21,
  title: 'A <b>&amp; "B", C]]> D\nE',
  titleEnglish: null,
  titleJapanese: null,
  type: null,
  episodes: null,
  year: null,
  note: 'with Yuki,\r\n"on a rainy day" \u0007]]>',
};

/** Any text a title or note may be, with what each format has to escape among it. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']]>', '"', ',', '\r\n', '&lt;', '\u0000', '\ud800'),
    ),
  )
  .map((parts) => parts.join(''));
const titles = fc.uniqueArray(
  fc.record({
    animeId: fc.integer({ min: 1, max: 999_999 }),
    title: text.map((title) => `t${title}`),
    titleEnglish: fc.option(text),
    titleJapanese: fc.option(text),
    type: fc.constantFrom('TV', 'Movie', null),
    episodes: fc.option(fc.nat(2000)),
    year: fc.option(fc.integer({ min: 1960, max: 2030 })),
    note: text,
  }),
  { selector: ({ animeId }) => animeId, maxLength: 8 },
);

const readXml = (list: readonly ExportedTitle[]) =>
  readMalXml(new TextEncoder().encode(watchlistXml(list)), { name: 'watchlist.xml' });

describe('watchlistXml()', () => {
  it('is read back as planned titles in their order, by the reader of MyAnimeList exports', async () => {
    const { rows, unread, notes } = await readXml([AWKWARD, MUSHISHI]);
    expect([unread, notes]).toEqual([[], []]);
    expect(rows.map(({ animeId, status, rating }) => [animeId, status, rating])).toEqual([
      [21, 'plan_to_watch', undefined],
      [457, 'plan_to_watch', undefined],
    ]);
    // The reader takes white space together, and entities for the letters that they stand for.
    expect(rows[0].names).toEqual(['A <b>& "B", C]]> D E']);
  });

  it('lets MyAnimeList change entries that a list has, and counts the titles', () => {
    const xml = watchlistXml([MUSHISHI, AWKWARD]);
    expect(xml.match(/<update_on_import>1</g)).toHaveLength(2);
    expect(xml).toContain('<user_export_type>1</user_export_type>');
    expect(xml).toContain('<user_total_plantowatch>2</user_total_plantowatch>');
  });

  it('is well-formed whatever titles and notes contain', async () => {
    await fc.assert(
      fc.asyncProperty(titles, async (list) => {
        const ids = list.map(({ animeId }) => animeId);
        if (ids.length === 0) return;
        expect((await readXml(list)).rows.map(({ animeId }) => animeId)).toEqual(ids);
      }),
      { numRuns: 60 },
    );
  });
});

describe('watchlistCsv()', () => {
  it('is read back as planned titles in their order, by the reader of lists', () => {
    fc.assert(
      fc.property(titles, (list) => {
        const { rows } = readListText(watchlistCsv(list), { name: 'watchlist.csv' });
        expect(rows.map(({ animeId, status }) => [animeId, status])).toEqual(
          list.map(({ animeId }) => [animeId, 'plan_to_watch']),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('quotes what needs it and begins with a byte order mark', () => {
    const [header, first] = watchlistCsv([{ ...MUSHISHI, note: 'so "calm", slow' }]).split('\r\n');
    expect(header).toMatch(/^\ufeffplace,anime_id,title,/);
    expect(first).toBe(
      '1,457,Mushishi,MUSHI-SHI,蟲師,TV,26,2005,Plan to Watch,"so ""calm"", slow"',
    );
  });
});

describe('watchlistJson()', () => {
  it('has one entry a title, in order, with its note', () => {
    const read: unknown = JSON.parse(watchlistJson([MUSHISHI, AWKWARD]));
    expect(read).toEqual([
      expect.objectContaining({ anime_id: 457, anime_title: 'Mushishi', status: 'plan_to_watch' }),
      expect.objectContaining({ anime_id: 21, note: AWKWARD.note }),
    ]);
  });
});
