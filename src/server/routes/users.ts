/** People of the data set: their lists, and what they would be recommended. */

import { RecommendationsSchema } from '../../api/recommendations.ts';
import { PersonSchema, UserParams, UserQuery, UserRecommendationsQuery } from '../../api/users.ts';
import type { Anime } from '../../data/anime.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { answerFromBundle } from '../answers/bundle-answer.ts';
import { pageOf } from '../answers/cursor.ts';
import { entriesOf, peopleSwitchedOff, profileOf } from '../answers/person.ts';
import { recommendationsAnswer } from '../answers/recommendations-answer.ts';
import type { App } from '../http/fastify.ts';
import { operation } from '../openapi/operation.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';

const USER = operation({
  operationId: 'getUser',
  tag: 'People',
  summary: 'The list of a person of the data set',
  answer: PersonSchema,
  problems: [400, 404, 410, 503],
  cached: true,
});
const USER_RECOMMENDATIONS = operation({
  operationId: 'getUserRecommendations',
  tag: 'People',
  summary: 'What a person of the data set would be recommended',
  answer: RecommendationsSchema,
  problems: [400, 404, 503],
  cached: true,
});

/** @param shown false: both answer 404, and the reference does not list them */
export function userRoutes(app: App, bundles: CurrentBundle, shown: boolean): void {
  if (shown) answerUsers(app, bundles);
  else refuseUsers(app);
}

function answerUsers(app: App, bundles: CurrentBundle): void {
  app.get(
    '/api/users/:userId',
    { schema: { ...USER, params: UserParams, querystring: UserQuery } },
    (request, reply) =>
      answerFromBundle(
        bundles,
        request,
        reply,
        async (bundle) => {
          const { userId } = request.params;
          const entries = entriesOf(bundle, await profileOf(bundle, userId));
          const { limit = entries.length, cursor } = request.query;
          const paged = { version: bundle.version, question: ['user', userId] };
          const { items, next } = pageOf(entries, limit, cursor, paged);
          const ratings = items.map((entry) => ({ ...entry, anime: brief(entry.anime) }));
          return { userId, ratings, next };
        },
        { scope: 'private' },
      ),
  );

  app.get(
    '/api/users/:userId/recommendations',
    {
      schema: {
        ...USER_RECOMMENDATIONS,
        params: UserParams,
        querystring: UserRecommendationsQuery,
      },
    },
    (request, reply) =>
      answerFromBundle(
        bundles,
        request,
        reply,
        async (bundle) => {
          const { limit, because, rules } = request.query;
          const profile = await profileOf(bundle, request.params.userId);
          const list = bundle.ranker.recommend(profile, {
            limit,
            because,
            rules: rulesFrom(rules),
          });
          bundles.count(bundle, profile, list);
          return recommendationsAnswer(bundle, list, []);
        },
        { scope: 'private' },
      ),
  );
}

function refuseUsers(app: App): void {
  const refuse = async () => {
    throw peopleSwitchedOff();
  };
  for (const path of ['/api/users/:userId', '/api/users/:userId/recommendations'])
    app.get(path, { schema: { hide: true } }, refuse);
}

/** Without synopsis and synonyms, as a list can have thousands of titles. */
function brief({ synopsis: _, synonyms: __, ...anime }: Anime) {
  return anime;
}
