/** The graph: the same answers as under /api. Its types are made from the schemas of the API. */
import { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { animeFields } from './anime.ts';
import { bundleFields } from './bundle.ts';
import { explanationFields } from './explanation.ts';
import { recommendationsFields } from './recommendations.ts';
import { userFields } from './user.ts';

export const SCHEMA = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      ...animeFields,
      ...recommendationsFields,
      ...explanationFields,
      ...userFields,
      ...bundleFields,
    },
  }),
});
