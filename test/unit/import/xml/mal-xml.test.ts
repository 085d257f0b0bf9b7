import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImportError } from '../../../../src/import/list/import-error.ts';
import { readMalXml } from '../../../../src/import/xml/mal-xml.ts';
import { MalXmlReader } from '../../../../src/import/xml/mal-xml-reader.ts';
import { syntheticEntries, syntheticExport } from '../../../support/synthetic-export.ts';

const read = (text: string | Uint8Array) =>
  readMalXml(typeof text === 'string' ? Buffer.from(text) : text, { name: 'The file' });
/** An export of one entry with these fields. */
const one = (fields: string) =>
  `<?xml version="1.0"?><myanimelist><myinfo><user_name>x</user_name></myinfo><anime>${fields}</anime></myanimelist>`;
const bebop = '<series_animedb_id>1</series_animedb_id><series_title>Cowboy Bebop</series_title>';

const titles = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    animeId: n + 1,
    title: `Title ${n + 1} ½ 進撃 & <b>`,
  }));

describe('readMalXml()', () => {
  it('reads an export of 500 entries', () => {
    const xml = syntheticExport(syntheticEntries(titles(500)), 'Aoi_7');
    const list = read(xml);
    expect(list).toMatchObject({ source: 'mal-xml', owner: 'Aoi_7', scale: '1-10', notes: [] });
    expect(list.rows).toHaveLength(500);
    const names = (n: number) => [`Title ${n} ½ 進撃 & <b>`];
    expect(list.rows.slice(0, 4)).toMatchObject([
      { animeId: 1, names: names(1), rating: 10, status: 'completed' },
      { animeId: 2, names: names(2), rating: 9, status: 'completed' },
      { animeId: 3, names: names(3), rating: 8, status: 'completed' },
      { animeId: 4, names: names(4), status: 'dropped' },
    ]);
    const found = new Set(list.rows.map(({ status }) => status));
    expect([...found].sort()).toEqual(
      ['completed', 'dropped', 'on_hold', 'plan_to_watch', 'watching'].sort(),
    );
    expect(read(`\uFEFF${xml}`)).toEqual(list);
    expect(read(`\n \n${xml}`)).toEqual(list);
  });

  it('reads an empty list', () => {
    expect(read(syntheticExport([]))).toMatchObject({
      owner: 'synthetic',
      rows: [],
      scale: 'none',
    });
  });

  it('reads codes for statuses, and guesses where there is a word without a meaning', () => {
    const xml = syntheticExport([
      { animeId: 1, title: 'A', status: '6' },
      { animeId: 2, title: 'B', status: 'Reconsidering', watched: 3 },
      { animeId: 3, title: 'C', status: '5', watched: 0 },
      { animeId: 4, title: 'D', status: '5', watched: 0, score: 4 },
      { animeId: 5, title: 'E', status: '', watched: 2 },
    ]);
    const { rows, unread } = read(xml);
    expect(rows.map(({ status }) => status)).toEqual([
      ...['plan_to_watch', 'completed', 'plan_to_watch', 'completed', null],
    ]);
    expect(unread).toEqual([{ line: 2, what: 'status', value: 'Reconsidering' }]);
  });

  it('keeps what has a title but no id', () => {
    const xml = syntheticExport([
      { animeId: 0, title: 'Nowhere' },
      { animeId: '', title: 'Nothing' },
      { animeId: '5; DROP', title: 'Odd' },
    ]);
    expect(read(xml).rows).toMatchObject([
      { animeId: null, names: ['Nowhere'] },
      { animeId: null, names: ['Nothing'] },
      { animeId: null, names: ['Odd'] },
    ]);
  });

  it.each<[string, string | Uint8Array, object]>([
    [
      'a naked &',
      one('<series_title>Panty & Stocking</series_title>'),
      { names: ['Panty & Stocking'] },
    ],
    ['&& and &;', one('<series_title>A && B &; C</series_title>'), { names: ['A && B &; C'] }],
    [
      'entities of HTML',
      one('<series_title>Pok&eacute;mon &ndash; x</series_title>'),
      { names: ['Pokémon – x'] },
    ],
    [
      'entities in CDATA',
      one('<series_title><![CDATA[Pok&eacute;mon &amp; x]]></series_title>'),
      { names: ['Pokémon & x'] },
    ],
    [
      'numbers of letters',
      one('<series_title>Pok&#233;mon&#x21;</series_title>'),
      { names: ['Pokémon!'] },
    ],
    [
      'control characters',
      one('<series_title>Cow\u0001boy\u000b Bebop\u0000</series_title>'),
      { names: ['Cowboy Bebop'] },
    ],
    ['a blank before the declaration', ` \n${one(bebop)}`, { animeId: 1 }],
    [
      'HTML in comments',
      one(`<my_comments>good<br>and <b>bad</b><p>x</my_comments>${bebop}`),
      { animeId: 1 },
    ],
    [
      'HTML that is not closed',
      one(`<my_comments>so <b><i>good</my_comments>${bebop}<my_score>8</my_score>`),
      { animeId: 1, rating: 8 },
    ],
    [
      'a heart',
      one(`<my_comments>I <3 it & <3 it</my_comments>${bebop}<my_score>8</my_score>`),
      { animeId: 1, rating: 8 },
    ],
    ['tags in capitals', one(bebop).replace(/<(\/?)series/g, '<$1SERIES'), { animeId: 1 }],
    [
      'a score of N/A',
      one(`${bebop}<my_score>N/A</my_score>`),
      { animeId: 1, names: ['Cowboy Bebop'] },
    ],
    ['a decimal score', one(`${bebop}<my_score>8.5</my_score>`), { rating: 9 }],
    [
      'one that is watched again',
      one(`${bebop}<my_status>Watching</my_status><my_rewatching>1</my_rewatching>`),
      { status: 'completed' },
    ],
    ['a type', one(`${bebop}<series_type>Movie</series_type>`), { type: 'Movie' }],
    ['UTF-16', Buffer.from(`\uFEFF${one(bebop)}`, 'utf16le'), { animeId: 1 }],
    [
      'Latin-1',
      Buffer.from(one('<series_title>Pok\xe9mon</series_title>'), 'latin1'),
      { names: ['Pokémon'] },
    ],
    ['no root', `<anime>${bebop}</anime>`, { animeId: 1 }],
  ])('reads %s', (_, text, row) => {
    expect(read(text).rows).toMatchObject([row]);
  });

  it('loses one letter to one broken byte', () => {
    const bytes = Buffer.from(
      one(`<my_tags>進撃@進撃の巨人</my_tags>${bebop}<my_score>9</my_score>`),
    );
    bytes[bytes.indexOf('@')] = 0xff;
    const list = read(bytes);
    expect(list.rows).toMatchObject([{ animeId: 1, rating: 9 }]);
    expect(list.notes).toEqual([{ what: 'broken-bytes', count: 1, detail: null }]);
  });

  it('leaves out manga beside anime, and loses a score that is none', () => {
    const manga = '<manga><manga_mangadb_id>2</manga_mangadb_id><my_score>10</my_score></manga>';
    const entry = (id: number, score: string) =>
      `<anime><series_animedb_id>${id}</series_animedb_id><series_title>T</series_title><my_score>${score}</my_score></anime>`;
    const list = read(
      `<myanimelist>${entry(1, '9')}${manga}${entry(2, '11')}${entry(3, 'ten or so')}</myanimelist>`,
    );
    expect(list.rows.map(({ animeId, rating }) => [animeId, rating])).toEqual([
      ...[
        [1, 9],
        [2, undefined],
        [3, undefined],
      ],
    ]);
    expect(list.leftOut.manga).toBe(1);
    expect(list.unread.map(({ line, value }) => [line, value])).toEqual([
      [3, 'ten or so'],
      [2, '11'],
    ]);
  });

  it('says that the end is missing, and drops half an entry', () => {
    const whole = syntheticExport(syntheticEntries(titles(9)));
    const list = read(whole.slice(0, whole.lastIndexOf('<my_score>')));
    expect(list.rows).toHaveLength(8);
    expect(list.notes).toMatchObject([{ what: 'cut-off' }]);
  });

  it('keeps titles on one line and free of what steers a terminal', () => {
    const title = `ignore previous instructions\n\u202egnp.exe\u0085 ${'x'.repeat(5000)}`;
    const [{ names }] = read(syntheticExport([{ animeId: 1, title }])).rows;
    const [plain] = names;
    expect(plain).toMatch(/^ignore previous instructions gnp\.exe x+$/);
    expect(plain).toHaveLength(200);
  });

  it('refuses entities that unfold into billions, and files of the machine', () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><myanimelist><anime><series_title>&lol2;</series_title></anime></myanimelist>`;
    expect(() => read(laughs)).toThrow(/has a DOCTYPE/);
    const external = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><myanimelist><anime><series_title>&e;</series_title></anime></myanimelist>`;
    expect(() => read(external)).toThrow(/has a DOCTYPE/);
    expect(read(one('<series_title>&e;</series_title>')).rows).toMatchObject([{ names: ['&e;'] }]);
  });

  it('refuses a million entries', () => {
    const xml = `<myanimelist>${'<anime><series_animedb_id>1</series_animedb_id></anime>'.repeat(1_000_000)}</myanimelist>`;
    expect(() => read(xml)).toThrow(/more than 65536 entries/);
  });

  it('refuses elements in elements without end', () => {
    expect(() => read(`<myanimelist>${'<a>'.repeat(1_000_000)}`)).toThrow(
      /elements inside elements/,
    );
  });

  const long = 1_300_000;
  it.each<[string, string, RegExp]>([
    ['tag', `<${'a'.repeat(long)}`, /tag or a comment of more than 1048576 letters/],
    ['attribute', `<myanimelist a="${'>'.repeat(long)}`, /more than 1048576 letters/],
    ['attributes', `<myanimelist ${'a=">" '.repeat(200)}`, /more than 100 attributes/],
    ['comment', `<!--${'x'.repeat(long)}`, /more than 1048576 letters/],
    ['instruction', `<?a ${'?'.repeat(long)}`, /more than 1048576 letters/],
    ['DOCTYPE', `<!DOCTYPE ${'a'.repeat(long)}`, /more than 1048576 letters/],
    ['CDATA', `<myanimelist><![CDATA[${'>'.repeat(long)}`, /more than 1048576 letters/],
  ])('refuses a %s without end', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('keeps the beginning of a value without end', () => {
    const xml = one(
      `<my_comments>${'x '.repeat(3 << 19)}</my_comments>${bebop}<my_score>9</my_score>`,
    );
    expect(read(xml).rows).toMatchObject([{ animeId: 1, rating: 9 }]);
  });

  it('refuses tags, texts and comments without end', () => {
    const reader = new MalXmlReader({ name: 'The file' }, 6);
    reader.write('<myanimelist><a/>x<!---->y<?b?>');
    expect(() => reader.write('<c/>')).toThrow(/more than 6 tags, texts and comments/);
  });

  it.each<[string, string, RegExp]>([
    ['another document', '<feed><entry/></feed>', /begins with <feed>/],
    ['plain words', 'Mushishi 10', /has no list in it/],
    ['a manga list', '<myanimelist><manga></manga></myanimelist>', /is a manga list/],
  ])('says what is wrong with %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('fails on any bytes in words only', () => {
    const pieces = fc.constantFrom(
      ...['<myanimelist>', '</myanimelist>', '<anime>', '</anime>', '<my_score>', '</my_score>'],
      ...[
        '<series_title>',
        '<manga>',
        '</manga>',
        '<br>',
        '</b>',
        '<b',
        '<script>',
        '<title>',
        '<',
      ],
      ...['<![CDATA[', ']]>', '&lt;', '&', '9', '<!--', '-->', '<?x', '?>', ' a="b"', '\0', '進'],
    );
    const attempt = (content: string | Uint8Array) => {
      try {
        expect(read(content).rows).toBeInstanceOf(Array);
      } catch (error) {
        expect(error).toBeInstanceOf(ImportError);
      }
    };
    fc.assert(fc.property(fc.array(pieces), (parts) => attempt(`<myanimelist>${parts.join('')}`)));
    fc.assert(fc.property(fc.uint8Array(), attempt));
  });
});
