import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJsonBy } from '../../../../src/server/http/parse-json.ts';

const app = Fastify({ bodyLimit: 4 << 20 });
parseJsonBy(app);
app.post('/', ({ body }) => ({ body }));
afterAll(() => app.close());

async function parsed(payload: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await app.inject({ method: 'POST', url: '/', payload, headers });
  return answer.statusCode === 200 ? answer.json().body : answer.json().message;
}

const named = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`name of number ${n}`, value]));
const LONG = 'x'.repeat(1 << 16);

describe('parseJsonBy()', () => {
  it('reads large bodies as it reads small ones', async () => {
    const list = Array.from({ length: 17_562 }, (_, animeId) => ({ animeId, status: 'completed' }));
    for (const value of [list, named(1000, LONG.slice(0, 100)), [named(900, 1), LONG], [1]])
      expect(await parsed(JSON.stringify(value))).toEqual(value);
  });

  it('refuses a large one with more names, values or levels than any request has', async () => {
    expect(await parsed(JSON.stringify([LONG, { inside: named(1001, 1) }]))).toMatch(/1000 diff/);
    expect(await parsed(`[${'[],'.repeat(200_000)}1]`)).toMatch(/170000 values/);
    expect(await parsed('['.repeat(1 << 17))).toMatch(/32 levels deep/);
  });

  it('does not count what is inside strings', async () => {
    const value = { text: `${'{":'.repeat(3000)}\\"${LONG}`, '":{': ':'.repeat(5000) };
    expect(await parsed(JSON.stringify(value))).toEqual(value);
  });

  it('leaves invalid JSON to the parser, which says so', async () => {
    for (const text of [':'.repeat(1 << 17), `"${LONG}`, `${'}'.repeat(1 << 17)}{:`, ''])
      expect(await parsed(text)).toMatch(/JSON|empty/);
  });
});
