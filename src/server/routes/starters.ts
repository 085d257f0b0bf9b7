/** Well-known titles of many kinds, for someone who has picked nothing yet. */
import { titlesJson } from '../anime-json.ts';
import { StartersSchema } from '../answer-schemas.ts';
import { answerFromBundle } from '../bundle-answer.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { operation } from '../operation.ts';
import { StartersQuery } from '../schemas.ts';
import { startersFor } from '../titles.ts';

const STARTERS = operation({
  operationId: 'getStarters',
  tag: 'Titles',
  summary: 'Well-known titles of many kinds, to pick favourites from',
  answer: StartersSchema,
  problems: [400, 503],
  cached: true,
});

export function starterRoutes(app: App, bundles: CurrentBundle): void {
  app.get(
    '/api/starters',
    { schema: { ...STARTERS, querystring: StartersQuery } },
    (request, reply) =>
      answerFromBundle(bundles, request, reply, (bundle) => {
        return titlesJson(startersFor(bundle.catalogue, request.query.limit));
      }),
  );
}
