/** The graph: the same answers as under /api. Its types are made from the schemas of the API. */
import {
  defaultFieldResolver,
  GraphQLObjectType,
  GraphQLSchema,
  getNullableType,
  isIntrospectionType,
  isListType,
  isObjectType,
} from 'graphql';
import { animeFields } from './anime.ts';
import { bundleFields } from './bundle.ts';
import type { GraphContext } from './context.ts';
import { explanationFields } from './explanation.ts';
import { opinionFields } from './opinion.ts';
import { recommendationsFields } from './recommendations.ts';
import { shelvesFields } from './shelves.ts';
import { userFields } from './user.ts';

export const SCHEMA = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      ...animeFields,
      ...recommendationsFields,
      ...shelvesFields,
      ...explanationFields,
      ...opinionFields,
      ...userFields,
      ...bundleFields,
    },
  }),
});

answerLongListsInPieces(SCHEMA);

/** graphql-js answers all entries of a list in a row: 500 titles with all their fields would block other requests. */
function answerLongListsInPieces(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isListType(getNullableType(field.type))) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, given, context: GraphContext, info) => {
        const list: unknown = resolve(source, given, context, info);
        return Array.isArray(list) ? context.work.list(list) : list;
      };
    }
  }
}
