/** Recommendations for a list that the request brings; nothing of it is kept. */
import { profileFrom } from '../../recommend/profile.ts';
import { recommend } from '../../recommend/recommend.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { recommendationsJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { Problem } from '../problem.ts';
import { RecommendationsBody, unknownNameOf } from '../schemas.ts';

export function recommendationRoutes(app: App, bundles: CurrentBundle): void {
  app.post('/api/recommendations', { schema: { body: RecommendationsBody } }, (request, reply) =>
    bundles.use((bundle) => {
      const { ratings, limit, because, rules } = request.body;
      refuseUnknownNames(ratings);
      const { profile, ignored } = profileFrom(ratings, bundle.items);
      const items = recommend(bundle, profile, { limit, because, rules: rulesFrom(rules) });
      return reply
        .type('application/json')
        .send(recommendationsJson(items, ignored, bundle.version));
    }),
  );
}

function refuseUnknownNames(ratings: RecommendationsBody['ratings']): void {
  for (let at = 0; at < ratings.length; at++) {
    const name = unknownNameOf(ratings[at]);
    if (name === null) continue;
    const field = `ratings[${at}].${name}`;
    throw new Problem(400, `${field} is not known here`, field);
  }
}
