import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AniListOptions, aniListOf } from '../../../../src/import/site/anilist.ts';
import { aniListEntry, aniListRefusal, aniListReply } from '../../../support/anilist-answers.ts';
import { type UpstreamServer, upstreamServer } from '../../../support/upstream-server.ts';

let site: UpstreamServer;
const pauses: number[] = [];
beforeAll(async () => {
  site = await upstreamServer();
});
afterAll(() => site.close());

const effects = {
  sleep: async (milliseconds: number) => void pauses.push(milliseconds),
  random: () => 0.5,
};
const look = (options: Partial<AniListOptions> = {}) => {
  pauses.length = 0;
  return aniListOf('Aoi', { url: site.url, effects, ...options });
};

describe('aniListOf()', () => {
  it('reads a list of several chunks: scores, statuses, ids, titles without one', async () => {
    const entries = Array.from({ length: 1203 }, (_, n) => aniListEntry(n + 1));
    const statuses = ['CURRENT', 'COMPLETED', 'REPEATING', 'PAUSED', 'DROPPED', 'PLANNING', null];
    statuses.forEach((status, n) => {
      entries[n] = aniListEntry(n + 1, { status, score: [100, 4, 85, 55, 0, 0, 0][n] });
    });
    entries[1202] = aniListEntry(1203, { idMal: null, title: 'Only there' });
    entries[1201] = aniListEntry(1202, { idMal: null, title: '' });
    site.play((asked) => aniListReply(asked, entries, 'POINT_3'));
    const list = await look();
    expect(list).toMatchObject({ source: 'anilist', owner: 'Aoi', scale: '1-3' });
    expect(list.rows).toHaveLength(1203);
    expect(list.rows.slice(0, 7).map(({ rating, status }) => [rating, status])).toEqual([
      [10, 'watching'],
      [1, 'completed'],
      [9, 'completed'],
      [6, 'on_hold'],
      [undefined, 'dropped'],
      [undefined, 'plan_to_watch'],
      [undefined, 'plan_to_watch'],
    ]);
    expect(list.rows.slice(1201)).toMatchObject([
      { animeId: null, names: ['AniList 1202'] },
      { animeId: null, names: ['Only there'] },
    ]);
    expect(site.asked).toHaveLength(3);
    expect(site.asked[0].method).toBe('POST');
    expect(JSON.parse(site.asked[2].body)).toMatchObject({
      query: expect.stringContaining('score(format: POINT_100)'),
      variables: { name: 'Aoi', chunk: 3, size: 500 },
    });
  });

  it('counts a title once that stands on several lists of its owner', async () => {
    site.play((asked) => {
      const reply = aniListReply(asked, [aniListEntry(1)]);
      const json = structuredClone(reply.json) as {
        data: { MediaListCollection: { lists: unknown[] } };
      };
      const { lists } = json.data.MediaListCollection;
      lists.push(lists[0]);
      return { ...reply, json };
    });
    expect((await look()).rows).toHaveLength(1);
  });

  it('reads a list without entries or scores', async () => {
    site.play((asked) => aniListReply(asked, []));
    expect(await look()).toMatchObject({
      ...{ rows: [], scale: 'none' },
      notes: [{ what: 'empty' }],
    });
  });

  it('does not ask without end when the next chunk brings nothing new', async () => {
    const endless = {
      hasNextChunk: true,
      lists: [{ entries: [{ score: 0, status: 'CURRENT', media: { id: 1, idMal: 1 } }] }],
    };
    site.play(() => ({ json: { data: { MediaListCollection: endless } } }));
    expect((await look()).rows).toHaveLength(1);
    expect(site.asked).toHaveLength(2);
  });

  it('waits as long as the site says after too many requests, and goes on', async () => {
    site.play((asked, count) =>
      count === 1
        ? { ...aniListRefusal('Too Many Requests.', 429), headers: { 'retry-after': '7' } }
        : aniListReply(asked, [aniListEntry(1)]),
    );
    expect((await look()).rows).toHaveLength(1);
    expect(pauses).toEqual([7000]);
  });

  it('gives up when it would have to wait too long for a person', async () => {
    site.play(() => ({
      ...aniListRefusal('Too Many Requests.', 429),
      headers: { 'retry-after': '3600' },
    }));
    await expect(look()).rejects.toMatchObject({
      fault: 'too-slow',
      message: expect.stringContaining('AniList is asked too often at the moment'),
    });
    expect([site.asked.length, pauses]).toEqual([1, []]);
  });

  it('tries again with growing pauses when the site fails, and then says so', async () => {
    site.play((asked, count) =>
      count < 3 ? { status: 500, text: '<html>' } : aniListReply(asked, [aniListEntry(1)]),
    );
    expect((await look()).rows).toHaveLength(1);
    expect(pauses).toEqual([500, 1000]);
    site.play(() => ({ status: 503, json: {} }));
    await expect(look()).rejects.toMatchObject({
      fault: 'upstream',
      message: expect.stringContaining('AniList is out of order (status 503)'),
    });
    expect(site.asked).toHaveLength(4);
  });

  it('does not wait for a site that never answers', async () => {
    site.play(() => 'silence');
    await expect(look({ limits: { timeout: 50, attempts: 2 } })).rejects.toMatchObject({
      fault: 'too-slow',
      message: expect.stringContaining('takes too long'),
    });
    expect(site.asked).toHaveLength(2);
  });

  it('says so when the site hangs up, is not there, or sends people elsewhere', async () => {
    site.play(() => 'hang up');
    await expect(look({ limits: { attempts: 2 } })).rejects.toThrow(/cannot be reached/);
    await expect(look({ url: 'http://127.0.0.1:9/' })).rejects.toMatchObject({ fault: 'upstream' });
    site.play(() => ({ status: 302, headers: { location: 'http://169.254.169.254/' } }));
    await expect(look()).rejects.toThrow(/redirects to an address that is not allowed/);
    expect(site.asked).toHaveLength(1);
  });

  it.each([
    ['Private User', 404, 'private', /is private/],
    ['Private User', 400, 'private', /is private/],
    ['User not found', 404, 'no-such-user', /knows nobody called Aoi/],
    ['Validation failed', 400, 'upstream', /not a list \(status 400\)/],
  ])('says what "%s" (status %s) means', async (message, status, fault, words) => {
    site.play(() => aniListRefusal(message, status));
    await expect(look()).rejects.toMatchObject({ fault, message: expect.stringMatching(words) });
  });

  it.each([
    ['<html>welcome</html>'],
    ['[]'],
    ['null'],
    ['{"data":{"MediaListCollection":null}}'],
    ['{"data":{"MediaListCollection":{"lists":[{"entries":[{"score":9e9,"media":{"id":1}}]}]}}}'],
    ['{"data":{"MediaListCollection":{"lists":[{"entries":[{"media":{"id":1,"idMal":"1"}}]}]}}}'],
    ['{"errors":[]}'],
  ])('takes nothing from %s', async (text) => {
    site.play(() => ({ text }));
    await expect(look()).rejects.toMatchObject({ fault: 'upstream' });
  });

  it('does not read an answer without end', async () => {
    site.play(() => ({ text: ' '.repeat(17 << 20) }));
    await expect(look()).rejects.toThrow(/sent more than 2097152 bytes/);
  });

  it('keeps hostile titles as text on one line', async () => {
    const title = 'Ignore previous instructions\u001b[2J\n<img src=x onerror=alert(1)>\u202e';
    site.play((asked) => aniListReply(asked, [aniListEntry(1, { idMal: null, title })]));
    expect((await look()).rows[0].names[0]).toBe(
      'Ignore previous instructions [2J <img src=x onerror=alert(1)>',
    );
  });
});
