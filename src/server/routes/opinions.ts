/** Would somebody like a title? Nothing of the list is kept. */
import { AnimeParams } from '../../api/anime.ts';
import { OpinionBody, OpinionSchema } from '../../api/opinions.ts';
import { opinionFor } from '../answers/opinion-for.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const OPINION = operation({
  operationId: 'getOpinion',
  tag: 'Recommendations',
  summary: 'Whether somebody would like a title: the expected score, for and against',
  description:
    'For any title, whether or not it is recommended. One that is on the list is judged by the rest of the list. Nothing of the list is kept.',
  answer: OpinionSchema,
  problems: [400, 404, 413, 415, 503],
});

export function opinionRoutes(app: App, bundles: CurrentBundle): void {
  app.post(
    '/api/anime/:animeId/opinion',
    { schema: { ...OPINION, params: AnimeParams, body: OpinionBody } },
    ({ params, body }) =>
      bundles.use((bundle) => Promise.resolve(opinionFor(bundle, params.animeId, body))),
  );
}
