/** Recommendations in the graph, for a list that the request brings. */

import { GraphQLNonNull } from 'graphql';
import {
  BecauseSchema,
  OrderSchema,
  OrderTermSchema,
  RecommendationSchema,
  RecommendationsBody,
  RecommendationsSchema,
} from '../../api/recommendations.ts';
import { type Recommended, recommendFor } from '../answers/recommend-for.ts';
import { animeOfId } from './anime.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

const body = argumentsFrom(RecommendationsBody);

TYPES.object('Because', BecauseSchema, {
  without: ['animeId', 'title'],
  fields: () => ({ anime: animeOfId }),
});
TYPES.object('OrderTerm', OrderTermSchema);
TYPES.object('Order', OrderSchema);
TYPES.object('Recommendation', RecommendationSchema);
export const RecommendationsType = TYPES.object('Recommendations', RecommendationsSchema);

export const recommendationsFields: Fields = {
  recommendations: {
    type: new GraphQLNonNull(RecommendationsType),
    description: 'recommendations for a list that the request brings; nothing of it is kept',
    args: body.args,
    resolve: (_: unknown, given: Given, context: GraphContext) =>
      context.work.run(() => {
        return countedList(context, recommendFor(context.bundle, body.check(given)));
      }),
  },
};

/** The answer for a list, which is counted as made. */
export function countedList(
  { bundle, count }: GraphContext,
  { profile, list, ignored }: Recommended,
) {
  count(profile, list);
  return { items: list, ignored, bundle: bundle.version };
}
