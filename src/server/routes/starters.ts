/** Well-known titles of many kinds, for someone who has picked nothing yet. */
import type { Anime } from '../../data/anime.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { startersOf } from '../../recommend/starters.ts';
import { titlesJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { StartersQuery } from '../schemas.ts';

const MOST = 60;

export function starterRoutes(app: App, bundles: CurrentBundle): void {
  const made = new WeakMap<Bundle, Anime[]>();
  app.get('/api/starters', { schema: { querystring: StartersQuery } }, (request, reply) =>
    bundles.use((bundle) => {
      const starters = made.get(bundle) ?? startersOf(bundle.catalogue, MOST);
      made.set(bundle, starters);
      return reply
        .type('application/json')
        .send(titlesJson(starters.slice(0, request.query.limit ?? 24)));
    }),
  );
}
