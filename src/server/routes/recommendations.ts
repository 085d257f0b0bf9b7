/** Recommendations for a list that the request brings; nothing of it is kept. */
import { profileFrom } from '../../recommend/profile.ts';
import { recommend } from '../../recommend/recommend.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { recommendationsJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { RecommendationsBody } from '../schemas.ts';

export function recommendationRoutes(app: App, bundles: CurrentBundle): void {
  app.post('/api/recommendations', { schema: { body: RecommendationsBody } }, (request, reply) =>
    bundles.use((bundle) => {
      const { ratings, limit, because, rules } = request.body;
      const { profile, ignored } = profileFrom(ratings, bundle.items);
      const items = recommend(bundle, profile, { limit, because, rules: rulesFrom(rules) });
      return reply
        .type('application/json')
        .send(recommendationsJson(items, ignored, bundle.version));
    }),
  );
}
