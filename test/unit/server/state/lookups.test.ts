import { beforeEach, describe, expect, it } from 'vitest';
import { ImportOptions } from '../../../../src/config/import-options.ts';
import { parseOptions } from '../../../../src/config/parse-options.ts';
import { Lookups } from '../../../../src/server/state/lookups.ts';

/** requests at AniList that have begun, been cut off, and how to answer the open ones */
let begun = 0;
let cut = 0;
let answers: ((response: Response) => void)[] = [];
let now = 0;
let lookups: Lookups;

const LIST = { data: { MediaListCollection: { hasNextChunk: false, lists: [] } } };
const PAGE = { data: [] };
const ABSENT = { errors: [{ message: 'User not found' }] };
const reply = (json: unknown) => new Response(JSON.stringify(json));

/** AniList answers when it is told to, MyAnimeList at once. */
const fetchStub: typeof fetch = (url, init) => {
  if (String(url).includes('myanimelist')) return Promise.resolve(reply(PAGE));
  begun++;
  return new Promise((resolve, reject) => {
    answers.push(resolve);
    init?.signal?.addEventListener('abort', () => {
      cut++;
      reject(init.signal?.reason);
    });
  });
};

beforeEach(() => {
  [begun, cut, now, answers] = [0, 0, 0, []];
  const effects = {
    fetch: fetchStub,
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const sites = { ...parseOptions(ImportOptions, {}, 'import'), malClientId: 'id', effects };
  lookups = new Lookups({ sites: { ...sites, limits: { attempts: 1 } }, perVisitor: 3 });
});

const find = (name: string, visitor: string | null = null, signal?: AbortSignal) =>
  lookups.find('anilist', name, { visitor, signal });
const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
};
async function answer(json: unknown) {
  await turns();
  for (const resolve of answers.splice(0)) resolve(reply(json));
}

describe('Lookups', () => {
  it('stops a look-up when the last who waits for it has left', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [find('Aoi', null, one.signal), find('aoi', null, other.signal)];
    const ended = Promise.allSettled(waiting);
    await turns();
    expect(begun).toBe(1);
    one.abort(new Error('left'));
    expect(cut).toBe(0);
    other.abort(new Error('left'));
    expect(cut).toBe(1);
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = find('Aoi');
    await answer(LIST);
    expect((await again).source).toBe('anilist');
    expect(begun).toBe(2);
  });

  it('goes on for those who stay', async () => {
    const left = new AbortController();
    const waiting = [find('Aoi', null, left.signal), find('Aoi')];
    await turns();
    left.abort(new Error('left'));
    await answer(LIST);
    expect((await Promise.all(waiting)).map(({ rows }) => rows)).toEqual([[], []]);
  });

  it('does not let a site that hangs hold up another', async () => {
    const hanging = Array.from({ length: 24 }, (_, n) => find(`user${n}`));
    const all = Promise.allSettled(hanging);
    await turns();
    await expect(find('one-more')).rejects.toMatchObject({ fault: 'busy', retryAfter: 5 });
    const other = await lookups.find('myanimelist', 'Aoi', { visitor: null });
    expect(other.source).toBe('myanimelist');
    for (let n = 0; n < 5; n++) await answer(LIST);
    await all;
  });

  it('lets one visitor neither fill the queue nor exceed the budget', async () => {
    const first = ['a', 'b', 'c'].map((name) => find(name, 'visitor'));
    await expect(find('d', 'visitor')).rejects.toMatchObject({
      fault: 'over-budget',
      retryAfter: 20,
    });
    const joined = find('A', 'visitor');
    const other = find('d', 'other visitor');
    await answer(LIST);
    await Promise.all([...first, joined, other]);
    expect(begun).toBe(4);
  });

  it('remembers that there is no such user', async () => {
    const asking = find('Nobody');
    await answer(ABSENT);
    await expect(asking).rejects.toMatchObject({ fault: 'no-such-user' });
    await expect(find('nobody')).rejects.toMatchObject({ fault: 'no-such-user' });
    expect(begun).toBe(1);
    now += 60_000;
    const again = find('Nobody');
    await answer(LIST);
    await again;
    expect(begun).toBe(2);
  });

  it('asks a site no more often than it allows', async () => {
    const all = Array.from({ length: 8 }, (_, n) => find(`user${n}`));
    await answer(LIST);
    await answer(LIST);
    await Promise.all(all);
    expect(now).toBeGreaterThanOrEqual(1000);
  });
});
