/** Shelves in the graph, for a list that the request brings. */

import { GraphQLNonNull, GraphQLString } from 'graphql';
import { ShelfSchema, ShelvesBody, ShelvesSchema } from '../../api/shelves.ts';
import { SHELF_IDS } from '../../recommend/shelves/shelf.ts';
import { shelvesFor } from '../answers/shelves-for.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

const body = argumentsFrom(ShelvesBody);

TYPES.object('Shelf', ShelfSchema, {
  without: ['id'],
  // "for-you" is no name of an enum's value.
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLString), description: SHELF_IDS.join(', ') },
  }),
});

export const shelvesFields: Fields = {
  shelves: {
    type: new GraphQLNonNull(TYPES.object('Shelves', ShelvesSchema)),
    description: 'recommendations by what they are for; nothing of the list is kept',
    args: body.args,
    resolve: (_: unknown, given: Given, context: GraphContext) =>
      context.work.run(() => {
        const { bundle, count } = context;
        const { profile, shelves, list, ignored } = shelvesFor(bundle, body.check(given));
        count(profile, list);
        return { shelves, ignored, bundle: bundle.version };
      }),
  },
};
