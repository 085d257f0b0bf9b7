/** People of the data set: their lists, and what they would be recommended. */
import type { Anime } from '../../data/anime.ts';
import type { Profile } from '../../data/interactions.ts';
import type { Bundle } from '../../recommend/bundle.ts';
import { statusName } from '../../recommend/profile.ts';
import { recommend } from '../../recommend/recommend.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { recommendationsJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { Problem } from '../problem.ts';
import { UserParams, UserRecommendationsQuery } from '../schemas.ts';

export function userRoutes(app: App, bundles: CurrentBundle): void {
  app.get('/api/users/:userId', { schema: { params: UserParams } }, (request) =>
    bundles.use(async (bundle) => {
      const { userId } = request.params;
      return { userId, ratings: ratingsOf(bundle, await profileOf(bundle, userId)) };
    }),
  );

  app.get(
    '/api/users/:userId/recommendations',
    { schema: { params: UserParams, querystring: UserRecommendationsQuery } },
    (request, reply) =>
      bundles.use(async (bundle) => {
        const { limit, because, rules } = request.query;
        const profile = await profileOf(bundle, request.params.userId);
        const items = recommend(bundle, profile, { limit, because, rules: rulesFrom(rules) });
        bundles.recommended.add(items);
        return reply.type('application/json').send(recommendationsJson(items, [], bundle.version));
      }),
  );
}

async function profileOf({ people, about }: Bundle, userId: number): Promise<Profile> {
  const profile = await people.profile(userId);
  if (profile === null)
    throw new Problem(
      404,
      `There is no person ${userId} among the ${about.people} of this data set`,
      'userId',
    );
  return profile;
}

/** Best rated first, then most listed; titles without synopsis and synonyms, as a list can have thousands. */
function ratingsOf({ catalogue }: Bundle, { items, ratings, statuses }: Profile) {
  const order = Array.from(items.keys()).sort((a, b) => ratings[b] - ratings[a] || a - b);
  return order.map((p) => ({
    anime: brief(catalogue[items[p]]),
    rating: ratings[p] || null,
    status: statusName(statuses[p]),
  }));
}

function brief({ synopsis: _, synonyms: __, ...anime }: Anime) {
  return anime;
}
