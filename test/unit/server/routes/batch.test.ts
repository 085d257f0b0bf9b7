import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchLine, BatchLineSchema } from '../../../../src/api/recommendations.ts';
import { type Bundle, openBundle } from '../../../../src/recommend/bundle.ts';
import { plainParts } from '../../../../src/server/answers/list-parts.ts';
import { buildApp } from '../../../../src/server/app.ts';
import { type App, newServer } from '../../../../src/server/http/fastify.ts';
import { batchRoutes } from '../../../../src/server/routes/batch.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';

const PATH = '/api/recommendations:batch';
let home: string;
let app: App;
let url: string;
let bundle: Bundle;
let made = 0;
const bundles = new CurrentBundle();

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  bundle = await openBundle(home);
  bundles.replace(counted(bundle));
  app = await buildApp({ bundles, page: null, report: () => {} });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  app.server.closeAllConnections();
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

/** A bundle that counts the lists made from it: each names the version. */
function counted(opened: Bundle, version = opened.version): Bundle {
  return Object.defineProperty({ ...opened }, 'version', {
    get() {
      made++;
      return version;
    },
  });
}

/** Every line from it is long: what is on its way to a slow reader is soon too much. */
function large(close: () => Promise<void>): Bundle {
  return Object.assign(counted(bundle, 'v'.repeat(1 << 16)), { close });
}

async function batch(payload: unknown) {
  const { statusCode, headers, body } = await app.inject({
    method: 'POST',
    url: PATH,
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  });
  const lines = body.split('\n').slice(0, -1);
  return { statusCode, type: headers['content-type'], body, lines: lines.map(read) };
}

function read(line: string): BatchLine {
  const value: unknown = JSON.parse(line);
  expect(Value.Errors(BatchLineSchema, value)).toEqual([]);
  return value as BatchLine;
}

const profiles = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `p${n}`, ratings: [{ animeId: 10 * (n % 10) }] }));

describe('POST /api/recommendations:batch', () => {
  it('answers each profile as the single route does, in the order of the request', async () => {
    const asked = [
      { ratings: [{ animeId: 0, rating: 9 }], limit: 2 },
      { id: 'b', ratings: [], rules: 'none' },
      { ratings: [{ animeId: 20, status: 'dropped' }, { animeId: 99 }], because: 0 },
    ];
    const { statusCode, type, lines } = await batch({ profiles: asked, limit: 3 });
    expect([statusCode, type]).toEqual([200, 'application/x-ndjson']);
    expect(lines.map(({ index, id }) => [index, id])).toEqual([
      [0, null],
      [1, 'b'],
      [2, null],
    ]);
    for (const [at, line] of lines.entries()) {
      const { id: _, ...own } = { id: null, limit: 3, ...asked[at] };
      const single = await app.inject({
        method: 'POST',
        url: '/api/recommendations',
        payload: own,
      });
      expect(line).toEqual({ index: at, id: line.id, ...single.json() });
    }
  });

  it('a profile that is wrong is a line with its problem; the others are answered', async () => {
    const wrong: [profile: unknown, field: string][] = [
      [null, 'profile'],
      ['a', 'profile'],
      [{}, 'ratings'],
      [{ id: 'x', ratings: [{ animeId: 0, rating: 11 }] }, 'ratings[0].rating'],
      [{ ratings: [{ animeId: 0, score: 1 }] }, 'ratings[0].score'],
      [{ ratings: [], limit: 0 }, 'limit'],
      [{ id: 5, ratings: [] }, 'id'],
    ];
    const { lines } = await batch({ profiles: [...wrong.map(([one]) => one), { ratings: [] }] });
    for (const [at, [, field]] of wrong.entries())
      expect(lines[at]).toMatchObject({ index: at, problem: { status: 400, field } });
    expect(lines[3].id).toBe('x');
    expect(lines.at(-1)).toMatchObject({ items: expect.any(Array) });
  });

  it('reads bodies of any shape, and answers a profile that is no JSON with a line', async () => {
    const ask = async (payload: string) => {
      const headers = { 'content-type': 'application/json' };
      return app.inject({ method: 'POST', url: PATH, payload, headers });
    };
    const bodies = [
      '{"profiles":[{"ratings":[{"animeId":0}],"limit":2}],"because":1}',
      '{"because":1,"profiles":[{"ratings":[{"animeId":0}],"limit":2}]}',
      '{"because":1,"profiles":[{"ratings":[{"animeId":0}]}],"limit":2}',
      ' { "profiles" : [ { "limit":2, "ratings" : [ { "animeId" : 0 } ] } ] , "because" : 1 } ',
    ];
    const [first, ...others] = await Promise.all(
      bodies.map(async (body) => (await ask(body)).body),
    );
    expect(read(first.trim())).toMatchObject({ index: 0, items: [{ rank: 1 }, { rank: 2 }] });
    expect(others).toEqual([first, first, first]);
    const broken = (await ask('{"profiles":[{"ratings":[]},{"ratings":[nope]},,{"ratings":[]}]}'))
      .body;
    const lines = broken.trimEnd().split('\n').map(read);
    expect(lines.map((line) => ('problem' in line ? line.problem.field : 'list'))).toEqual([
      'list',
      'profile',
      'profile',
      'list',
    ]);
    expect((await ask('{"profiles":[')).statusCode).toBe(400);
    expect((await ask('{"profiles":[{"ratings":[]}},"limit":1}')).statusCode).toBe(400);
    const endless = await ask(`{"profiles":[${','.repeat(5_000_000)}`);
    expect(endless.json()).toMatchObject({ status: 400, field: 'profiles' });
    expect((await ask('nonsense')).json()).toMatchObject({ status: 400 });
  });

  it('answers a profile of more than 4 MiB with a line, and the others', async () => {
    const long = JSON.stringify({ id: 'x'.repeat(4 << 20), ratings: [] });
    const payload = `{"profiles":[{"ratings":[]},${long},{"ratings":[]}]}`;
    const headers = { 'content-type': 'application/json' };
    const { body } = await app.inject({ method: 'POST', url: PATH, payload, headers });
    const lines = body.trimEnd().split('\n').map(read);
    expect(lines[1]).toMatchObject({ index: 1, problem: { status: 413, field: 'profile' } });
    for (const line of [lines[0], lines[2]]) expect(line).toHaveProperty('items');
  });

  it('refuses too many profiles before the rest has arrived', async () => {
    const { port } = app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const answered = new Promise<string>((resolve) => socket.once('data', (d) => resolve(`${d}`)));
    const head = `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9000000`;
    socket.write(`${head}\r\n\r\n{"profiles":[${'[],'.repeat(1001)}`);
    expect(await answered).toMatch(/^HTTP\/1.1 400 /);
    socket.destroy();
  });

  it.each([
    [{}, 'profiles'],
    [{ profiles: [] }, 'profiles'],
    [{ profiles: profiles(1001) }, 'profiles'],
    [{ profiles: [{ ratings: [] }], limit: 0 }, 'limit'],
    [{ profiles: [{ ratings: [] }], more: 1 }, 'more'],
  ])('refuses the whole of %.60j', async (payload, field) => {
    const { statusCode, body } = await batch(payload);
    expect(statusCode).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ status: 400, field });
  });

  it('answers 1,000 profiles while others are answered, too', async () => {
    const running = fetch(`${url}${PATH}`, {
      method: 'POST',
      body: JSON.stringify({ profiles: profiles(1000) }),
      headers: { 'content-type': 'application/json' },
    });
    let others = 0;
    let done = false;
    const text = running
      .then((answer) => answer.text())
      .finally(() => {
        done = true;
      });
    while (!done) {
      await (await fetch(`${url}/healthz`)).text();
      others++;
    }
    const lines = (await text).trimEnd().split('\n').map(read);
    expect(lines.map(({ id }) => id)).toEqual(profiles(1000).map(({ id }) => id));
    expect(others).toBeGreaterThan(3);
  });

  it('makes no more than a slow reader takes, stops when it leaves, and lets the bundle go', async () => {
    const own = new CurrentBundle();
    let closed = false;
    own.replace(
      large(async () => {
        closed = true;
      }),
    );
    made = 0;
    const { socket, stop } = await slowReader(own);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    await settled(() => made);
    const taken = made;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(900);
    own.replace(null);
    expect(closed).toBe(false);
    socket.destroy();
    await until(() => closed);
    expect(made).toBeLessThan(taken + 20);
    await stop();
  });

  it('lets a reader go that takes nothing for long', async () => {
    const own = new CurrentBundle();
    let closed = false;
    own.replace(
      large(async () => {
        closed = true;
      }),
    );
    const { socket, stop } = await slowReader(own, 300);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    own.replace(null);
    await until(() => closed);
    socket.destroy();
    await stop();
  });
});

/** A server of its own, and a connection that has asked it for 1,000 lists. */
async function slowReader(own: CurrentBundle, stalledMs?: number) {
  const server = newServer();
  server.decorateRequest('charge', () => {});
  batchRoutes(server, { bundles: own, listParts: plainParts, report: () => {}, stalledMs });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as { port: number };
  const body = JSON.stringify({ profiles: profiles(1000) });
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return {
    socket,
    async stop() {
      server.server.closeAllConnections();
      await server.close();
    },
  };
}

/** Waits until a number no longer changes. */
async function settled(value: () => number): Promise<void> {
  for (let same = 0, before = -1; same < 10; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    same = value() === before ? same + 1 : 0;
    before = value();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; !condition(); ) {
    if (Date.now() > deadline) throw new Error('It did not happen within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
