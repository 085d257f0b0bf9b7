import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
} from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY } from '../../../../src/api/constants/limits.ts';
import { buildApp } from '../../../../src/server/app.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await smallApp();
});
afterAll(() => small.close());

const LIST = { ratings: [{ animeId: 0, rating: 9 }, { animeId: 3 }], limit: 20 };
const REORDERED = { limit: 20, ratings: LIST.ratings };

const ask = (body: unknown, headers: Record<string, string> = {}, app = small.app) =>
  app.inject({
    method: 'POST',
    url: '/api/recommendations',
    headers: { 'content-type': 'application/json', ...headers },
    payload: Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });

describe('Accept-Encoding', () => {
  it.each([
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.1, gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0.8', 'br'],
    ['gzip;q=0.0, br;q=0.000', undefined],
    ['deflate, zstd', undefined],
    ['brotli', undefined],
  ])('%j is answered with %s, on every route', async (accepted, encoding) => {
    const list = await ask(LIST, { 'accept-encoding': accepted });
    expect(list.headers['content-encoding']).toBe(encoding);
    const titles = await small.app.inject({
      url: '/api/anime',
      headers: { 'accept-encoding': accepted },
    });
    expect(titles.headers['content-encoding']).toBe(encoding);
  });
});

describe('lists', () => {
  it('are compressed as the client wants it, and are the same', async () => {
    const plain = await ask(LIST);
    expect(plain.statusCode).toBe(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const [accepted, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await ask(LIST, { 'accept-encoding': accepted });
      expect(packed.headers).toMatchObject({
        'content-encoding': accepted,
        'content-type': plain.headers['content-type'],
        'content-length': String(packed.rawPayload.length),
        vary: 'accept-encoding',
      });
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length);
      expect(unpack(packed.rawPayload)).toEqual(plain.rawPayload);
    }
  });

  it('stay as they are where compression is not worth it, or not wanted', async () => {
    const short = await ask({ ...LIST, limit: 1, because: 0 }, { 'accept-encoding': 'br' });
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(short.json().items).toHaveLength(1);
    const unwanted = await ask(LIST, { 'accept-encoding': 'br;q=0' });
    expect(unwanted.headers['content-encoding']).toBeUndefined();
  });

  it('vary by encoding beside the origin', async () => {
    const { bundles } = small;
    const allowedOrigins = ['https://portal.example'];
    const app = await buildApp({ bundles, page: null, allowedOrigins, report: () => {} });
    const answer = await ask(LIST, { 'accept-encoding': 'gzip' }, app);
    expect(answer.headers.vary).toBe('origin, accept-encoding');
    await app.close();
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('may be asked for with a body compressed by %s', async (encoding, pack) => {
    for (const body of [LIST, REORDERED]) {
      const packed = pack(JSON.stringify(body));
      const answer = await ask(packed, { 'content-encoding': encoding });
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toEqual((await ask(LIST)).json());
    }
  });

  it('are refused with what to do where the body cannot be decompressed', async () => {
    for (const encoding of ['compress', 'constructor', '__proto__', 'gzip, gzip']) {
      const strange = await ask(LIST, { 'content-encoding': encoding });
      expect(strange.statusCode, encoding).toBe(415);
      expect(strange.json().detail).toContain(`compressed by ${encoding} are`);
      expect(strange.json().detail).toContain('possible: gzip');
    }
    const damaged = await ask(gzipSync(JSON.stringify(LIST)).subarray(0, 40), {
      'content-encoding': 'gzip',
    });
    expect(damaged.statusCode).toBe(400);
    expect(damaged.json().detail).toMatch(/not compressed by gzip/);
    const wrong = await ask(LIST, { 'content-encoding': 'br' });
    expect(wrong.statusCode).toBe(400);
    const bomb = await ask(gzipSync(Buffer.alloc(MAX_BODY + 1, ' ')), {
      'content-encoding': 'gzip',
    });
    expect(bomb.statusCode).toBe(413);
  });
});
