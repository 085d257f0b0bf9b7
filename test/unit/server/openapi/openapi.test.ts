import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  SimilarSchema,
  StartersSchema,
  TitleSchema,
  TitlesSchema,
} from '../../../../src/api/anime.ts';
import { BundleSchema } from '../../../../src/api/bundle.ts';
import { AliveSchema, ReadySchema } from '../../../../src/api/health.ts';
import { PostersSchema } from '../../../../src/api/posters.ts';
import { ProblemSchema } from '../../../../src/api/problem.ts';
import { RecommendationsSchema } from '../../../../src/api/recommendations.ts';
import { PersonSchema } from '../../../../src/api/users.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';

type Json = Record<string, unknown>;
interface Operation extends Json {
  operationId: string;
  summary: string;
  responses: Record<string, { description: string; content?: Record<string, Json> }>;
}

let small: SmallApp;
let app: App;
let document: Json & { paths: Record<string, Record<string, Operation>> };

beforeAll(async () => {
  small = await smallApp();
  ({ app } = small);
  document = (await app.inject('/openapi.json')).json();
});
afterAll(() => small.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('/openapi.json', () => {
  it('describes every route under /api, the health checks and GraphQL, as OpenAPI 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/anime',
        '/api/anime/{animeId}',
        '/api/anime/{animeId}/similar',
        '/api/anime/{animeId}/poster',
        '/api/bundle',
        '/api/import',
        '/api/import/anilist/{name}',
        '/api/import/csv',
        '/api/import/list',
        '/api/import/mal-xml',
        '/api/import/myanimelist/{name}',
        '/api/posters',
        '/api/recommendations',
        '/api/recommendations:batch',
        '/api/shelves',
        '/api/starters',
        '/api/users/{userId}',
        '/api/users/{userId}/recommendations',
        '/graphql',
        '/healthz',
        '/readyz',
      ]),
    );
  });

  it('names each operation once, and says what each status is', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      expect(operation.summary, path).toMatch(/\w/);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(response.description, `${path} ${status}`).not.toBe('Default Response');
        if (Number(status) >= 400 && path !== '/graphql')
          expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json']);
      }
    }
  });

  it('refers to every schema it names, and only to schemas that are there', () => {
    const text = JSON.stringify(document);
    const named = Object.keys((document.components as { schemas: Json }).schemas);
    const referred = new Set(
      [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name),
    );
    expect([...referred].sort()).toEqual(named.sort());
    expect(named).toEqual(
      expect.arrayContaining(['Card', 'Problem', 'Recommendation', 'RecommendationsRequest']),
    );
    // The older way to say that a list has a fixed length.
    expect(text).not.toContain('additionalItems');
  });

  it('is known to a client that has it', async () => {
    const first = await app.inject('/openapi.json');
    const headers = { 'if-none-match': String(first.headers.etag) };
    const again = await app.inject({ url: '/openapi.json', headers });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('answers', () => {
  const examples: [url: string, schema: TSchema][] = [
    ['/api/anime?query=saga&limit=2', TitlesSchema],
    ['/api/anime/40', TitleSchema],
    ['/api/anime/0', TitleSchema],
    ['/api/anime/0/similar?limit=3', SimilarSchema],
    ['/api/starters', StartersSchema],
    ['/api/users/2', PersonSchema],
    ['/api/users/7/recommendations', RecommendationsSchema],
    ['/api/posters?ids=0,999', PostersSchema],
    ['/api/bundle', BundleSchema],
    ['/healthz', AliveSchema],
    ['/readyz', ReadySchema],
    ['/api/anime/999', ProblemSchema],
    ['/api/nothing', ProblemSchema],
  ];
  it.each(examples)('%s is as described', async (url, schema) => {
    expect(Value.Errors(schema, (await app.inject(url)).json())).toEqual([]);
  });

  it('a list is as described, also where a title stands in for a later one', async () => {
    const payload = { ratings: [{ animeId: 0 }, { animeId: -7 }], rules: { franchise: false } };
    const answer = await app.inject({ method: 'POST', url: '/api/recommendations', payload });
    expect(Value.Errors(RecommendationsSchema, answer.json())).toEqual([]);
  });
});

describe('/docs', () => {
  it('is a page that takes everything from this server', async () => {
    const page = await app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await app.inject('/docs/static/swagger-ui-bundle.js')).statusCode).toBe(200);
    expect((await app.inject('/docs/static/theme/docs.css')).body).toContain('--ground');
    const font = await app.inject('/docs/fonts/700.woff2');
    expect(font.headers['content-type']).toBe('font/woff2');
    expect(font.rawPayload.subarray(0, 4).toString()).toBe('wOF2');
    const { info } = (await app.inject('/openapi.json')).json<{ info: { description: string } }>();
    expect(info.description).toContain('| ratings of a list | 40,000 |');
    expect(info.description).toContain('400 lists a second, 2,000 at once');
  });
});
