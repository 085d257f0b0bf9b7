/** One visitor among others, behind a proxy, at every route that costs something. */
import { describe, expect, it } from 'vitest';
import { send, sendJson } from './send.ts';
import { attackSite } from './withstand.ts';

const site = attackSite({
  environment: { OSUSUME_TRUST_PROXY: 'loopback' },
  limits: { listsPerSecond: 10, listsAtOnce: 100 },
});
let visitors = 0;
/** One that the server has not seen. */
const newAddress = () => `198.51.100.${++visitors}`;
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('a flood from one address', () => {
  it.each([
    ['searches', '/api/anime?query=shimgeky', undefined],
    [
      'GraphQL',
      '/graphql',
      JSON.stringify({ query: '{ search(query: "shimgeky") { items { title } } }' }),
    ],
    ['tastes', '/api/taste', JSON.stringify({ ratings: [{ animeId: 1, rating: 9 }] })],
    ['imports', '/api/import/csv', 'anime_id\n1\n'],
    [
      'batches',
      '/api/recommendations:batch',
      JSON.stringify({ profiles: [{ ratings: [{ animeId: 1 }] }] }),
    ],
  ])('of %s is refused, and nobody else', (kind, path, body) =>
    site.withstands(async ({ url }) => {
      const ask = (address: string) =>
        body === undefined
          ? send(url + path, { method: 'GET', headers: from(address) })
          : sendJson(url + path, body, from(address));
      const attacker = newAddress();
      const statuses: number[] = [];
      let waited: string | null = null;
      for (let round = 0; round < 20; round++) {
        const answers = await Promise.all(Array.from({ length: 20 }, () => ask(attacker)));
        statuses.push(...answers.map(({ status }) => status));
        waited ??= answers.find(({ status }) => status === 429)?.headers.get('retry-after') ?? null;
      }
      expect(new Set(statuses), kind).toEqual(new Set([200, 429]));
      expect(Number(waited)).toBeGreaterThan(0);
      expect((await ask(newAddress())).status).toBe(200);
    }),
  );
});
