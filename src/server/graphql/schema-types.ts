/** GraphQL types made from the TypeBox schemas of the API, so that the graph and REST cannot differ. */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  type GraphQLInputFieldConfigMap,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLNullableType,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLType,
  isInputType,
  isOutputType,
} from 'graphql';
import { type TObject, type TSchema, Type } from 'typebox';

/** What is read of a schema besides its type. */
interface Keywords {
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
}
/** of any object type */
export type Fields = ReturnType<GraphQLObjectType['toConfig']>['fields'];

/** What a type has other than its schema's fields; each difference is named here and nowhere else. */
export interface Differences {
  /** fields of the schema that the type does not have */
  readonly without?: readonly string[];
  /** fields that only the type has, or has in another shape */
  readonly fields?: (derived: Fields) => Fields;
  /** more schemas that the type stands for: they describe a part of it */
  readonly also?: readonly TSchema[];
}

/** The named types; schemas refer to each other by identity, as they do in the API. */
export class SchemaTypes {
  /** by their values */
  readonly #enums = new Map<string, GraphQLEnumType>();
  readonly #objects = new Map<TSchema, GraphQLObjectType | GraphQLInputObjectType>();

  /** @param enums name → a schema with its values */
  constructor(enums: Readonly<Record<string, TSchema>>) {
    for (const [name, schema] of Object.entries(enums)) {
      const values = enumValues(nonNull(schema)) ?? [];
      const config = Object.fromEntries(values.map((value) => [enumName(value), { value }]));
      this.#enums.set(
        enumKey(values),
        new GraphQLEnumType({ name, description: descriptionOf(schema), values: config }),
      );
    }
  }

  /** @param schema of an object, or of one that may be null */
  object(name: string, schema: TSchema, differences: Differences = {}): GraphQLObjectType {
    const { without = [], fields = () => ({}), also = [] } = differences;
    const object = objectIn(schema);
    const type = new GraphQLObjectType({
      name,
      description: descriptionOf(schema),
      fields: () => {
        const derived = this.fieldsOf(object, without);
        return { ...derived, ...fields(derived) };
      },
    });
    for (const one of [schema, ...also]) this.#objects.set(nonNull(one), type);
    return type;
  }

  input(name: string, schema: TObject): GraphQLInputObjectType {
    const type = new GraphQLInputObjectType({
      name,
      description: descriptionOf(schema),
      fields: () => this.inputsOf(schema.properties),
    });
    this.#objects.set(schema, type);
    return type;
  }

  /** Arguments of a field, or fields of an input type. */
  inputsOf(properties: Readonly<Record<string, TSchema>>): GraphQLInputFieldConfigMap {
    return mapped(properties, (schema, name) => {
      const type = this.typeOf(schema);
      if (!isInputType(type)) throw new TypeError(`"${name}" is no GraphQL input type`);
      const { default: defaultValue } = keywords(schema);
      return { type, defaultValue, description: descriptionWithLimits(schema) };
    });
  }

  /** Nullable where the schema may be null or absent. */
  typeOf(schema: TSchema): GraphQLType {
    const value = nonNull(schema);
    const type = this.#nullableType(value);
    return value === schema && !Type.IsOptional(schema) ? new GraphQLNonNull(type) : type;
  }

  /** Fields of an object type. */
  fieldsOf({ properties }: TObject, without: readonly string[] = []): Fields {
    const kept = Object.entries(properties).filter(([name]) => !without.includes(name));
    return mapped(Object.fromEntries(kept), (schema, name) => {
      const type = this.typeOf(schema);
      if (!isOutputType(type)) throw new TypeError(`"${name}" is no GraphQL output type`);
      return { type, description: descriptionOf(schema) };
    });
  }

  #nullableType(schema: TSchema): GraphQLNullableType {
    const values = enumValues(schema);
    if (values) return this.#found(this.#enums.get(enumKey(values)), schema);
    if (Type.IsInteger(schema)) return GraphQLInt;
    if (Type.IsNumber(schema)) return GraphQLFloat;
    if (Type.IsBoolean(schema)) return GraphQLBoolean;
    if (Type.IsString(schema) || isLiteralText(schema)) return GraphQLString;
    if (Type.IsArray(schema)) return new GraphQLList(this.typeOf(schema.items));
    if (Type.IsTuple(schema)) return new GraphQLList(this.typeOf(schema.items[0]));
    return this.#found(this.#objects.get(schema), schema);
  }

  #found<T>(type: T | undefined, schema: TSchema): T {
    if (type) return type;
    throw new TypeError(`No GraphQL type has been named for ${JSON.stringify(schema)}`);
  }
}

function objectIn(schema: TSchema): TObject {
  const object = nonNull(schema);
  if (Type.IsObject(object)) return object;
  throw new TypeError(`No schema of an object: ${JSON.stringify(schema)}`);
}

/** The schema of the values other than null; the schema itself when it has no null. */
function nonNull(schema: TSchema): TSchema {
  if (!Type.IsUnion(schema)) return schema;
  const others = schema.anyOf.filter((one) => !Type.IsNull(one));
  return others.length === 1 && others.length < schema.anyOf.length ? others[0] : schema;
}

function mapped<T>(
  properties: Readonly<Record<string, TSchema>>,
  make: (schema: TSchema, name: string) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, make(schema, name)]),
  );
}

function keywords(schema: TSchema): Keywords {
  return schema;
}

function isLiteralText(schema: TSchema): boolean {
  return Type.IsLiteral(schema) && typeof schema.const === 'string';
}

/** null = no enum */
function enumValues(schema: TSchema): string[] | null {
  return Type.IsEnum(schema) ? schema.enum.map(String) : null;
}

/** GraphQL's names have letters, digits and _ only: PG-13 is PG_13, and R+ is R_PLUS. */
function enumName(value: string): string {
  return value.replaceAll('+', '_PLUS').replace(/[^_0-9A-Za-z]/g, '_');
}

function enumKey(values: readonly string[]): string {
  return [...values].sort().join(' ');
}

function descriptionOf(schema: TSchema): string | undefined {
  return keywords(schema).description ?? keywords(nonNull(schema)).description;
}

/** GraphQL has no limits of its own: the description names those that the check enforces. */
function descriptionWithLimits(schema: TSchema): string | undefined {
  const { minimum, maximum, maxItems, maxLength } = keywords(nonNull(schema));
  const limits = [
    minimum !== undefined && maximum !== undefined && `${minimum} to ${maximum}`,
    minimum !== undefined && maximum === undefined && `${minimum} or more`,
    maxItems !== undefined && `at most ${maxItems} entries`,
    maxLength !== undefined && `at most ${maxLength} characters`,
  ];
  return [descriptionOf(schema), ...limits].filter(Boolean).join('; ') || undefined;
}
