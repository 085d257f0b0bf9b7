/** Small bodies that are large once they are unpacked, parsed or matched. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { send, sendJson, sendPacked } from './send.ts';
import { attackSite } from './withstand.ts';

const site = attackSite();
const MB = 1 << 20;

describe('imports', () => {
  /** As it is, and packed on the way. */
  const upload = (kind: 'csv' | 'mal-xml', body: string | Uint8Array) =>
    site.withstands(async ({ url }) => {
      const packed = { headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) };
      for (const sent of [{ body }, packed]) {
        const { status, text } = await send(`${url}/api/import/${kind}`, sent);
        expect([200, 400, 413], text).toContain(status);
      }
    });
  const csv = (rows: string) => upload('csv', `anime_id,rating\n${rows}`.slice(0, 16 * MB - 1));
  const xml = (text: string) => upload('mal-xml', text.slice(0, 16 * MB - 1));

  it('16 MB of carriage returns', () => csv('\r'.repeat(16 * MB)));
  it('line feeds', () => csv('\n'.repeat(16 * MB)));
  it('both', () => csv('\r\n'.repeat(8 * MB)));
  it('carriage returns without a first line', () => upload('csv', '\r'.repeat(16 * MB - 1)));
  it('one row of commas', () => csv(','.repeat(16 * MB)));
  it('a first line of commas', () => upload('csv', ','.repeat(16 * MB - 1)));
  it('one quote that is never closed', () => csv(`"${'a'.repeat(16 * MB)}`));
  it('quotes only', () => csv('"'.repeat(16 * MB)));
  it('quotes of one letter', () => csv('"a",'.repeat(4 * MB)));
  it('rows of one digit', () => csv('1\n'.repeat(8 * MB)));
  it('rows of wrong ids', () => csv('x,y\n'.repeat(4 * MB)));
  it('the same row again and again', () => csv('1,7\n'.repeat(4 * MB)));
  it('zeros', () => upload('csv', Buffer.alloc(16 * MB - 1)));
  it('a root tag with 2.5 million attributes', () =>
    xml(
      `<myanimelist ${Array.from({ length: 2_500_000 }, (_, n) => `${n.toString(36)}=""`).join(' ')}>`.replace(
        / (\d)/g,
        ' a$1',
      ),
    ));
  it('the same attribute again and again', () => xml(`<myanimelist${' a=""'.repeat(4 * MB)}>`));
  it('a million tags in one another', () => xml('<a>'.repeat(6 * MB)));
  it('a million empty entries', () => xml(`<myanimelist>${'<anime/>'.repeat(2 * MB)}`));
  it('a million entries with an id', () =>
    xml(
      `<myanimelist>${'<anime><series_animedb_id>1</series_animedb_id></anime>'.repeat(300_000)}`,
    ));
  it('one name of 16 MB', () => xml(`<${'a'.repeat(16 * MB)}`));
  it('one text of 16 MB', () => xml(`<myanimelist>${'a'.repeat(16 * MB)}`));
  it('one comment of 16 MB', () => xml(`<myanimelist><!--${'-a'.repeat(8 * MB)}`));
  it('one CDATA section of 16 MB', () => xml(`<myanimelist><![CDATA[${']]'.repeat(8 * MB)}`));
  it('one value of 16 MB', () => xml(`<myanimelist a="${'a\n'.repeat(8 * MB)}`));
  it('entities', () => xml(`<myanimelist>${'&amp;'.repeat(4 * MB)}`));
  it('one entity of 16 MB', () => xml(`<myanimelist>&${'a'.repeat(16 * MB)}`));
  it('5,000 titles of 200 letters that are in no catalogue', () =>
    upload(
      'csv',
      `title,rating\n${Array.from({ length: 5000 }, (_, n) => `${'shimgeky mo kyojim '.repeat(10)}${n},7`).join('\n')}`,
    ));
});

describe('bombs', () => {
  const PACKED = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
  const ROUTES = [
    ['/api/import/csv', 'text/csv', '\r'],
    ['/api/import/mal-xml', 'application/xml', '<a>'],
    ['/api/recommendations', 'application/json', '['],
    ['/api/recommendations:batch', 'application/json', ' '],
    ['/graphql', 'application/json', '1'],
  ] as const;

  describe.each(Object.entries(PACKED))('packed by %s', (encoding, pack) => {
    it.each(ROUTES)('64 MB at %s', (route, type, text) =>
      site.withstands(async ({ url }) => {
        const headers = { 'content-type': type, 'content-encoding': encoding };
        const body = pack(Buffer.alloc(64 * MB, text));
        const { status, text: answer } = await send(url + route, { headers, body });
        expect([400, 413], answer).toContain(status);
      }),
    );
  });
});

describe('JSON', () => {
  const ROUTES = [
    '/api/recommendations',
    '/api/taste',
    '/graphql',
    '/api/chat',
    '/api/recommendations:batch',
  ];

  it.each(ROUTES)('4 kB of packed brackets at %s', (route) =>
    site.withstands(async ({ url }) => {
      for (const bracket of ['[', '{"a":', '[[],'])
        expect(
          (await sendPacked(url + route, bracket.repeat(MB / bracket.length))).status,
        ).toBeGreaterThan(399);
    }),
  );
  it.each(ROUTES)('brackets that are closed again, at %s', (route) =>
    site.withstands(async ({ url }) => {
      const half = MB / 2;
      expect(
        (await sendPacked(url + route, '['.repeat(half) + ']'.repeat(half))).status,
      ).toBeGreaterThan(399);
    }),
  );
  it('32 MB of empty profiles in a batch', () =>
    site.withstands(async ({ url }) => {
      await sendPacked(
        `${url}/api/recommendations:batch`,
        `{"profiles":[${'[],'.repeat(10 * MB)}[]]}`,
      );
    }));
  it('32 kB that unpack to 32 MB', () =>
    site.withstands(async ({ url }) => {
      await sendPacked(`${url}/api/recommendations:batch`, ' '.repeat(32 * MB));
      await sendPacked(`${url}/api/recommendations`, '1'.repeat(32 * MB));
    }));
  it.each(['gzip', 'deflate', 'br'])('bytes that are not %s', (encoding) =>
    site.withstands(async ({ url }) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      const { status } = await send(`${url}/api/recommendations`, {
        headers,
        body: deflateSync('{}').subarray(3),
      });
      expect([400, 415]).toContain(status);
    }),
  );
  it.each(['__proto__', 'constructor', 'toString'])('a name such as %s', (name) =>
    site.withstands(async ({ url }) => {
      const { status } = await sendJson(
        `${url}/api/recommendations`,
        `{"ratings":[],"${name}":{"a":1}}`,
      );
      expect(status).toBe(400);
    }),
  );
});
