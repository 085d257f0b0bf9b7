import { rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Value } from 'typebox/value';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type BatchLine,
  BrokenOffError,
  type ExplanationEvent,
  isNotReady,
  isTemporary,
  OsusumeClient,
  ProblemError,
  UnreachableError,
} from '../../../src/api/client.ts';
import { ExplanationEventSchema } from '../../../src/api/explanations.ts';
import { openBundle } from '../../../src/recommend/bundle.ts';
import { buildApp } from '../../../src/server/app.ts';
import type { App } from '../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

let home: string;
let app: App;
let client: OsusumeClient;
const bundles = new CurrentBundle();
const others: Server[] = [];

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home);
  bundles.replace(await openBundle(home));
  app = await buildApp({ bundles, page: null, report: () => {} });
  client = new OsusumeClient(await app.listen({ host: '127.0.0.1', port: 0 }));
});
afterEach(() => {
  for (const server of others.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(async () => {
  app.server.closeAllConnections();
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

/** A client of a server that behaves as told. */
async function clientOf(listener: RequestListener): Promise<OsusumeClient> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  others.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  return new OsusumeClient(`http://127.0.0.1:${port}`);
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

async function all(lines: AsyncIterable<BatchLine>): Promise<BatchLine[]> {
  const read: BatchLine[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

describe('OsusumeClient', () => {
  it('has a method for every operation under /api', () => {
    const { paths } = app.swagger() as unknown as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const operations = Object.entries(paths).filter(([path]) => path.startsWith('/api/'));
    for (const [, methods] of operations)
      for (const { operationId } of Object.values(methods))
        expect(Reflect.get(client, operationId), operationId).toBeTypeOf('function');
  });

  it('asks each of them', async () => {
    expect((await client.searchAnime('lonar', { limit: 1 })).items[0].title).toBe('Loner');
    const first = await client.searchAnime('saga', { limit: 1 });
    const second = await client.searchAnime('saga', { limit: 1, cursor: first.next ?? '' });
    expect(second.items[0].animeId).not.toBe(first.items[0].animeId);
    expect((await client.searchAnime()).items[0].title).toBe('Known');
    expect((await client.getAnime(40)).franchiseTitles).toHaveLength(4);
    expect((await client.getSimilarAnime(0, { by: 'content', limit: 2 })).items).toHaveLength(2);
    expect((await client.getStarters({ limit: 2 })).items).toHaveLength(2);
    expect((await client.getUser(2, { limit: 1 })).ratings[0].anime.title).toBe('Film');
    expect((await client.getUserRecommendations(7, { limit: 3 })).items).toHaveLength(3);
    expect((await client.getBundle()).titles).toBe(10);
    expect(await failure(client.getSharePicture({ titles: '999' }))).toMatchObject({
      status: 404,
      field: 'titles',
    });
    expect(await client.getPosters([0, 10])).toMatchObject({ posters: 'off' });
    expect(await failure(client.getPoster(0))).toMatchObject({ status: 404, field: 'animeId' });
    const { items, ignored } = await client.recommend({
      ratings: [{ animeId: 0, rating: 9, status: 'completed' }, { animeId: 5 }],
      rules: { types: ['TV'] },
      limit: 2,
    });
    expect([items[0].anime.title, items[0].because[0].share, ignored]).toEqual(['Loner', 1, [5]]);
    const { shelves } = await client.getShelves({ ratings: [{ animeId: 0 }], limit: 2 });
    expect([shelves[0].id, shelves[0].items.length]).toEqual(['for-you', 2]);
    const ratings = [{ animeId: 0, rating: 9 }, { animeId: 10 }];
    const why = await client.explain({ ratings, animeId: items[0].anime.animeId });
    expect([why.by, why.text.length > 0]).toEqual(['template', true]);
    const { expected } = await client.getOpinion(20, { ratings });
    expect(expected.score).toBeGreaterThan(expected.low);
    expect((await client.chat({ message: 'something like Known' })).seeds[0].animeId).toBe(0);
    expect((await client.getTaste({ ratings })).bundle).toBe(why.bundle);
    expect(await failure(client.getMap())).toMatchObject({ status: 404 });
    expect((await client.getImports()).files).toEqual(['mal-xml', 'csv']);
    const brought = await client.importCsv('anime_id,rating\n10,9\n999,5\n');
    expect([brought.matched.length, brought.unknown.length]).toEqual([1, 1]);
    const xml =
      '<myanimelist><anime><series_animedb_id>10</series_animedb_id></anime></myanimelist>';
    expect((await client.importMalXml(new Blob([xml]))).matched).toHaveLength(1);
    expect(await failure(client.importMyAnimeList('somebody'))).toMatchObject({ status: 404 });
    const { data } = await client.graphql('query ($id: Int!) { anime(animeId: $id) { title } }', {
      id: 10,
    });
    expect(data).toMatchObject({ anime: { title: (await client.getAnime(10)).title } });
    expect(client.posterUrl(10).pathname).toBe('/api/anime/10/poster');
  });

  it('tells the kinds of files apart by how they begin', async () => {
    const csv = new Blob(['anime_id,rating\n10,9\n']);
    const xml =
      ' <myanimelist><anime><series_animedb_id>10</series_animedb_id></anime></myanimelist>';
    const files = [csv, new Blob([xml]), new Blob([gzipSync(xml)])];
    const found = await Promise.all(files.map((file) => client.importFile(file)));
    expect(found.map(({ source }) => source)).toEqual(['csv', 'mal-xml', 'mal-xml']);
    const [stars, tens] = await Promise.all(
      [{ scale: '1-5' as const }, {}].map((options) =>
        client.importList('anime_id,score\n10,4\n', options),
      ),
    );
    expect([stars, tens].map(({ ratings }) => ratings[0].rating)).toEqual([8, 4]);
    for (const { matched } of found) expect(matched).toHaveLength(1);
  });

  it('reads an explanation while it is written', async () => {
    const events: ExplanationEvent[] = [];
    const body = { ratings: [{ animeId: 0, rating: 9 }], animeId: 10 };
    for await (const event of client.explainEvents(body)) {
      expect(Value.Errors(ExplanationEventSchema, event)).toEqual([]);
      events.push(event);
    }
    const whole = await client.explain(body);
    expect(events.at(0)).toMatchObject({ event: 'facts', facts: whole.facts });
    expect(events.flatMap((event) => ('text' in event ? event.text : [])).join('')).toBe(
      whole.text,
    );
    expect(events.at(-1)).toMatchObject({ event: 'end', by: 'template' });
    const missing = client.explainEvents({ ...body, animeId: 999 });
    expect(await failure(missing.next())).toMatchObject({ status: 404 });
  });

  it('says so when an explanation breaks off', async () => {
    const cut = await clientOf((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('event: text\ndata: {"text":"Bec"}\n\nevent: text\ndata: {"te');
    });
    const events = cut.explainEvents({ ratings: [], animeId: 1 });
    expect((await events.next()).value).toEqual({ event: 'text', text: 'Bec' });
    const broken = await failure(events.next());
    expect(broken).toBeInstanceOf(BrokenOffError);
    expect(isTemporary(broken)).toBe(true);
  });

  it('reads a batch line by line, wrong profiles among them', async () => {
    const profiles = [
      { id: 'a', ratings: [{ animeId: 0 }] },
      { ratings: [], limit: 1000 },
    ];
    const lines = await all(client.recommendBatch(profiles, { limit: 2 }));
    expect(
      lines.map((line) => ('problem' in line ? line.problem.field : line.items.length)),
    ).toEqual([2, 'limit']);
  });

  it('throws what the server says as a ProblemError', async () => {
    const missing = (await failure(client.getAnime(999))) as ProblemError;
    expect(missing).toBeInstanceOf(ProblemError);
    expect([missing.status, missing.field]).toEqual([404, 'animeId']);
    expect(isTemporary(missing)).toBe(false);
    expect(missing.message).toContain('999');
    const wrong = (await failure(client.recommend({ ratings: [], limit: 501 }))) as ProblemError;
    expect([wrong.status, wrong.field]).toEqual([400, 'limit']);
    const batch = (await failure(all(client.recommendBatch([])))) as ProblemError;
    expect([batch.status, batch.field]).toEqual([400, 'profiles']);
  });

  it('makes a problem of what a gateway says, and knows when to ask again', async () => {
    const html = await clientOf((_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
    );
    const bad = (await failure(html.getBundle())) as ProblemError;
    expect([bad.name, bad.status, bad.retryAfter]).toEqual(['ProblemError', 502, null]);
    expect([isTemporary(bad), isNotReady(bad)]).toEqual([true, false]);
    const early = await clientOf((_, response) =>
      response.writeHead(503, { 'retry-after': '2' }).end('{"status":503,"detail":"Not yet"}'),
    );
    const notYet = (await failure(early.getBundle())) as ProblemError;
    expect([notYet.message, notYet.retryAfter]).toEqual(['Not yet', 2]);
    expect([isTemporary(notYet), isNotReady(notYet)]).toEqual([true, true]);
  });

  it('throws an UnreachableError when something else than the server answers', async () => {
    const login = await clientOf((_, response) => response.end('<h1>Welcome to our Wi-Fi</h1>'));
    const error = await failure(login.getBundle());
    expect(error).toBeInstanceOf(UnreachableError);
    expect([isTemporary(error), isNotReady(error)]).toEqual([true, false]);
  });

  it('throws an UnreachableError when nothing answers, and the reason when it was called off', async () => {
    expect(await failure(new OsusumeClient('http://127.0.0.1:9').getBundle())).toBeInstanceOf(
      UnreachableError,
    );
    const silent = await clientOf(() => {});
    const stop = new AbortController();
    const waiting = failure(silent.getBundle({ signal: stop.signal }));
    stop.abort(new Error('enough'));
    expect(await waiting).toMatchObject({ message: 'enough' });
  });

  it('says so when a batch breaks off, also in the middle of a line and of a letter', async () => {
    const line = Buffer.from('{"index":0,"id":"お","items":[],"ignored":[],"bundle":"b"}\n');
    // Pieces sent by a real server may arrive as one.
    const pieces = [line.subarray(0, 18), line.subarray(18), line.subarray(0, 18)];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    const cut = new OsusumeClient('https://portal.example', {
      fetch: async () => new Response(body),
    });
    const lines = cut.recommendBatch([{ ratings: [] }, { ratings: [] }]);
    expect((await lines.next()).value).toMatchObject({ id: 'お' });
    const broken = (await failure(lines.next())) as BrokenOffError;
    expect(broken).toBeInstanceOf(BrokenOffError);
    expect([broken.answered, broken.asked]).toEqual([1, 2]);
  });

  it('says so when the connection of a batch breaks, and gives the reason when it was called off', async () => {
    const line = '{"index":0,"id":null,"items":[],"ignored":[],"bundle":"b"}\n';
    let breakOff = () => {};
    const dying = await clientOf((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(line);
      breakOff = () => response.destroy();
    });
    const lines = dying.recommendBatch([{ ratings: [] }, { ratings: [] }]);
    // A connection that breaks takes with it what has arrived and has not been read.
    expect((await lines.next()).value).toMatchObject({ index: 0 });
    breakOff();
    const broken = (await failure(lines.next())) as BrokenOffError;
    expect(broken).toBeInstanceOf(BrokenOffError);
    expect([broken.answered, broken.asked]).toEqual([1, 2]);

    const slow = await clientOf((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(line);
    });
    const off = new AbortController();
    const called = slow.recommendBatch([{ ratings: [] }, { ratings: [] }], {}, off);
    await called.next();
    const next = called.next();
    off.abort(new Error('called off'));
    expect(await failure(next)).toMatchObject({ message: 'called off' });
  });

  it('lets the connection go when the reader leaves a batch early', async () => {
    let left = false;
    const endless = await clientOf((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      const more = setInterval(() => response.write('{"index":0}\n'), 10);
      response.on('close', () => {
        left = true;
        clearInterval(more);
      });
    });
    for await (const line of endless.recommendBatch([{ ratings: [] }])) {
      expect(line.index).toBe(0);
      break;
    }
    await expect.poll(() => left).toBe(true);
  });

  it('reads a poster, or that it is not here yet', async () => {
    const server = await clientOf(({ url }, response) => {
      if (url === '/api/anime/1/poster')
        return response.writeHead(200, { 'content-type': 'image/png' }).end('png');
      return response.writeHead(202).end('{"animeId":2,"state":"coming"}');
    });
    const picture = await server.getPoster(1);
    expect([picture?.type, await picture?.text()]).toEqual(['image/png', 'png']);
    expect(await server.getPoster(2)).toBeNull();
  });

  it('works below a path, with headers of its own', async () => {
    const seen: unknown[] = [];
    const fetchSeen: typeof fetch = async (url, init) => {
      seen.push(String(url), new Headers(init?.headers).get('x-key'));
      return Response.json({ items: [] });
    };
    const below = new OsusumeClient('https://portal.example/anime', {
      fetch: fetchSeen,
      headers: { 'x-key': 'k' },
    });
    await below.getStarters({ limit: 3 });
    expect(seen).toEqual(['https://portal.example/anime/api/starters?limit=3', 'k']);
  });
});
