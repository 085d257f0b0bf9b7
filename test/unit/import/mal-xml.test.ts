import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImportError } from '../../../src/import/imported-list.ts';
import { readMalXml } from '../../../src/import/mal-xml.ts';
import { MalXmlReader } from '../../../src/import/mal-xml-reader.ts';
import { syntheticEntries, syntheticExport } from '../../support/synthetic-export.ts';

const read = (text: string | Uint8Array, most?: number) =>
  readMalXml(typeof text === 'string' ? Buffer.from(text) : text, 'The file', most);

const titles = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    animeId: n + 1,
    title: `Title ${n + 1} ½ 進撃 & <b>`,
  }));

describe('readMalXml()', () => {
  it('reads an export of 500 entries, plain and packed', async () => {
    const xml = syntheticExport(syntheticEntries(titles(500)), 'Aoi_7');
    const list = await read(xml);
    expect(list).toMatchObject({ source: 'mal-xml', owner: 'Aoi_7', scale: '1-10', unknown: [] });
    expect(list.entries).toHaveLength(500);
    expect(list.entries.slice(0, 4)).toEqual([
      { animeId: 1, title: 'Title 1 ½ 進撃 & <b>', rating: 10, status: 'completed' },
      { animeId: 2, title: 'Title 2 ½ 進撃 & <b>', rating: 9, status: 'completed' },
      { animeId: 3, title: 'Title 3 ½ 進撃 & <b>', rating: 8, status: 'completed' },
      { animeId: 4, title: 'Title 4 ½ 進撃 & <b>', rating: undefined, status: 'dropped' },
    ]);
    const found = new Set(list.entries.map(({ status }) => status));
    expect([...found].sort()).toEqual(
      ['completed', 'dropped', 'on_hold', 'plan_to_watch', 'watching'].sort(),
    );
    expect(await read(gzipSync(xml))).toEqual(list);
    expect(await read(`\uFEFF${xml}`)).toEqual(list);
  });

  it('reads an empty list', async () => {
    expect(await read(syntheticExport([]))).toEqual({
      source: 'mal-xml',
      owner: 'synthetic',
      entries: [],
      unknown: [],
      scale: 'none',
    });
  });

  it('reads codes for statuses, and guesses where there is none', async () => {
    const xml = syntheticExport([
      { animeId: 1, title: 'A', status: '6' },
      { animeId: 2, title: 'B', status: 'Reconsidering', watched: 3 },
      { animeId: 3, title: 'C', status: '', watched: 0 },
      { animeId: 4, title: 'D', status: '', watched: 0, score: 4 },
    ]);
    expect((await read(xml)).entries.map(({ status }) => status)).toEqual([
      'plan_to_watch',
      'completed',
      'plan_to_watch',
      'completed',
    ]);
  });

  it('names what has no id', async () => {
    const xml = syntheticExport([
      { animeId: 0, title: 'Nowhere' },
      { animeId: '', title: 'Nothing' },
      { animeId: '5; DROP', title: 'Odd' },
    ]);
    const { entries, unknown } = await read(xml);
    expect(entries).toEqual([]);
    expect(unknown.map(({ title }) => title)).toEqual(['Nowhere', 'Nothing', 'Odd']);
  });

  it('keeps titles on one line and free of what steers a terminal', async () => {
    const title = `ignore previous instructions\n\u202egnp.exe\u0085 ${'x'.repeat(5000)}`;
    const [{ title: plain }] = (await read(syntheticExport([{ animeId: 1, title }]))).entries;
    expect(plain).toMatch(/^ignore previous instructions gnp\.exe x+$/);
    expect(plain).toHaveLength(200);
  });

  it('refuses entities that unfold into billions, and files of the machine', async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><myanimelist><anime><series_title>&lol2;</series_title></anime></myanimelist>`;
    await expect(read(laughs)).rejects.toThrow(/has a DOCTYPE/);
    const external = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><myanimelist><anime><series_title>&e;</series_title></anime></myanimelist>`;
    await expect(read(external)).rejects.toThrow(/has a DOCTYPE/);
    await expect(read('<myanimelist><myinfo><user_name>&e;</user_name>')).rejects.toThrow(
      /not well-formed XML \(1:\d+: undefined entity/,
    );
  });

  it('refuses a million entries', async () => {
    const xml = `<myanimelist>${'<anime><series_animedb_id>1</series_animedb_id></anime>'.repeat(1_000_000)}</myanimelist>`;
    await expect(read(xml)).rejects.toMatchObject({ fault: 'too-large' });
  });

  it('refuses elements in elements without end', async () => {
    await expect(read(`<myanimelist>${'<anime>'.repeat(1_000_000)}`)).rejects.toThrow(
      /elements inside elements/,
    );
  });

  it('refuses what unpacks to more than any list', async () => {
    const bomb = gzipSync(`<myanimelist>${'<a/>\n'.repeat(1 << 20)}</myanimelist>`);
    expect(bomb.length).toBeLessThan(1 << 16);
    await expect(read(bomb)).rejects.toThrow(/unpacks to more than 100 times its size/);
    const line = `<!-- ${'x'.repeat(1000)} -->`;
    const many = Buffer.from(`<myanimelist>${line.repeat(33 * 1024)}</myanimelist>`);
    await expect(read(many)).rejects.toThrow(/more than 32 MiB/);
    const small = syntheticExport(syntheticEntries(titles(500)));
    await expect(read(small, 10_000)).rejects.toMatchObject({ fault: 'too-large' });
  });

  const spaces = ' '.repeat(70_000);
  it.each<[string, string, RegExp]>([
    ['tag', `<${'a'.repeat(200_000)}`, /a text, a tag or a comment of more than 65536 letters/],
    ['attribute', `<myanimelist a="${'>'.repeat(200_000)}`, /of more than 65536 letters/],
    ['attributes', `<myanimelist ${'a=">" '.repeat(200)}`, /duplicate|more than 100 attributes/],
    [
      'different attributes',
      `<myanimelist ${Array.from({ length: 200 }, (_, n) => `a${n}=">"`).join(' ')}`,
      /more than 100 attributes/,
    ],
    ['comment', `<!--${'>'.repeat(200_000)}`, /of more than 65536 letters/],
    ['instruction', `<?a ${'>'.repeat(200_000)}`, /of more than 65536 letters/],
    ['DOCTYPE', `<!DOCTYPE ${'a'.repeat(200_000)}`, /of more than 65536 letters/],
    ['CDATA', `<myanimelist><![CDATA[${'>'.repeat(200_000)}`, /of more than 65536 letters/],
    ['text', `<myanimelist>${spaces}${spaces}${spaces}`, /of more than 65536 letters/],
    ['entity', `<myanimelist>&${'a'.repeat(200_000)}`, /of more than 65536 letters/],
    [
      'value',
      `<myanimelist><anime><a>${`<![CDATA[${'x'.repeat(1000)}]]>`.repeat(100)}`,
      /a value of more than 65536 letters/,
    ],
  ])('refuses a %s without end', async (_, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      fault: 'too-large',
      message: expect.stringMatching(message),
    });
  });

  it('refuses tags, texts and comments without end', () => {
    const reader = new MalXmlReader('The file', 6);
    reader.write('<myanimelist><a/>x<!---->y<?b?>');
    expect(() => reader.write('<c/>')).toThrow(/more than 6 tags, texts and comments/);
  });

  it('reads a file that is packed in several pieces', async () => {
    const xml = syntheticExport(syntheticEntries(titles(50)));
    const pieces = [xml.slice(0, 1000), '', xml.slice(1000)].map((part) => gzipSync(part));
    expect((await read(Buffer.concat(pieces))).entries).toHaveLength(50);
  });

  const whole = gzipSync(syntheticExport(syntheticEntries(titles(50))));
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', Buffer.alloc(0), /is empty/],
    ['a packed file that is cut off', whole.subarray(0, whole.length - 200), /is cut off/],
    ['a packed file of which only the beginning is there', whole.subarray(0, 8), /is cut off/],
    ['a damaged packed file', damaged(whole), /is damaged/],
    ['UTF-16', Buffer.from(syntheticExport([]), 'utf16le'), /is not text in UTF-8|not well-formed/],
    [
      'Latin-1',
      Buffer.from('<myanimelist><myinfo><user_name>Ren\xe9</user_name>', 'latin1'),
      /not text in UTF-8/,
    ],
    [
      'a letter that is cut in two',
      Buffer.from('<myanimelist>進').subarray(0, -1),
      /not text in UTF-8/,
    ],
    ['an export that is cut off', Buffer.from(syntheticExport([]).slice(0, -8)), /not well-formed/],
    ['a web page', Buffer.from('<html><body>Sign in</body></html>'), /begins with <html>/],
    ['plain words', Buffer.from('Mushishi 10'), /not well-formed/],
    ['a zip', Buffer.from('PK\x03\x04\x14\0\0\0'), /not well-formed/],
    ['a manga list', Buffer.from('<myanimelist><manga></manga></myanimelist>'), /is a manga list/],
    [
      'a score of eleven',
      Buffer.from(syntheticExport([{ animeId: 1, title: 'X', score: 11 }])),
      /neither 1–10 nor 1–100/,
    ],
    [
      'a score in words',
      Buffer.from(syntheticExport([{ animeId: 1, title: 'X', score: 'ten' }])),
      /"X" a score that is not a number/,
    ],
  ])('says what is wrong with %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });

  it('fails on any bytes in words only', async () => {
    const pieces = fc.constantFrom(
      ...['<myanimelist>', '</myanimelist>', '<anime>', '</anime>', '<my_score>', '</my_score>'],
      ...['<![CDATA[', ']]>', '&lt;', '&', '9', '<!--', '-->', '<?x', '?>', ' a="b"', '\0', '進'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces), async (parts) => {
        await read(`<myanimelist>${parts.join('')}`).catch((error: unknown) =>
          expect(error).toBeInstanceOf(ImportError),
        );
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        await read(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
        const packed = gzipSync(bytes);
        await read(packed).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
      }),
    );
  });
});

function damaged(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 20, 60);
  return copy;
}
