/** The bundle that answers. */

import { GraphQLFloat, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import { BundleSchema, SignatureSchema } from '../../api/bundle.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { nonNullList } from './anime.ts';
import type { GraphContext } from './context.ts';
import { TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

TYPES.object('Origin', BundleSchema.properties.origin);
TYPES.object('Signature', SignatureSchema);
/** GraphQL has no type for an object of any names. */
const Metric = new GraphQLObjectType({
  name: 'Metric',
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString) },
    value: { type: new GraphQLNonNull(GraphQLFloat) },
  },
});
const BundleType = TYPES.object('Bundle', BundleSchema, {
  without: ['metrics'],
  fields: () => ({
    metrics: {
      type: nonNullList(Metric),
      description: 'as measured on held-out people, when they were',
      resolve: ({ metrics = {} }: Bundle['about']) =>
        Object.entries(metrics).map(([name, value]) => ({ name, value })),
    },
  }),
});

export const bundleFields: Fields = {
  bundle: {
    type: new GraphQLNonNull(BundleType),
    resolve: (_: unknown, __: unknown, { bundle, people }: GraphContext) => {
      const { version, about, facets, signature } = bundle;
      return { ...about, version, signature, userLists: people, genres: facets.genres };
    },
  },
};
