/** Recommendations for a list that the request brings; nothing of it is kept. */
import { RecommendationsBody, RecommendationsSchema } from '../../api/recommendations.ts';
import { recommendFor } from '../answers/recommend-for.ts';
import { recommendationsAnswer } from '../answers/recommendations-answer.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const RECOMMEND = operation({
  operationId: 'recommend',
  tag: 'Recommendations',
  summary: 'Recommendations for a list, with reasons',
  description: 'Nothing of the list is kept. An empty one is answered with what is listed most.',
  answer: RecommendationsSchema,
  problems: [400, 413, 415, 503],
});

export function recommendationRoutes(app: App, bundles: CurrentBundle): void {
  app.post(
    '/api/recommendations',
    { schema: { ...RECOMMEND, body: RecommendationsBody } },
    ({ body }) =>
      bundles.use((bundle) => {
        const { list, ignored } = recommendFor(bundle, body);
        bundles.recommended.add(list);
        return recommendationsAnswer(bundle, list, ignored);
      }),
  );
}
