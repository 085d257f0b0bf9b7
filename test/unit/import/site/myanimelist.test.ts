import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MyAnimeListOptions, myAnimeListOf } from '../../../../src/import/site/myanimelist.ts';
import {
  type Asked,
  type Reply,
  type UpstreamServer,
  upstreamServer,
} from '../../../support/upstream-server.ts';

const CLIENT = 'a-client-id-that-stays-here';
let site: UpstreamServer;
let other: UpstreamServer;
beforeAll(async () => {
  [site, other] = await Promise.all([upstreamServer(), upstreamServer()]);
});
afterAll(() => Promise.all([site.close(), other.close()]));

const pauses: number[] = [];
const effects = { sleep: async (wait: number) => void pauses.push(wait), random: () => 0.5 };
const look = (options: Partial<MyAnimeListOptions> = {}) => {
  pauses.length = 0;
  return myAnimeListOf('aoi_7', { url: `${site.url}/v2`, clientId: CLIENT, effects, ...options });
};

/** Two entries a page, and a link to the next. */
function pagesOf(statuses: readonly (object | undefined)[]) {
  return ({ query }: Asked): Reply => {
    const offset = Number(query.offset ?? 0);
    const data = statuses.slice(offset, offset + 2).map((list_status, n) => ({
      node: { id: offset + n + 1, title: `Title ${offset + n + 1}`, main_picture: { medium: '…' } },
      list_status,
    }));
    const next = `${site.url}/v2/users/aoi_7/animelist?offset=${offset + 2}&limit=2`;
    return { json: { data, paging: offset + 2 < statuses.length ? { next } : {} } };
  };
}

describe('myAnimeListOf()', () => {
  it('follows the pages and reads scores and statuses', async () => {
    site.play(
      pagesOf([
        { status: 'completed', score: 10, num_episodes_watched: 26, is_rewatching: false },
        { status: 'plan_to_watch', score: 0, num_episodes_watched: 0 },
        { status: 'on_hold', score: 0, num_episodes_watched: 3 },
        { score: 0, num_episodes_watched: 4 },
        undefined,
      ]),
    );
    const list = await look();
    expect(list).toMatchObject({ source: 'myanimelist', owner: 'aoi_7', scale: '1-10' });
    expect(list.rows.map(({ rating, status }) => [rating, status])).toEqual([
      [10, 'completed'],
      [undefined, 'plan_to_watch'],
      [undefined, 'on_hold'],
      [undefined, 'completed'],
      [undefined, 'plan_to_watch'],
    ]);
    expect(list.rows[4]).toMatchObject({ animeId: 5, names: ['Title 5'] });
    expect(site.asked).toHaveLength(3);
    expect(site.asked[0]).toMatchObject({
      path: '/v2/users/aoi_7/animelist',
      query: { fields: 'list_status', limit: '1000' },
    });
    expect(site.asked.map(({ headers }) => headers['x-mal-client-id'])).toEqual(
      new Array(3).fill(CLIENT),
    );
  });

  it('points to the export file when there is no client id', async () => {
    site.play(pagesOf([]));
    await expect(look({ clientId: undefined })).rejects.toMatchObject({
      fault: 'not-set-up',
      message: expect.stringContaining('https://myanimelist.net/panel.php?go=export'),
    });
    expect(site.asked).toHaveLength(0);
  });

  it('takes the client id to no other host', async () => {
    other.play(pagesOf([]));
    for (const next of [`${other.url}/v2/steal`, 'https://evil.example/', 'file:///etc/passwd']) {
      site.play(() => ({ json: { data: [{ node: { id: 1, title: 'A' } }], paging: { next } } }));
      await expect(look()).rejects.toThrow(/its next page is at another host/);
    }
    site.play(() => ({ status: 302, headers: { location: other.url } }));
    await expect(look({ limits: { attempts: 1 } })).rejects.toMatchObject({ fault: 'upstream' });
    expect(other.asked).toHaveLength(0);
  });

  it('does not go round in circles', async () => {
    const next = `${site.url}/v2/users/aoi_7/animelist`;
    site.play(() => ({ json: { data: [{ node: { id: 1, title: 'A' } }], paging: { next } } }));
    expect((await look()).rows).toHaveLength(1);
    expect(site.asked).toHaveLength(2);
  });

  it('waits as Retry-After says, in seconds or until a date', async () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const date = 'Thu, 01 Jan 2026 00:00:09 GMT';
    site.play((asked, count) =>
      count === 1
        ? { status: 429, headers: { 'retry-after': date } }
        : pagesOf([{ status: 'dropped', score: 2 }])(asked),
    );
    const list = await look({ effects: { ...effects, now: () => now } });
    expect(list.rows).toMatchObject([{ rating: 2, status: 'dropped' }]);
    expect(pauses).toEqual([9000]);
  });

  it.each([
    [403, '{"message":"","error":"not_permitted"}', 'private', /is private/],
    [404, '{"message":"","error":"not_found"}', 'no-such-user', /knows nobody called aoi_7/],
    [400, '{"message":"Invalid client id","error":"bad_request"}', 'upstream', /MAL_CLIENT_ID/],
    [200, '<html>', 'upstream', /not a list/],
    [200, '{"data":[{"node":{"id":"1"}}]}', 'upstream', /not a list/],
    [200, '{"data":[{"node":{"id":1},"list_status":{"score":99}}]}', 'upstream', /not a list/],
  ])('says what status %s with %s means', async (status, text, fault, words) => {
    site.play(() => ({ status, text }));
    const failure = await look().catch((error: unknown) => error);
    expect(failure).toMatchObject({ fault, message: expect.stringMatching(words) });
    expect(String(failure)).not.toContain(CLIENT);
  });
});
