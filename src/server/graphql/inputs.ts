/** Enums, input types and arguments of the graph. A field's arguments are checked by the schema they are made from. */

import { GraphQLBoolean, type GraphQLFieldConfigArgumentMap } from 'graphql';
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { SimilarQuery, TitleSchema } from '../../api/anime.ts';
import { SignatureSchema } from '../../api/bundle.ts';
import { ExplanationBody, ExplanationSchema } from '../../api/explanations.ts';
import { RatingSchema } from '../../api/ratings.ts';
import { OrderTermSchema } from '../../api/recommendations.ts';
import { RulesSchema } from '../../api/rules.ts';
import { AnimeSchema } from '../../data/anime-schema.ts';
import { LateCheck } from '../../late-check.ts';
import { problemFromSchema } from '../http/problem.ts';
import { errorsOf } from '../http/schema-errors.ts';
import { SchemaTypes } from './schema-types.ts';

export const TYPES = new SchemaTypes({
  AnimeType: AnimeSchema.properties.type,
  Season: AnimeSchema.properties.season,
  Status: RatingSchema.properties.status,
  Model: SimilarQuery.properties.by,
  Language: ExplanationBody.properties.language,
  TitleName: ExplanationBody.properties.titles,
  Author: ExplanationSchema.properties.by,
  SignatureStatus: SignatureSchema.properties.status,
  NotWritten: ExplanationSchema.properties.why,
  OrderGroup: OrderTermSchema.properties.group,
  PartKind: TitleSchema.properties.kind,
  Airing: RulesSchema.properties.airing,
  AgeRating: RulesSchema.properties.ageRating,
  Dominant: ExplanationSchema.properties.facts.properties.dominant,
});
TYPES.input('RatingInput', RatingSchema);
const RulesInput = TYPES.input('RulesInput', RulesSchema);

export type Given = Readonly<Record<string, unknown>>;

export interface Arguments<T> {
  readonly args: GraphQLFieldConfigArgumentMap;
  /** @throws Problem 400 that names the argument */
  readonly check: (given: Given) => T;
}

/** @param defaults where the graph's differ from those of REST */
export function argumentsFrom<Schema extends TObject>(
  schema: Schema,
  defaults: Given = {},
): Arguments<Static<Schema>> {
  const { rules, ...properties } = schema.properties as Record<string, TSchema>;
  const args = { ...TYPES.inputsOf(properties), ...(rules && rulesArguments(rules)) };
  for (const [name, defaultValue] of Object.entries(defaults))
    args[name] = { ...args[name], defaultValue };
  return { args, check: checkBy(schema) };
}

/** `rules` of REST is "none" or an object, which no type of GraphQL can be: here they are two arguments. */
function rulesArguments(schema: TSchema): GraphQLFieldConfigArgumentMap {
  const takesObject = Type.IsUnion(schema) && schema.anyOf.includes(RulesSchema);
  return {
    ...(takesObject && { rules: { type: RulesInput } }),
    withoutRules: {
      type: GraphQLBoolean,
      defaultValue: false,
      description: 'the pure order of the model: only what has been seen is left out',
    },
  };
}

function checkBy<Schema extends TObject>(schema: Schema): (given: Given) => Static<Schema> {
  const validator = new LateCheck(schema);
  return (given) => {
    const value: unknown = asRestBody(given);
    if (validator.Check(value)) return value as Static<Schema>;
    throw problemFromSchema(errorsOf(validator, value), 'arguments');
  };
}

/** An argument that is null counts as absent. */
function asRestBody(given: Given): Given {
  const present = Object.entries(given).filter(([, value]) => value !== null);
  const { withoutRules, ...rest } = Object.fromEntries(present);
  return withoutRules ? { ...rest, rules: 'none' } : rest;
}
