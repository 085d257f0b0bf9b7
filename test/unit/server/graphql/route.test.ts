import { rm } from 'node:fs/promises';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { startersFor } from '../../../../src/server/answers/titles.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import { CATALOGUE } from '../../../support/small-catalogue.ts';

let home: string;
let version: string;
let app: App;
const bundles = new CurrentBundle();
const reported: string[] = [];

beforeAll(async () => {
  home = await newHome();
  ({ version } = await publishSmall(home));
  bundles.replace(await openBundle(home));
  app = await buildApp({ bundles, page: null, report: (line) => reported.push(line) });
});
afterAll(async () => {
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what each question asks for
  data?: any;
  errors?: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
}

async function ask(query: string, variables?: object, server = app): Promise<Answer> {
  const payload = { query, variables };
  const headers = { accept: 'application/graphql-response+json' };
  const response = await server.inject({ method: 'POST', url: '/graphql', payload, headers });
  return { status: response.statusCode, ...response.json() };
}
const rest = async (url: string) => (await app.inject(url)).json();

describe('POST /graphql', () => {
  it('answers as the REST routes do', async () => {
    const { status, data, errors } = await ask(`{
      anime(animeId: 40) { animeId title franchise { position prerequisite } franchiseTitles { animeId } similar(limit: 2) { items { anime { animeId } score } next } }
      missing: anime(animeId: 999) { title }
      search(query: "saga", limit: 2) { items { animeId title genres } next }
      similar(animeId: 0, by: content, limit: 3) { items { anime { animeId } } }
      nothing: similar(animeId: 999) { next }
      user(userId: 2) { ratings(limit: 2) { items { anime { title } rating status } next } recommendations { items { anime { animeId } } } }
      nobody: user(userId: 5) { userId }
      starters(limit: 2) { title }
      bundle { version titles metrics { name value } }
    }`);
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(data.anime).toMatchObject({ title: 'Saga 3rd Season', franchise: { position: 3 } });
    expect(data.anime.franchiseTitles.map(({ animeId }: { animeId: number }) => animeId)).toEqual([
      20, 30, 40, 50,
    ]);
    const { items } = await rest('/api/anime/40/similar?limit=2');
    expect(data.anime.similar.items.map((one: { anime: object }) => one.anime)).toEqual(
      items.map(({ anime }: { anime: { animeId: number } }) => ({ animeId: anime.animeId })),
    );
    const found = await rest('/api/anime?query=saga&limit=2');
    expect(data.search.items).toMatchObject(
      found.items.map(({ animeId, title, genres }: Answer['data']) => ({ animeId, title, genres })),
    );
    // The same cursors serve both.
    expect((await rest(`/api/anime?query=saga&cursor=${data.search.next}`)).items).not.toEqual([]);
    expect([data.missing, data.nothing, data.nobody]).toEqual([null, null, null]);
    expect(data.user.ratings.items[0]).toEqual({
      anime: { title: 'Film' },
      rating: 10,
      status: 'completed',
    });
    expect(data.bundle).toEqual({
      version,
      titles: 10,
      metrics: [{ name: 'likedNdcg10', value: 0.57 }],
    });
  });

  it('finds starters once for a catalogue, however often a question names them', async () => {
    let reads = 0;
    const catalogue = Object.assign([...CATALOGUE], {
      *[Symbol.iterator]() {
        reads++;
        yield* CATALOGUE;
      },
    });
    expect(startersFor(catalogue, 1)).toEqual(startersFor(catalogue, 2).slice(0, 1));
    expect(reads).toBe(1);
  });

  it('recommends as POST /api/recommendations does, with rules and without', async () => {
    const question = `query($ratings: [RatingInput!]!, $rules: RulesInput, $free: Boolean) {
      recommendations(ratings: $ratings, rules: $rules, withoutRules: $free, limit: 50) {
        items { rank score anime { animeId } because { anime { animeId } share shareOfScore } order { value terms { group value } shown } insteadOf { animeId } } ignored bundle } }`;
    const ratings = [{ animeId: 0, rating: 9, status: 'completed' }, { animeId: 777 }];
    for (const [variables, rules] of [
      [{}, undefined],
      [
        { rules: { genresOut: ['Drama'], years: [2000, 2020], niche: 0.5 } },
        { genresOut: ['Drama'], years: [2000, 2020], niche: 0.5 },
      ],
      [{ free: true }, 'none'],
    ] as const) {
      const { data } = await ask(question, { ratings, ...variables });
      const payload = { ratings, limit: 50, ...(rules ? { rules } : {}) };
      const posted = await app.inject({ method: 'POST', url: '/api/recommendations', payload });
      const expected = posted.json();
      expect(data.recommendations.ignored).toEqual([777]);
      expect(data.recommendations.bundle).toBe(version);
      expect(
        data.recommendations.items.map((one: Answer['data']) => [one.rank, one.anime.animeId]),
      ).toEqual(expected.items.map((one: Answer['data']) => [one.rank, one.anime.animeId]));
      expect(data.recommendations.items[0].because[0].anime.animeId).toBe(0);
    }
  });

  it('refuses what is out of bounds, naming the field, and answers the rest', async () => {
    const { status, data, errors } = await ask(`{
      bad: recommendations(ratings: [{ animeId: 0, rating: 11 }]) { bundle }
      bundle { version }
    }`);
    expect(status).toBe(200);
    expect(data).toBeNull(); // recommendations may not be null, so nothing above it stands
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['bad'],
        extensions: { status: 400, field: 'ratings[0].rating' },
      }),
    ]);
    const partly = await ask(
      '{ user(userId: 5) { userId } similar(animeId: 0, limit: 101) { next } }',
    );
    expect(partly.data).toEqual({ user: null, similar: null });
    expect(partly.errors?.[0].extensions).toEqual({ status: 400, field: 'limit' });
    for (const limit of [0, -1, 501]) {
      const refused = await ask(`{ recommendations(ratings: [], limit: ${limit}) { bundle } }`);
      expect(refused.errors?.[0].extensions).toEqual({ status: 400, field: 'limit' });
    }
  });

  it('says what is wrong with a variable, and reports no failure of its own', async () => {
    const before = reported.length;
    const title = 'query($id: Int!) { anime(animeId: $id) { title } }';
    const list = 'query($r: [RatingInput!]!) { recommendations(ratings: $r) { bundle } }';
    for (const [query, variables, wrong] of [
      [title, { id: 'five' }, /\$id.*five.*Int/],
      [title, {}, /\$id.*Int!/],
      [list, { r: [1] }, /\$r.*RatingInput/],
      [list, { r: [{ animeId: 0, status: 'seen' }] }, /\$r.*seen.*Status/],
      [list, { r: [{ animeId: 0, loved: true }] }, /\$r.*loved/],
    ] as const) {
      const { status, data, errors } = await ask(query, variables);
      expect(status).toBe(400);
      expect(data).toBeUndefined();
      expect(errors?.[0].message).toMatch(wrong);
      expect(errors?.[0].extensions).toBeUndefined();
    }
    expect(reported.slice(before)).toEqual([]);
  });

  it('refuses an invalid query with 400 and errors', async () => {
    for (const query of [
      '',
      '{',
      '{ nothing }',
      '{ anime }',
      '{"kind":"Document","definitions":[{}]}',
      '{ ...a } fragment a on Query { ...a }',
      `{ anime(animeId: ${'['.repeat(2400)}${']'.repeat(2400)}) { title } }`,
    ]) {
      const { status, errors, data } = await ask(query);
      expect([status, data], query).toEqual([400, undefined]);
      expect(errors?.[0].message, query).toMatch(/\w/);
      expect(JSON.stringify(errors)).not.toContain('at ');
    }
    expect((await ask('query($a: Int!) { anime(animeId: $a) { title } }', {})).status).toBe(400);
    const mutation = await ask('mutation { x }');
    expect([mutation.data, mutation.errors?.length]).toEqual([null, 1]);
    const none = await app.inject({ method: 'POST', url: '/graphql', payload: {} });
    expect(none.json()).toMatchObject({ status: 400, field: 'query' });
    expect((await app.inject('/graphql')).statusCode).toBe(405);
  });

  it('answers an invalid query with 200 and errors when only application/json is accepted', async () => {
    for (const accept of ['application/json', '*/*']) {
      const payload = { query: '{ nothing }' };
      const headers = { accept };
      const answer = await app.inject({ method: 'POST', url: '/graphql', payload, headers });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        200,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(answer.json()).toEqual({
        errors: [expect.objectContaining({ message: expect.stringContaining('nothing') })],
      });
    }
  });

  const deep = (levels: number) =>
    `{ anime(animeId: 0) ${'{ similar(limit: 1) { items { anime '.repeat(levels)}{ title }${' } } }'.repeat(levels)} }`;
  it('refuses a query that is too deep or too costly, before it runs', async () => {
    expect((await ask(deep(2))).status).toBe(200);
    const refused = await ask(deep(4));
    expect([refused.status, refused.errors?.[0].message]).toEqual([
      400,
      expect.stringMatching(/levels deep.*in steps/),
    ]);
    const large: [query: string, variables?: object][] = [
      [
        '{ search(limit: 100) { items { similar(limit: 100) { items { anime { title genres } } } } } }',
      ],
      [
        'query($n: Int) { search(limit: $n) { items { similar(limit: $n) { items { anime { title genres } } } } } }',
        { n: 100 },
      ],
      [
        'query($n: Int = 100) { search(limit: $n) { items { similar(limit: $n) { items { anime { title genres } } } } } }',
      ],
      [`{ ${Array.from({ length: 60 }, (_, n) => `a${n}: search { next }`).join(' ')} }`],
      [
        '{ recommendations(ratings: [], limit: 500, because: 500) { items { because { share } } } }',
      ],
      // A thousand million fields in a few lines.
      [
        `{ ...f9 } ${Array.from({ length: 9 }, (_, n) => `fragment f${n + 1} on Query { ${'...f'.concat(String(n), ' ').repeat(10)} }`).join(' ')} fragment f0 on Query { bundle { version } }`,
      ],
    ];
    for (const [query, variables] of large) {
      const answer = await ask(query, variables);
      expect([answer.status, answer.errors?.[0].message]).toEqual([
        400,
        expect.stringMatching(/may cost/),
      ]);
    }
    // It was fine before, with a smaller number.
    const cached =
      'query($n: Int) { search(limit: $n) { items { similar(limit: $n) { items { anime { title } } } } } }';
    expect((await ask(cached, { n: 2 })).status).toBe(200);
    expect((await ask(cached, { n: 100 })).status).toBe(400);
  });

  it('limits the number of variables', async () => {
    const names = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`variable${n}`, n]));
    const query = '{ bundle { version } }';
    expect((await ask(query, names(1000))).status).toBe(200);
    const payload = { query, variables: names(20_000) };
    const answer = await app.inject({ method: 'POST', url: '/graphql', payload });
    expect(answer.json()).toMatchObject({
      status: 400,
      detail: expect.stringMatching(/more than 1000 different names/),
    });
  });

  it('limits the values of variables', async () => {
    const query = 'query($r: [RatingInput!]!) { recommendations(ratings: $r) { ignored } }';
    const ratings = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...{ animeId: 1000 + n, rating: 5, status: 'completed' },
      }));
    expect((await ask(query, { r: ratings(10_000) })).data.recommendations.ignored).toHaveLength(
      10_000,
    );
    const { status, errors } = await ask(query, { r: ratings(12_000) });
    expect([status, errors?.[0].message]).toEqual([400, expect.stringContaining('42000 values')]);
  });

  it('answers introspection', async () => {
    const { data } = await ask(getIntrospectionQuery());
    const schema = buildClientSchema(data as IntrospectionQuery);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toContain('recommendations');
  });

  it('shows nothing of an unforeseen error, and answers 503 without a bundle', async () => {
    const broken = new CurrentBundle();
    const bundle = await openBundle(home);
    broken.replace({ ...bundle, search: () => Promise.reject(new Error('secret of the disk')) });
    const failing = await buildApp({
      bundles: broken,
      page: null,
      report: (line) => reported.push(line),
    });
    const answer = await ask('{ search { next } }', {}, failing);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(answer.errors?.[0]).toMatchObject({ path: ['search'], extensions: { status: 500 } });
    expect(reported.join()).toContain('secret of the disk');
    broken.replace(null);
    expect(await ask('{ bundle { version } }', {}, failing)).toMatchObject({ status: 503 });
    await failing.close();
    await broken.close();
  });
});
