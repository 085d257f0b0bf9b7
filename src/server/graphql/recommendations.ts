/** Recommendations in the graph, for a list that the request brings. */

import { GraphQLNonNull } from 'graphql';
import {
  BecauseSchema,
  RecommendationSchema,
  RecommendationsBody,
  RecommendationsSchema,
} from '../../api/recommendations.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { animeOfId } from './anime.ts';
import type { GraphContext } from './context.ts';
import { argumentsFrom, type Given, TYPES } from './inputs.ts';
import type { Fields } from './schema-types.ts';

const body = argumentsFrom(RecommendationsBody);

TYPES.object('Because', BecauseSchema, {
  without: ['animeId', 'title'],
  fields: () => ({ anime: animeOfId }),
});
TYPES.object('Recommendation', RecommendationSchema);
export const RecommendationsType = TYPES.object('Recommendations', RecommendationsSchema);

export const recommendationsFields: Fields = {
  recommendations: {
    type: new GraphQLNonNull(RecommendationsType),
    description: 'recommendations for a list that the request brings; nothing of it is kept',
    args: body.args,
    resolve: (_: unknown, given: Given, context: GraphContext) =>
      context.work.run(() => {
        const { list, ignored } = recommendFor(context.bundle, body.check(given));
        return countedList(context, list, ignored);
      }),
  },
};

/** The answer for a list, which is counted as made. */
export function countedList(
  { bundle, recommended }: GraphContext,
  list: readonly Recommendation[],
  ignored: readonly number[],
) {
  recommended.add(list);
  return { items: list, ignored, bundle: bundle.version };
}
