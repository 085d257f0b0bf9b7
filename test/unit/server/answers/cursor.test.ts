import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import type { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';
import { publishSmall } from '../../../support/small-bundle.ts';

let small: SmallApp;
let home: string;
let app: App;
let bundles: CurrentBundle;

beforeAll(async () => {
  small = await smallApp();
  ({ app, home, bundles } = small);
});
afterAll(() => small.close());

async function swapBundle(): Promise<void> {
  // A version is named by its second.
  await publishSmall(home);
  bundles.replace(await openBundle(home));
}

interface PageOf {
  items: { animeId?: number; anime?: { animeId: number } }[];
  next: string | null;
}
const page = async (url: string) => (await app.inject(url)).json<PageOf>();
const ids = ({ items }: PageOf) => items.map(({ animeId, anime }) => animeId ?? anime?.animeId);

describe('pages', () => {
  it.each(['/api/anime?query=saga', '/api/anime?query=', '/api/anime/0/similar?by=hybrid'])(
    'of %s put together are the whole list',
    async (url) => {
      const whole = await page(`${url}&limit=50`);
      expect(whole.next).toBeNull();
      const collected: unknown[] = [];
      let next: string | null = '';
      for (let pages = 0; next !== null && pages < 20; pages++) {
        const some: PageOf = await page(`${url}&limit=2${next && `&cursor=${next}`}`);
        expect(some.items.length).toBeLessThanOrEqual(2);
        collected.push(...ids(some));
        next = some.next;
      }
      expect(collected).toEqual(ids(whole));
      expect(new Set(collected).size).toBe(collected.length);
    },
  );

  it('a person’s list comes whole, or in pages when asked', async () => {
    interface Listed {
      ratings: unknown[];
      next: string | null;
    }
    const get = async (query: string) => (await app.inject(`/api/users/2${query}`)).json<Listed>();
    const whole = await get('');
    expect([whole.ratings.length, whole.next]).toEqual([3, null]);
    const first = await get('?limit=2');
    const second = await get(`?limit=2&cursor=${first.next}`);
    expect([...first.ratings, ...second.ratings]).toEqual(whole.ratings);
    expect(second.next).toBeNull();
  });

  it('a cursor of another query, or an invalid one, is refused', async () => {
    const { next } = await page('/api/anime?query=saga&limit=1');
    for (const [url, status] of [
      [`/api/anime?query=other&cursor=${next}`, 404],
      [`/api/anime?query=saga&adult=true&cursor=${next}`, 404],
      [`/api/anime/0/similar?cursor=${next}`, 404],
      [`/api/users/2?cursor=${next}`, 404],
      [`/api/anime?cursor=${Buffer.from('-1.aaaaaaaa.bbbbbbbb').toString('base64url')}`, 404],
      ['/api/anime?cursor=', 400],
      ['/api/anime?cursor=nonsense', 400],
    ] as const) {
      const refused = await app.inject(url);
      expect(refused.json(), url).toMatchObject({ status, field: 'cursor' });
    }
  });

  it('a cursor of a bundle that was replaced says so', async () => {
    const { next } = await page('/api/anime?query=saga&limit=1');
    await swapBundle();
    const stale = await app.inject(`/api/anime?query=saga&limit=1&cursor=${next}`);
    expect(stale.json()).toMatchObject({ status: 410, title: 'Gone', field: 'cursor' });
    expect(stale.json().detail).toContain('start again');
  });
});
