/** Well-known titles of many kinds, for someone who has picked nothing yet. */
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { startersOf } from '../../recommend/starters.ts';
import { titlesJson } from '../anime-json.ts';
import { StartersSchema } from '../answer-schemas.ts';
import { answerFromBundle } from '../bundle-answer.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { operation } from '../operation.ts';
import { StartersQuery } from '../schemas.ts';

const MOST = 60;

const STARTERS = operation({
  operationId: 'getStarters',
  tag: 'Titles',
  summary: 'Well-known titles of many kinds, to pick favourites from',
  answer: StartersSchema,
  problems: [400, 503],
  cached: true,
});

export function starterRoutes(app: App, bundles: CurrentBundle): void {
  const made = new WeakMap<Bundle, Anime[]>();
  app.get(
    '/api/starters',
    { schema: { ...STARTERS, querystring: StartersQuery } },
    (request, reply) =>
      answerFromBundle(bundles, request, reply, (bundle) => {
        const starters = made.get(bundle) ?? startersOf(bundle.catalogue, MOST);
        made.set(bundle, starters);
        return titlesJson(starters.slice(0, request.query.limit ?? 24));
      }),
  );
}
