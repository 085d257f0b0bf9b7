/** What one of the two interfaces refuses, the other refuses too; what is left open means the same to both. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as anime from '../../../../src/api/anime.ts';
import { ExplanationBody } from '../../../../src/api/explanations.ts';
import { OpinionBody } from '../../../../src/api/opinions.ts';
import { RecommendationsBody } from '../../../../src/api/recommendations.ts';
import { RulesSchema } from '../../../../src/api/rules.ts';
import { ShelvesBody } from '../../../../src/api/shelves.ts';
import { UserQuery, UserRecommendationsQuery } from '../../../../src/api/users.ts';
import { openBundle } from '../../../../src/recommend/bundle.ts';
import { buildApp } from '../../../../src/server/app.ts';
import type { App } from '../../../../src/server/http/fastify.ts';
import { CurrentBundle } from '../../../../src/server/state/current-bundle.ts';
import { newHome, publishSmall } from '../../../support/small-bundle.ts';
import { CATALOGUE } from '../../../support/small-catalogue.ts';

/** With them every list is longer than its default. */
const MORE = Array.from({ length: 60 }, (_, n) => ({
  ...CATALOGUE[0],
  animeId: 1000 + n,
  title: `Another ${n}`,
  themes: [],
  franchise: null,
}));

let home: string;
let app: App;
const bundles = new CurrentBundle();

beforeAll(async () => {
  home = await newHome();
  await publishSmall(home, [...CATALOGUE, ...MORE]);
  bundles.replace(await openBundle(home));
  app = await buildApp({ bundles, page: null, report: () => {} });
});
afterAll(async () => {
  await app.close();
  await bundles.close();
  await rm(home, { recursive: true });
});

/** A request that both interfaces have. */
interface Twin {
  readonly properties: Properties;
  /** the field with its arguments in place of `$`, and what is asked of it */
  readonly graph: (argumentList: string) => string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** arguments without which there is no answer */
  readonly needed?: Readonly<Record<string, unknown>>;
}
type Properties = Readonly<Record<string, Keywords>>;
type Given = Readonly<Record<string, unknown>>;

const titles = '{ items { animeId } next }';
const similar = '{ items { anime { animeId } score } next }';
const list = '{ items { rank score anime { animeId } because { share } } }';
const RATINGS = {
  ratings: [
    { animeId: 0, rating: 9 },
    { animeId: 20, rating: 3 },
  ],
};

const TWINS: Readonly<Record<string, Twin>> = {
  search: {
    properties: anime.SearchQuery.properties as Properties,
    graph: (given) => `search${given} ${titles}`,
    method: 'GET',
    url: '/api/anime',
  },
  similar: {
    properties: anime.SimilarQuery.properties as Properties,
    graph: (given) => `anime(animeId: 0) { similar${given} ${similar} }`,
    method: 'GET',
    url: '/api/anime/0/similar',
  },
  starters: {
    properties: anime.StartersQuery.properties as Properties,
    graph: (given) => `starters${given} { animeId }`,
    method: 'GET',
    url: '/api/starters',
  },
  recommendations: {
    properties: RecommendationsBody.properties as Properties,
    graph: (given) => `recommendations${given} ${list}`,
    method: 'POST',
    url: '/api/recommendations',
    needed: RATINGS,
  },
  shelves: {
    properties: ShelvesBody.properties as Properties,
    graph: (given) => `shelves${given} { shelves { id seed { animeId } items { rank score } } }`,
    method: 'POST',
    url: '/api/shelves',
    needed: RATINGS,
  },
  explanation: {
    properties: ExplanationBody.properties as Properties,
    graph: (given) => `explanation${given} { text because { share } }`,
    method: 'POST',
    url: '/api/explanations',
    needed: { ...RATINGS, animeId: 10 },
  },
  opinion: {
    properties: OpinionBody.properties as Properties,
    graph: (given) =>
      `opinion${given.replace(/^\(?/, '(animeId: 10, ')} { expected { score } because { share } }`,
    method: 'POST',
    url: '/api/anime/10/opinion',
    needed: RATINGS,
  },
  'ratings of a user': {
    properties: UserQuery.properties as Properties,
    graph: (given) => `user(userId: 2) { ratings${given} { items { rating } next } }`,
    method: 'GET',
    url: '/api/users/2',
  },
  'recommendations of a user': {
    properties: UserRecommendationsQuery.properties as Properties,
    graph: (given) => `user(userId: 2) { recommendations${given} ${list} }`,
    method: 'GET',
    url: '/api/users/2/recommendations',
  },
};

interface Keywords {
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
}

const rules = RulesSchema.properties as Properties;

/** A value in the language of queries, where names of enums stand without quotes. */
function literal(value: unknown, schema: Keywords = {}): string {
  if (schema.enum) return String(value);
  if (Array.isArray(value)) return `[${value.map((entry) => literal(entry)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, field]) => `${name}: ${literal(field, rules[name])}`,
  );
  return `{ ${fields.join(', ')} }`;
}

async function askGraph({ properties, graph, needed }: Twin, given: Given) {
  const all = Object.entries({ ...needed, ...given });
  const written = all.map(([name, value]) => `${name}: ${literal(value, properties[name])}`);
  const query = `{ ${graph(written.length > 0 ? `(${written.join(', ')})` : '')} }`;
  return (await app.inject({ method: 'POST', url: '/graphql', payload: { query } })).json();
}

async function askRest({ method, url, needed }: Twin, given: Given) {
  const all = { ...needed, ...given };
  const asked =
    method === 'GET'
      ? { method, url, query: all as Record<string, string> }
      : { method, url, payload: all };
  return (await app.inject(asked)).json();
}

/** Values just outside the limits of a schema. */
function beyond({ minimum, maximum, maxLength }: Keywords): unknown[] {
  return [
    ...(minimum === undefined ? [] : [minimum - 1]),
    // GraphQL itself refuses a larger integer.
    ...(maximum === undefined || maximum === 2 ** 31 - 1 ? [] : [maximum + 1]),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ];
}

const outside = Object.entries(TWINS).flatMap(([name, twin]) =>
  Object.entries(twin.properties).flatMap(([argument, schema]) =>
    beyond(schema).map((value) => [name, argument, value] as const),
  ),
);
const outsideRules = Object.entries(rules).flatMap(([rule, schema]) =>
  beyond(schema).map((value) => ['recommendations', 'rules', { [rule]: value }] as const),
);
const tooMany = [
  ['recommendations', 'rules', { genresIn: new Array<string>(101).fill('Drama') }],
  ['recommendations', 'rules', { without: new Array<number>(501).fill(0) }],
  ['explanation', 'rules', { genresOut: ['x'.repeat(61)] }],
  ['recommendations', 'rules', { years: [2000] }],
  ['recommendations', 'ratings', [{ animeId: 0, rating: 11 }]],
  ['explanation', 'ratings', [{ animeId: 0, rating: -1 }]],
] as const;

describe('limits', () => {
  it.each([...outside, ...outsideRules, ...tooMany])(
    '%s refuses %s %j as REST does',
    async (name, argument, value) => {
      const { status, detail, field } = await askRest(TWINS[name], { [argument]: value });
      expect(status).toBe(400);
      const { errors } = await askGraph(TWINS[name], { [argument]: value });
      expect(errors).toMatchObject([{ message: detail, extensions: { status, field } }]);
    },
  );
});

const defaults = Object.entries(TWINS).flatMap(([name, { properties }]) =>
  Object.entries(properties).flatMap(([argument, { default: value }]) =>
    value === undefined ? [] : [[name, argument, value] as const],
  ),
);
const defaultRules = Object.entries(rules).flatMap(([rule, { default: value }]) =>
  value === undefined ? [] : [['recommendations', 'rules', { [rule]: value }] as const],
);

describe('defaults', () => {
  it.each([...defaults, ...defaultRules])(
    '%s has %s = %j where it is left open',
    async (name, argument, value) => {
      const rest = await askRest(TWINS[name], {});
      expect(rest.status).toBeUndefined();
      expect(await askRest(TWINS[name], { [argument]: value })).toEqual(rest);
      const graph = await askGraph(TWINS[name], {});
      expect(graph.errors).toBeUndefined();
      expect(await askGraph(TWINS[name], { [argument]: value })).toEqual(graph);
      // null is as good as absent, and is not filled in by GraphQL.
      expect(await askGraph(TWINS[name], { [argument]: null })).toEqual(graph);
    },
  );
});
