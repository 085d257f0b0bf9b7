import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenPostersOptions, openPosters } from '../../../src/poster/open.ts';
import { MAX_BYTES } from '../../../src/poster/picture.ts';
import type { Posters } from '../../../src/poster/posters.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import {
  anilistPage,
  jikanTitle,
  json,
  NOT_FOUND,
  openUpstreams,
  PNG,
  picture,
  TOO_MANY,
  type Upstreams,
} from '../../support/upstreams.ts';

let home: string;
let upstreams: Upstreams;
let reports: string[];
const opened: Posters[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'osusume-posters-'));
  upstreams = await openUpstreams();
  reports = [];
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((posters) => posters.close()));
  await upstreams.close();
  await rm(home, { recursive: true, force: true });
});

async function open(options: Partial<OpenPostersOptions> = {}): Promise<Posters> {
  const posters = await openPosters({
    home,
    ...upstreams.options,
    report: (line) => reports.push(line),
    random: () => 0,
    timeoutMs: 5000,
    ...options,
  });
  if (!posters) throw new Error('posters are off');
  opened.push(posters);
  return posters;
}

/** As the page does: asks again until it is known. */
async function arrival(posters: Posters, animeId: number, withinMs = 20_000): Promise<string> {
  let state = '';
  await expect
    .poll(
      () => {
        [state] = posters.ask([animeId]);
        return state;
      },
      { timeout: withinMs, interval: 20 },
    )
    .not.toBe('coming');
  return state;
}

/** What is asked for does not come, for as long as anyone would look. */
async function staysAway(posters: Posters, animeId: number, until: () => boolean): Promise<void> {
  await expect
    .poll(() => posters.ask([animeId])[0] !== 'ready' && until(), { timeout: 20_000, interval: 20 })
    .toBe(true);
}

const noJikan = (_: unknown, response: ServerResponse) => json(response, 404, NOT_FOUND);
const noAnilist = (_: unknown, response: ServerResponse) =>
  json(response, 200, anilistPage(new Map()));

describe('a poster', () => {
  it('is coming when first asked for, then ready, and is read as it was sent', async () => {
    const posters = await open();
    expect(await posters.read(1)).toBeNull();
    expect(posters.ask([1])).toEqual(['coming']);
    expect(await arrival(posters, 1)).toBe('ready');
    expect(await posters.read(1)).toMatchObject({ type: 'image/png', bytes: PNG });
    expect(upstreams.asked.map(({ path }) => path)).toEqual([
      '/jikan/anime/1',
      '/picture/jikan-1.png',
    ]);
  });

  it('is fetched once however many ask, and not again after a restart', async () => {
    const posters = await open();
    for (let asker = 0; asker < 100; asker++) posters.ask([7]);
    await arrival(posters, 7);
    for (let asker = 0; asker < 100; asker++) posters.ask([7]);
    await posters.close();
    const again = await open();
    expect(again.ask([7])).toEqual(['ready']);
    expect((await again.read(7))?.bytes).toEqual(PNG);
    expect(upstreams.asked).toHaveLength(2);
  });

  it('is kept where gigabytes may be', async () => {
    for (const cacheMegabytes of [2048, 4096, 100_000]) {
      const posters = await open({ cacheMegabytes });
      expect(await arrival(posters, 7)).toBe('ready');
      expect((await posters.read(7))?.bytes).toEqual(PNG);
      await posters.close();
      expect((await open({ cacheMegabytes })).ask([7])).toEqual(['ready']);
      await rm(join(home, 'posters'), { recursive: true });
    }
  });

  it('comes from AniList, many in one request, where Jikan has no time', async () => {
    const posters = await open();
    const ids = Array.from({ length: 24 }, (_, at) => at + 1);
    posters.ask(ids);
    for (const animeId of ids) expect(await arrival(posters, animeId)).toBe('ready');
    expect(upstreams.count('/jikan/')).toBe(3);
    expect(upstreams.asked.filter(({ path }) => path === '/anilist').map(({ ids }) => ids)).toEqual(
      [ids.slice(3)],
    );
  });

  it('comes from AniList when Jikan does not know the title, or has only a stand-in', async () => {
    const posters = await open();
    const standIn = 'https://cdn.myanimelist.net/img/sp/icon/apple-touch-icon-256.png';
    upstreams.jikan = ({ path }, response) =>
      path.endsWith('/1')
        ? json(response, 404, NOT_FOUND)
        : json(response, 200, jikanTitle(2, standIn));
    expect(await arrival(posters, 1)).toBe('ready');
    expect(await arrival(posters, 2)).toBe('ready');
    expect(upstreams.count('/picture/anilist-')).toBe(2);
  });

  it('that no source has is none, is remembered, and is looked for again after a week', async () => {
    upstreams.jikan = noJikan;
    upstreams.anilist = noAnilist;
    const posters = await open();
    expect(await arrival(posters, 5)).toBe('none');
    await posters.close();
    const asked = upstreams.asked.length;
    const later = await open();
    expect(later.ask([5])).toEqual(['none']);
    expect(upstreams.asked).toHaveLength(asked);
    const clock = new FakeClock(Date.now() + 8 * 86_400_000);
    const muchLater = await open({ clock });
    expect(muchLater.ask([5])).toEqual(['coming']);
  });

  it('that is three months old is still shown, and fetched again', async () => {
    const posters = await open();
    await arrival(posters, 3);
    await posters.close();
    const clock = new FakeClock(Date.now() + 91 * 86_400_000);
    const newer = Buffer.concat([PNG, Buffer.from('newer')]);
    upstreams.picture = (_, response) => picture(response, newer);
    const later = await open({ clock });
    expect(later.ask([3])).toEqual(['ready']);
    await expect.poll(async () => (await later.read(3))?.bytes).toEqual(newer);
    expect(upstreams.count('/picture/')).toBe(2);
    expect(later.ask([3])).toEqual(['ready']);
    expect(await readdir(join(home, 'posters'))).toHaveLength(1);
  });
});

describe('what may be taken', () => {
  const refused: [what: string, answer: (response: ServerResponse) => void][] = [
    ['HTML', (response) => picture(response, Buffer.from('<html>'), 'text/html')],
    [
      'HTML that is called a picture',
      (response) => picture(response, Buffer.from('<html><script>'), 'image/jpeg'),
    ],
    ['a picture that is called HTML', (response) => picture(response, PNG, 'text/html')],
    ['SVG', (response) => picture(response, Buffer.from('<svg/>'), 'image/svg+xml')],
    ['nothing', (response) => picture(response, Buffer.alloc(0))],
    ['a huge picture', (response) => picture(response, Buffer.concat([PNG, HUGE]))],
    [
      'a huge picture of unsaid length',
      (response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        response.write(PNG);
        response.end(HUGE);
      },
    ],
    ['a missing picture', (response) => json(response, 404, '')],
    ['no redirect target', (response) => response.writeHead(302).end()],
    [
      'a redirect to itself',
      (response) => response.writeHead(302, { location: '/picture/again.png' }).end(),
    ],
    [
      'a redirect to a private address',
      (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    ],
    [
      'a redirect to a file',
      (response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
    ],
    ['a broken redirect', (response) => response.writeHead(301, { location: 'http://[' }).end()],
  ];
  const HUGE = Buffer.alloc(MAX_BYTES);

  it.each(refused)('%s is refused, by both sources, and nothing is kept', async (_, answer) => {
    upstreams.picture = (_, response) => answer(response);
    const posters = await open();
    expect(await arrival(posters, 1)).toBe('none');
    expect(await posters.read(1)).toBeNull();
    expect(await readdir(join(home, 'posters'))).toEqual(['1.none']);
  });

  it('a redirect to a private service is not followed: the service is never asked', async () => {
    const inner = await openUpstreams();
    upstreams.picture = (_, response) =>
      response.writeHead(302, { location: `${inner.url}/picture/inner.png` }).end();
    const posters = await open();
    expect(await arrival(posters, 1)).toBe('none');
    expect(inner.asked).toEqual([]);
    await inner.close();
  });

  it('a redirect within the named origins is followed', async () => {
    upstreams.picture = ({ path }, response) =>
      path === '/picture/moved.png'
        ? picture(response)
        : response.writeHead(302, { location: '/picture/moved.png' }).end();
    const posters = await open();
    expect(await arrival(posters, 1)).toBe('ready');
  });

  it('an address elsewhere, with a password, or of another scheme is not asked at all', async () => {
    const elsewhere = await openUpstreams();
    const addresses = [
      `${elsewhere.url}/picture/1.png`,
      upstreams.url.replace('//', '//user:word@'),
      'ftp://127.0.0.1/1.png',
      'data:image/png;base64,AAAA',
    ];
    upstreams.anilist = noAnilist;
    const posters = await open();
    for (const [at, address] of addresses.entries()) {
      upstreams.jikan = (_, response) => json(response, 200, jikanTitle(at, address));
      expect(await arrival(posters, at)).toBe('none');
    }
    expect(upstreams.count('/picture/') + elsewhere.asked.length).toBe(0);
    await elsewhere.close();
  });

  it.each([
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['image/avif', Buffer.from('\0\0\0\x20ftypavif\0\0\0\0')],
  ])('%s is taken, whichever picture it was called', async (type, bytes) => {
    upstreams.picture = (_, response) => picture(response, bytes, 'image/png; charset=binary');
    const posters = await open();
    await arrival(posters, 1);
    expect(await posters.read(1)).toMatchObject({ type, bytes });
  });
});

describe('a source in trouble', () => {
  const nonsense: [what: string, answer: (response: ServerResponse) => void][] = [
    ['500', (response) => json(response, 500, { status: 500, type: 'InternalException' })],
    ['503 in HTML', (response) => response.writeHead(503).end('<h1>Down</h1>')],
    ['403, as when it is closed for a while', (response) => json(response, 403, {})],
    ['broken JSON', (response) => json(response, 200, '{"data":')],
    ['JSON of another shape', (response) => json(response, 200, { data: [1, 2, 3] })],
    ['another title', (response) => json(response, 200, jikanTitle(999, 'https://a.example/1'))],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1' }).end()],
    ['endless JSON', (response) => json(response, 200, `"${'x'.repeat(2 << 20)}"`)],
    ['a broken connection', (response) => response.destroy()],
  ];
  it.each(nonsense)('that answers %s leaves the title to the other', async (_, answer) => {
    upstreams.jikan = (_, response) => answer(response);
    const posters = await open();
    expect(await arrival(posters, 1)).toBe('ready');
    expect(upstreams.count('/picture/anilist-1')).toBe(1);
  });

  it('that is slow is given up in time', async () => {
    upstreams.jikan = () => {};
    const posters = await open({ timeoutMs: 200 });
    expect(await arrival(posters, 1)).toBe('ready');
  });

  it('that fails on a title is asked for it twice, then the title is left alone for ten minutes', async () => {
    const clock = new FakeClock(Date.now());
    upstreams.jikan = (_, response) => json(response, 500, {});
    upstreams.anilist = (_, response) =>
      json(response, 200, { data: null, errors: [{ message: 'Internal Server Error' }] });
    const posters = await open({ clock });
    await staysAway(posters, 1, () => {
      void clock.pass(1000);
      return posters.ask([1])[0] === 'none';
    });
    expect([upstreams.count('/jikan/'), upstreams.count('/anilist')]).toEqual([2, 2]);
    expect(await readdir(join(home, 'posters'))).toEqual([]);
    await clock.pass(11 * 60_000);
    expect(posters.ask([1])).toEqual(['coming']);
  });

  it('that answers 429 gets no requests for as long as it asks, while the other still does', async () => {
    const clock = new FakeClock(Date.now());
    upstreams.jikan = (_, response) => json(response, 429, TOO_MANY, { 'retry-after': '30' });
    const posters = await open({ clock, anilist: null });
    posters.ask([1]);
    await expect.poll(() => upstreams.count('/jikan/')).toBe(1);
    await clock.pass(29_000);
    posters.ask([1, 2]);
    await clock.pass(500);
    expect(upstreams.count('/jikan/')).toBe(1);
    upstreams.jikan = ({ path }, response) => {
      const animeId = Number(path.split('/').at(-1));
      json(response, 200, jikanTitle(animeId, `${upstreams.url}/picture/1.png`));
    };
    await clock.pass(1000);
    expect(await arrival(posters, 1)).toBe('ready');
  });

  it('whose allowance is used up is left alone until it is renewed', async () => {
    const clock = new FakeClock(Date.now());
    const { anilist } = upstreams;
    upstreams.anilist = (asked, response, request) => {
      response.setHeader('x-ratelimit-remaining', '0');
      response.setHeader('x-ratelimit-reset', String(Math.floor(clock.now() / 1000) + 40));
      return anilist(asked, response, request);
    };
    const posters = await open({ clock, jikan: null });
    expect(await arrival(posters, 1)).toBe('ready');
    posters.ask([2]);
    await clock.pass(38_000);
    expect(upstreams.count('/anilist')).toBe(1);
    posters.ask([2]);
    await clock.pass(3000);
    await expect.poll(() => upstreams.count('/anilist')).toBe(2);
  });

  it('that is gone is asked less and less, says so once, and is noticed when it is back', async () => {
    const clock = new FakeClock(Date.now());
    const tried: number[] = [];
    const counting: typeof fetch = (...request) => {
      tried.push(clock.now());
      return fetch(...request);
    };
    await upstreams.stop();
    const posters = await open({ clock, fetch: counting, anilist: null });
    for (let second = 0; second < 600; second++) {
      posters.ask([1, 2, 3, 4]);
      await clock.pass(1000);
    }
    expect(tried.length).toBeGreaterThan(5);
    expect(tried.length).toBeLessThan(20);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/^Posters: Jikan cannot be reached \(ECONNREFUSED\)/);
    expect(posters.ask([1])).toEqual(['coming']);

    await upstreams.start();
    await expect
      .poll(
        async () => {
          await clock.pass(10_000);
          return posters.ask([1, 2, 3, 4]).every((state) => state === 'ready');
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(reports.at(-1)).toBe('Posters: Jikan answers again');
  });
});

describe('a crowd', () => {
  it('200 titles stay within both rate limits, and all come', async () => {
    const clock = new FakeClock();
    const starts = new Map<string, number[]>([
      ['jikan', []],
      ['anilist', []],
    ]);
    const upstream: typeof fetch = async (address, init) => {
      const { pathname } = new URL(String(address));
      const [, place] = pathname.split('/');
      starts.get(place)?.push(clock.now());
      const animeId = Number(pathname.split('/').at(-1));
      if (place === 'jikan') return Response.json(jikanTitle(animeId, 'https://pictures.test/1'));
      if (place === 'anilist') {
        const { ids } = JSON.parse(String(init?.body)).variables as { ids: number[] };
        // It knows every other title.
        const known = ids.filter((id) => id % 2 === 0);
        return Response.json(
          anilistPage(new Map(known.map((id) => [id, 'https://pictures.test/1']))),
        );
      }
      return new Response(PNG, { headers: { 'content-type': 'image/png' } });
    };
    const posters = await open({ clock, fetch: upstream, origins: ['https://pictures.test'] });
    const ids = Array.from({ length: 200 }, (_, at) => at + 1);
    const missing = () => posters.ask(ids).filter((state) => state !== 'ready');
    // 240 s are enough, but the clock does not wait for a slow disk.
    for (let second = 0; second < 2400 && missing().length > 0; second++) await clock.pass(1000);
    expect(missing()).toEqual([]);
    const most = (times: readonly number[], milliseconds: number) =>
      Math.max(
        ...times.map((from) => times.filter((t) => t >= from && t < from + milliseconds).length),
      );
    const [jikan, anilist] = [...starts.values()];
    expect(most(jikan, 1000)).toBe(3);
    expect(most(jikan, 60_000)).toBeLessThanOrEqual(60);
    expect(most(anilist, 60_000)).toBeLessThanOrEqual(30);
    expect(jikan.length).toBeGreaterThanOrEqual(100);
  }, 120_000);

  it('who asked last is served first, and what nobody asks for any more is not fetched', async () => {
    const clock = new FakeClock();
    const served: number[] = [];
    const upstream: typeof fetch = async (address) => {
      const animeId = Number(new URL(String(address)).pathname.split('/').at(-1));
      served.push(animeId);
      return Response.json(NOT_FOUND, { status: 404 });
    };
    const posters = await open({ clock, fetch: upstream, anilist: null });
    posters.ask([1, 2, 3, 4, 5, 6, 7, 8]);
    posters.ask([50, 51]);
    await clock.pass(1200);
    expect(served).toEqual([1, 2, 3, 50, 51, 4]);

    const crowd = Array.from({ length: 300 }, (_, at) => 1000 + at);
    posters.ask(crowd);
    await clock.pass(100_000);
    const whileWanted = served.length;
    expect(whileWanted).toBeGreaterThan(90);
    await clock.pass(10 * 60_000);
    expect(served).toHaveLength(whileWanted);
    expect(new Set(served).size).toBe(served.length);
    posters.ask([1299]);
    await clock.pass(100);
    expect(served.at(-1)).toBe(1299);
  }, 120_000);
});

describe('openPosters', () => {
  it('is null when posters are off or no source is named', async () => {
    const options = { home, ...upstreams.options, report: () => {} };
    expect(await openPosters({ ...options, show: 'off' })).toBeNull();
    expect(await openPosters({ ...options, jikan: null, anilist: null })).toBeNull();
    expect(await readdir(home)).toEqual([]);
  });

  it('is null and says so when the folder cannot be made', async () => {
    await writeFile(join(home, 'posters'), 'a file');
    const posters = await openPosters({
      home,
      ...upstreams.options,
      report: (line) => reports.push(line),
    });
    expect(posters).toBeNull();
    expect(reports.join()).toMatch(/Posters: off, as .*posters cannot be used/);
  });

  it('a disk that cannot be written is said once, and nothing is fetched again and again', async () => {
    const posters = await open();
    await rm(join(home, 'posters'), { recursive: true });
    expect(await arrival(posters, 1)).toBe('none');
    expect(await arrival(posters, 2)).toBe('none');
    expect(reports).toHaveLength(1);
    expect(reports[0]).toContain('cannot be kept on disk');
  });

  it('closing breaks off what is under way', async () => {
    upstreams.jikan = () => {};
    upstreams.anilist = () => {};
    // Waiting for it would exceed the time limit of this test.
    const posters = await open({ timeoutMs: 3_600_000 });
    posters.ask([1, 2, 3, 4, 5]);
    await expect.poll(() => upstreams.asked.length).toBe(4);
    await posters.close();
    expect(reports).toEqual([]);
  });
});
