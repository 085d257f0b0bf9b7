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

describe('ETag', () => {
  it.each(['/api/anime?query=saga', '/api/anime/0', '/api/anime/0/similar', '/api/starters'])(
    '%s is not sent twice to a client that has it, until the bundle is replaced',
    async (url) => {
      const first = await app.inject(url);
      const etag = String(first.headers.etag);
      expect(etag).toMatch(/^W\/"[\w-]+"$/);
      expect(first.headers['cache-control']).toBe('public, no-cache');
      const ask = (value: string) => app.inject({ url, headers: { 'if-none-match': value } });
      for (const known of [etag, etag.slice(2), `"other", ${etag}`]) {
        const again = await ask(known);
        expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
      }
      expect((await ask('W/"other"')).statusCode).toBe(200);
      await swapBundle();
      const swapped = await ask(etag);
      expect(swapped.statusCode).toBe(200);
      expect(swapped.headers.etag).not.toBe(etag);
    },
  );

  it('people are for the client only, and problems for nobody to keep', async () => {
    expect((await app.inject('/api/users/7')).headers['cache-control']).toBe('private, no-cache');
    const missing = await app.inject('/api/anime/999');
    expect(missing.headers['cache-control']).toBe('no-store');
    expect(missing.headers.etag).toBeUndefined();
  });
});
