/** GraphQL over HTTP: the envelope around a query and its answer. */
import { type Static, Type } from 'typebox';
import { named, strict } from './fields.ts';

export const GraphqlBody = Type.Object(
  {
    query: Type.String({
      maxLength: 20_000,
      examples: ['{ search(query: "mushishi", limit: 1) { items { animeId title } } }'],
    }),
    variables: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
    operationName: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
    extensions: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
        description: 'not read',
      }),
    ),
  },
  { ...strict, title: 'GraphqlRequest' },
);

export const GraphqlAnswerSchema = Type.Object(
  {
    data: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()])),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          message: Type.String(),
          locations: Type.Optional(
            Type.Array(Type.Object({ line: Type.Integer(), column: Type.Integer() })),
          ),
          path: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Integer()]))),
          extensions: Type.Optional(Type.Object({}, { additionalProperties: true })),
        }),
      ),
    ),
  },
  named('GraphqlAnswer'),
);
export type GraphqlAnswer = Static<typeof GraphqlAnswerSchema>;
