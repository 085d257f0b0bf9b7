/** Well-known titles of many kinds, for someone who has picked nothing yet. */

import { StartersQuery, StartersSchema } from '../../api/anime.ts';
import { answerFromBundle } from '../answers/bundle-answer.ts';
import { cardOf } from '../answers/card.ts';
import { startersFor } from '../answers/titles.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

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
      answerFromBundle(bundles, request, reply, ({ catalogue }) => ({
        items: startersFor(catalogue, request.query.limit).map(cardOf),
      })),
  );
}
