import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { map } from '../../../../src/map.ts';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { CurrentMap } from '../../../../src/server/state/current-map.ts';
import { openMap } from '../../../../src/title-map/map-file.ts';
import { decodeMap } from '../../../../src/web/map/map-data.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import { anime, CATALOGUE } from '../../../support/small-catalogue.ts';

let home: string;
let app: App;
let maps: CurrentMap;
const bundles = new CurrentBundle();
const failures: string[] = [];

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  bundles.replace(await openBundle(home));
  maps = new CurrentMap(home, (line) => failures.push(line));
  app = await buildApp({ bundles, maps, page: null, report: (line) => failures.push(line) });
});
afterAll(async () => {
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('GET /api/map', () => {
  it('says what to run while there is no map', async () => {
    await maps.refresh();
    const { statusCode, body } = await get('/api/map');
    expect(statusCode).toBe(404);
    expect(body).toContain('osusume map');
    expect(failures).toEqual([]);
  });

  it('answers with every title in its place, and the page reads it', async () => {
    const { version } = await map({ home });
    await maps.refresh();
    const response = await get('/api/map');
    expect(response.statusCode).toBe(200);
    expect(response.json().map).toBe(version);
    const read = decodeMap(response.json());
    expect(read.count).toBe(CATALOGUE.length);
    const { positions } = await openMap(home);
    CATALOGUE.forEach(({ animeId, title, members, year, adult }, item) => {
      const at = read.animeIds.indexOf(animeId);
      expect(read.titles[at]).toBe(title);
      expect(read.year[at]).toBe(year ?? 0);
      expect(read.adult[at]).toBe(adult ? 1 : 0);
      expect(Math.abs(Math.log10((1 + read.members[at]) / (1 + members)))).toBeLessThan(0.015);
      expect([read.x[at], read.y[at]]).toEqual(
        [...positions.subarray(2 * item, 2 * item + 2)].map((place) => Math.fround(place / 65_535)),
      );
    });
    const loner = read.titles.indexOf('Loner');
    expect(read.genres[read.genre[loner]]).toBe('Drama');
    expect([...read.members]).toEqual([...read.members].sort((a, b) => b - a));
  });

  it('packs the same answer as the client takes it', async () => {
    const plain = (await get('/api/map')).rawPayload;
    const br = await get('/api/map', { 'accept-encoding': 'gzip, br' });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.rawPayload)).toEqual(plain);
    const gzip = await get('/api/map', { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(gzip.rawPayload)).toEqual(plain);
  });

  it('is kept apart by packing, and by origin where pages of others are let in', async () => {
    expect((await get('/api/map')).headers.vary).toBe('accept-encoding');
    const allowedOrigins = ['https://portal.example'];
    const open = await buildApp({ bundles, maps, page: null, allowedOrigins, report: () => {} });
    expect((await open.inject('/api/map')).headers.vary).toBe('origin, accept-encoding');
    await open.close();
  });

  it('is not sent again to those who have it, and names titles as asked', async () => {
    const { etag } = (await get('/api/map')).headers;
    expect((await get('/api/map', { 'if-none-match': String(etag) })).statusCode).toBe(304);
    const english = await get('/api/map?names=english', { 'if-none-match': String(etag) });
    expect(english.statusCode).toBe(200);
    expect(english.json().titles[0]).toBe('Known');
    expect((await get('/api/map?names=klingon')).statusCode).toBe(400);
  });

  it('keeps the last map when the next is damaged, with one line in the log', async () => {
    const before = maps.map?.version;
    const { folder } = await map({ home });
    await truncate(join(folder, 'map.safetensors'), 30);
    await maps.refresh();
    await maps.refresh();
    expect(failures.splice(0)).toEqual([expect.stringMatching(/is skipped.*map\.safetensors/)]);
    expect(maps.map?.version).toBe(before);
    expect((await get('/api/map')).statusCode).toBe(200);
    const { version } = await map({ home });
    await maps.refresh();
    expect(maps.map?.version).toBe(version);
  });

  it('serves no map of another catalogue', async () => {
    await publishSmall(home, [anime({ animeId: 5, title: 'Other' }), ...CATALOGUE.slice(1)]);
    bundles.replace(await openBundle(home));
    expect((await get('/api/map')).statusCode).toBe(404);
    await map({ home });
    await maps.refresh();
    expect((await get('/api/map')).json().titles[0]).toBe('Other');
  });
});
