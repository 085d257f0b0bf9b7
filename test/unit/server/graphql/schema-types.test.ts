import { type GraphQLObjectType, GraphQLString, printType } from 'graphql';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { SchemaTypes } from '../../../../src/server/graphql/schema-types.ts';

const Colour = Type.Enum(['red', 'blue'], { description: 'of the cover' });
const orNull = (schema: Parameters<typeof Type.Union>[0][number]) =>
  Type.Union([schema, Type.Null()]);
const types = () => new SchemaTypes({ Colour });

/** Without descriptions and indentation. */
function fieldsOf(type: GraphQLObjectType): Record<string, string> {
  return Object.fromEntries(
    Object.values(type.getFields()).map(({ name, type: fieldType }) => [name, String(fieldType)]),
  );
}

describe('SchemaTypes', () => {
  it('object() has a field for each property, nullable where it may be null or absent', () => {
    const Part = Type.Object({ size: Type.Number() });
    const Whole = Type.Object({
      id: Type.Integer(),
      name: orNull(Type.String()),
      known: Type.Optional(Type.Boolean()),
      kind: Type.Literal('book'),
      colour: Colour,
      tags: Type.Array(Type.String()),
      range: Type.Tuple([Type.Integer(), Type.Integer()]),
      part: orNull(Part),
      parts: Type.Array(Part),
    });
    const all = types();
    all.object('Part', orNull(Part));
    expect(fieldsOf(all.object('Whole', Whole))).toEqual({
      id: 'Int!',
      name: 'String',
      known: 'Boolean',
      kind: 'String!',
      colour: 'Colour!',
      tags: '[String!]!',
      range: '[Int!]!',
      part: 'Part',
      parts: '[Part!]!',
    });
  });

  it('object() leaves out, replaces and adds the given fields', () => {
    const Book = Type.Object({ id: Type.Integer(), title: Type.String(), pages: Type.Integer() });
    const type = types().object('Book', Book, {
      without: ['pages'],
      fields: ({ title }) => ({ id: { type: GraphQLString }, subtitle: title }),
    });
    expect(fieldsOf(type)).toEqual({ id: 'String', title: 'String!', subtitle: 'String!' });
  });

  it('object() stands for every schema that describes a part of it', () => {
    const Short = Type.Object({ id: Type.Integer() });
    const all = types();
    all.object('Book', Type.Object({ id: Type.Integer(), title: Type.String() }), {
      also: [Short],
    });
    const shelf = all.object('Shelf', Type.Object({ first: Short }));
    expect(fieldsOf(shelf)).toEqual({ first: 'Book!' });
  });

  it('input() has defaults, and names limits in descriptions', () => {
    const all = types();
    const input = all.input(
      'Wishes',
      Type.Object({
        limit: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 9, default: 3, description: 'books' }),
        ),
        price: Type.Optional(orNull(Type.Number({ minimum: 0 }))),
        words: Type.Optional(Type.String({ maxLength: 5 })),
        ids: Type.Array(Type.Integer(), { maxItems: 2 }),
        colour: Type.Optional(Type.Enum(['blue', 'red'], { default: 'red' })),
      }),
    );
    expect(printType(input)).toBe(`input Wishes {
  """books; 1 to 9"""
  limit: Int = 3

  """0 or more"""
  price: Float

  """at most 5 characters"""
  words: String

  """at most 2 entries"""
  ids: [Int!]!
  colour: Colour = red
}`);
  });

  it('refuses objects and enums without a name in the graph', () => {
    const all = types();
    const Nameless = Type.Object({ part: Type.Object({ a: Type.Integer() }) });
    expect(() => all.object('Whole', Nameless).getFields()).toThrow(/No GraphQL type.*"a"/);
    const Other = Type.Object({ colour: Type.Enum(['red', 'green']) });
    expect(() => all.object('Other', Other).getFields()).toThrow(/No GraphQL type.*green/);
    expect(() => all.object('Text', Type.String())).toThrow(/No schema of an object/);
  });
});
