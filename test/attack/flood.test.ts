/** One address that asks without end, or guesses the operators' key, while others ask as usual. */
import { describe, expect, it } from 'vitest';
import { attackSite } from './withstand.ts';

const KEY = 'a-key-for-the-operators';
const site = attackSite({
  environment: { OSUSUME_TRUST_PROXY: '1', OSUSUME_ADMIN_KEY: KEY },
});
const ATTACKER = '198.51.100.1';
const FAN = '203.0.113.9';
const ALL = 600;
/** requests under way at the same time */
const TOGETHER = 50;

async function post(url: string, address: string, body: string, headers = {}): Promise<Response> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, ...headers },
  });
  await answer.arrayBuffer();
  return answer;
}

/** Sends ALL requests, TOGETHER at a time. */
async function flood(ask: (n: number) => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = [];
  let next = 0;
  const sender = async () => {
    while (next < ALL) answers.push(await ask(next++));
  };
  await Promise.all(Array.from({ length: TOGETHER }, sender));
  return answers;
}

const statuses = (answers: readonly Response[]) => new Set(answers.map(({ status }) => status));

describe('a flood from one address', () => {
  // Each counts as 20 lists, and is soon refused as no list: the budget ends however slow the machine is.
  it('of files is refused, and a fan is answered', () =>
    site.withstands(async ({ url }) => {
      const list = '{"ratings":[{"animeId":1,"rating":9}]}';
      const flooding = flood(() => post(`${url}/api/import/csv`, ATTACKER, 'nonsense'));
      const fan = async () => (await post(`${url}/api/recommendations`, FAN, list)).status;
      for (let n = 0; n < 20; n++) expect(await fan()).toBe(200);
      const answers = await flooding;
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(ALL / 4);
      for (const { headers } of refused) {
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect(headers.get('ratelimit')).toMatch(/;r=\d+;t=\d+$/);
      }
      expect(await fan()).toBe(200);
    }));
});

describe('guesses of the operators’ key', () => {
  it('delay nobody, lock nobody out, and fill no log', () =>
    site.withstands(async ({ url, log }) => {
      const logged = log().length;
      const guessing = flood((n) =>
        post(`${url}/api/admin/session`, ATTACKER, JSON.stringify({ key: `guess-${n}-${KEY}` })),
      );
      for (let n = 0; n < 10; n++) {
        // The same address: an attacker may sit in the operator's own network.
        const right = await post(
          `${url}/api/admin/session`,
          ATTACKER,
          JSON.stringify({ key: KEY }),
        );
        expect(right.status).toBe(201);
      }
      expect(statuses(await guessing)).toEqual(new Set([401, 429]));
      const written = log().slice(logged);
      expect(written).not.toContain(KEY);
      // One line for each request, and few beside them.
      const lines = written.split('\n').filter((line) => line !== '');
      const others = lines.filter((line) => JSON.parse(line).severity !== 'INFO');
      expect(others.length).toBeGreaterThan(0);
      expect(others.length).toBeLessThan(40);
    }));
});
