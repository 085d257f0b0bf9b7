/** The graph is held against the schemas of the API: every difference between the two is named in this file. */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import * as anime from '../../../../src/api/anime.ts';
import { BundleSchema, SignatureSchema } from '../../../../src/api/bundle.ts';
import { ExplanationBody, ExplanationSchema } from '../../../../src/api/explanations.ts';
import { OpinionQuestion, OpinionSchema } from '../../../../src/api/opinions.ts';
import { RatingSchema } from '../../../../src/api/ratings.ts';
import * as recommendations from '../../../../src/api/recommendations.ts';
import { RulesSchema } from '../../../../src/api/rules.ts';
import { ShelfSchema, ShelvesBody, ShelvesSchema } from '../../../../src/api/shelves.ts';
import * as users from '../../../../src/api/users.ts';
import { AnimeSchema } from '../../../../src/data/anime-schema.ts';
import { SCHEMA } from '../../../../src/server/graphql/schema.ts';

/** A TypeBox schema is JSON Schema. */
interface JsonSchema {
  readonly type?: string;
  readonly title?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
}
interface Expected {
  readonly schema: JsonSchema;
  /** fields that only the graph has, or has in another shape, with their types */
  readonly onlyGraph?: Readonly<Record<string, string>>;
  /** fields that the graph leaves out */
  readonly onlyRest?: readonly string[];
}

const { facts } = ExplanationSchema.properties;
const entries = users.PersonSchema.properties.ratings;

const OBJECTS: Readonly<Record<string, Expected>> = {
  Anime: { schema: anime.TitleSchema, onlyGraph: { similar: 'SimilarPage!' } },
  FranchisePlace: { schema: AnimeSchema.properties.franchise },
  AnimePage: { schema: anime.TitlesSchema },
  SimilarAnime: { schema: anime.SimilarSchema.properties.items.items },
  SimilarPage: { schema: anime.SimilarSchema },
  Because: {
    schema: recommendations.BecauseSchema,
    onlyGraph: { anime: 'Anime!' },
    onlyRest: ['animeId', 'title'],
  },
  OrderTerm: { schema: recommendations.OrderTermSchema },
  Order: { schema: recommendations.OrderSchema },
  Recommendation: { schema: recommendations.RecommendationSchema },
  Recommendations: { schema: recommendations.RecommendationsSchema },
  Shelf: { schema: ShelfSchema, onlyGraph: { id: 'String!' }, onlyRest: ['id'] },
  Shelves: { schema: ShelvesSchema },
  Shared: { schema: facts.properties.shared },
  Explanation: {
    schema: merged(ExplanationSchema, facts),
    onlyGraph: { anime: 'Anime!' },
    onlyRest: ['animeId', 'facts'],
  },
  ExpectedScore: { schema: OpinionSchema.properties.expected },
  ScorePoints: { schema: OpinionSchema.properties.raising.items },
  Listed: { schema: OpinionSchema.properties.listed },
  Opinion: { schema: OpinionSchema, onlyGraph: { anime: 'Anime!' }, onlyRest: ['animeId'] },
  ListEntry: { schema: entries.items },
  EntryPage: {
    schema: merged(users.PersonSchema, {}),
    onlyGraph: { items: '[ListEntry!]!' },
    onlyRest: ['userId', 'ratings'],
  },
  User: {
    schema: users.PersonSchema,
    onlyGraph: { ratings: 'EntryPage!', recommendations: 'Recommendations!' },
    onlyRest: ['ratings', 'next'],
  },
  Origin: { schema: BundleSchema.properties.origin },
  Signature: { schema: SignatureSchema },
  Metric: { schema: {}, onlyGraph: { name: 'String!', value: 'Float!' } },
  Bundle: {
    schema: BundleSchema,
    onlyGraph: { metrics: '[Metric!]!' },
    onlyRest: ['metrics'],
  },
};
const INPUTS: Readonly<Record<string, Expected>> = {
  RatingInput: { schema: RatingSchema },
  RulesInput: { schema: RulesSchema },
};
const ENUMS: Readonly<Record<string, JsonSchema>> = {
  AnimeType: AnimeSchema.properties.type,
  Season: AnimeSchema.properties.season,
  Status: RatingSchema.properties.status,
  Model: anime.SimilarQuery.properties.by,
  Language: ExplanationBody.properties.language,
  TitleName: ExplanationBody.properties.titles,
  Author: ExplanationSchema.properties.by,
  SignatureStatus: SignatureSchema.properties.status,
  NotWritten: ExplanationSchema.properties.why,
  OrderGroup: recommendations.OrderTermSchema.properties.group,
  PartKind: anime.TitleSchema.properties.kind,
  Airing: RulesSchema.properties.airing,
  AgeRating: RulesSchema.properties.ageRating,
  Dominant: facts.properties.dominant,
};
/** A name of GraphQL has letters, digits and _ only. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'PG-13': 'PG_13',
  'R+': 'R_PLUS',
  'picture-drama': 'picture_drama',
};
/** One type stands for all schemas of a title. */
const PARTS_OF_ANIME = ['Card', 'Brief', 'StoryPart', 'InsteadOf'];

const RULES = { rules: 'RulesInput', withoutRules: 'Boolean' };
const ARGUMENTS: Readonly<Record<string, Expected>> = {
  'Query.anime': { schema: anime.AnimeParams },
  'Query.search': { schema: anime.SearchQuery },
  'Query.similar': { schema: merged(anime.AnimeParams, anime.SimilarQuery) },
  'Query.recommendations': {
    schema: recommendations.RecommendationsBody,
    onlyGraph: RULES,
    onlyRest: ['rules'],
  },
  'Query.shelves': { schema: ShelvesBody, onlyGraph: RULES, onlyRest: ['rules'] },
  'Query.explanation': { schema: ExplanationBody, onlyGraph: RULES, onlyRest: ['rules'] },
  'Query.opinion': { schema: OpinionQuestion, onlyGraph: RULES, onlyRest: ['rules'] },
  'Query.user': { schema: users.UserParams },
  'Query.starters': { schema: anime.StartersQuery },
  'Anime.similar': { schema: anime.SimilarQuery },
  'User.ratings': { schema: users.UserQuery },
  'User.recommendations': {
    schema: users.UserRecommendationsQuery,
    onlyGraph: { withoutRules: 'Boolean' },
    onlyRest: ['rules'],
  },
};
/** REST has the whole list as its default. */
const OWN_DEFAULTS: Readonly<Record<string, unknown>> = {
  'User.ratings.limit': 100,
  'Query.recommendations.withoutRules': false,
  'Query.shelves.withoutRules': false,
  'Query.explanation.withoutRules': false,
  'Query.opinion.withoutRules': false,
  'User.recommendations.withoutRules': false,
};

function merged(a: JsonSchema, b: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: { ...a.properties, ...b.properties },
    required: [...(a.required ?? []), ...(b.required ?? [])],
  };
}

function sorted(values: Iterable<string>): string[] {
  return [...values].sort();
}
const isNull = ({ type }: JsonSchema) => type === 'null';
const notNull = (schema: JsonSchema): JsonSchema =>
  schema.anyOf?.some(isNull) ? (schema.anyOf.find((one) => !isNull(one)) ?? {}) : schema;

/** The type that a field or argument has to have, as GraphQL writes it. */
function typeIn(parent: JsonSchema, name: string): string {
  const schema = parent.properties?.[name] ?? {};
  const nullable = schema.anyOf?.some(isNull);
  const required = parent.required?.includes(name) && !nullable;
  return `${bareType(notNull(schema))}${required ? '!' : ''}`;
}

function bareType(schema: JsonSchema): string {
  if (schema.enum) return enumNamed(schema.enum);
  if (schema.const !== undefined) return 'String';
  const [items] = [schema.items].flat() as (JsonSchema | undefined)[];
  if (items) return `[${bareType(items)}!]`;
  if (schema.type === 'object') return objectNamed(schema);
  const scalars = { integer: 'Int', number: 'Float', boolean: 'Boolean', string: 'String' };
  return scalars[schema.type as keyof typeof scalars];
}

function enumNamed(values: readonly string[]): string {
  const same = (schema: JsonSchema) =>
    String(sorted(notNull(schema).enum ?? [])) === String(sorted(values));
  return Object.entries(ENUMS).find(([, schema]) => same(schema))?.[0] as string;
}

function objectNamed(schema: JsonSchema): string {
  if (PARTS_OF_ANIME.includes(schema.title ?? '')) return 'Anime';
  const all = Object.entries({ ...OBJECTS, ...INPUTS });
  return all.find(([, expected]) => notNull(expected.schema) === schema)?.[0] as string;
}

function typesOf({ schema, onlyGraph = {}, onlyRest = [] }: Expected): Record<string, string> {
  const object = notNull(schema);
  const derived = Object.keys(object.properties ?? {})
    .filter((name) => !onlyRest.includes(name))
    .map((name) => [name, typeIn(object, name)]);
  return { ...Object.fromEntries(derived), ...onlyGraph };
}

function shown(fields: readonly { readonly name: string; readonly type: object }[]) {
  return Object.fromEntries(fields.map(({ name, type }) => [name, String(type)]));
}

function namedTypes<T extends GraphQLNamedType>(is: (type: unknown) => type is T): T[] {
  const all = Object.values(SCHEMA.getTypeMap()).filter((type) => !isIntrospectionType(type));
  return all.filter(is);
}

const objectTypes = namedTypes(isObjectType).filter(({ name }) => name !== 'Query');
const inputTypes = namedTypes(isInputObjectType);
const withArguments = namedTypes(isObjectType).flatMap((type) =>
  Object.values(type.getFields())
    .filter(({ args }) => args.length > 0)
    .map(({ name, args }) => [`${type.name}.${name}`, args] as const),
);

describe('SCHEMA', () => {
  it('has no types, enums or arguments but those that are compared here', () => {
    expect(sorted(objectTypes.map(({ name }) => name))).toEqual(sorted(Object.keys(OBJECTS)));
    expect(sorted(inputTypes.map(({ name }) => name))).toEqual(sorted(Object.keys(INPUTS)));
    expect(sorted(namedTypes(isEnumType).map(({ name }) => name))).toEqual(
      sorted(Object.keys(ENUMS)),
    );
    expect(sorted(withArguments.map(([name]) => name))).toEqual(sorted(Object.keys(ARGUMENTS)));
    expect([SCHEMA.getMutationType(), SCHEMA.getSubscriptionType()]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each(objectTypes)('$name has the fields of its schema, with their types', (type) => {
    expect(shown(Object.values(type.getFields()))).toEqual(typesOf(OBJECTS[type.name]));
  });

  it.each(inputTypes)('$name has the fields of its schema, their types and defaults', (type) => {
    const fields = Object.values(type.getFields());
    expect(shown(fields)).toEqual(typesOf(INPUTS[type.name]));
    for (const field of fields)
      compare(field, INPUTS[type.name].schema, `${type.name}.${field.name}`);
  });

  it.each(namedTypes(isEnumType))('$name has the values of its schema', (type) => {
    const values = type.getValues().map(({ name, value }) => [name, value]);
    const expected = notNull(ENUMS[type.name]).enum ?? [];
    expect(values).toEqual(expected.map((value) => [OTHER_NAMES[value] ?? value, value]));
  });

  it.each(withArguments)(
    '%s has the arguments of its schema, their types and defaults',
    (name, args) => {
      expect(shown(args)).toEqual(typesOf(ARGUMENTS[name]));
      for (const argument of args)
        compare(argument, ARGUMENTS[name].schema, `${name}.${argument.name}`);
    },
  );
});

/** The default, and the limits, which a client can only learn from the description. */
function compare(
  { name, defaultValue, description }: GraphQLArgument | GraphQLInputField,
  { properties = {} }: JsonSchema,
  path: string,
): void {
  const schema = name === 'rules' ? {} : (properties[name] ?? {});
  expect(defaultValue, path).toEqual(OWN_DEFAULTS[path] ?? schema.default);
  const { minimum, maximum, maxItems, maxLength } = notNull(schema);
  for (const limit of [minimum, maximum, maxItems, maxLength])
    if (limit !== undefined) expect(description, path).toContain(String(limit));
}
