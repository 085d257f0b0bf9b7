/** Recommendations for a list that the request brings; nothing of it is kept. */
import { listOf, type OutsideList, profileFromList } from '../../recommend/profile.ts';
import { recommend } from '../../recommend/recommend.ts';
import { rulesFrom } from '../../recommend/rules.ts';
import { recommendationsJson } from '../anime-json.ts';
import type { CurrentBundle } from '../current-bundle.ts';
import type { App } from '../fastify.ts';
import { readListBody } from '../list-bytes.ts';
import { Problem } from '../problem.ts';
import { RecommendationsBody, unknownNameOf } from '../schemas.ts';

export function recommendationRoutes(app: App, bundles: CurrentBundle): void {
  app.register(async (scope: App) => {
    const lists = parseLists(scope);
    scope.post(
      '/api/recommendations',
      { schema: { body: RecommendationsBody } },
      ({ body }, reply) =>
        bundles.use((bundle) => {
          const { ratings, limit, because, rules } = body;
          const list = lists.get(body) ?? checkedListOf(ratings);
          const { profile, ignored } = profileFromList(list, bundle.items);
          const items = recommend(bundle, profile, { limit, because, rules: rulesFrom(rules) });
          bundles.recommended.add(items);
          return reply
            .type('application/json')
            .send(recommendationsJson(items, ignored, bundle.version));
        }),
    );
  });
}

/**
 * From now on a list in the usual shape is read from the body's bytes.
 * @returns the lists that were, each beside its body, whose own ratings are empty
 */
function parseLists(scope: Pick<App, 'addContentTypeParser' | 'getDefaultJsonParser'>) {
  const lists = new WeakMap<object, OutsideList>();
  const parseJson = scope.getDefaultJsonParser('ignore', 'ignore');
  scope.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      const read = readListBody(bytes);
      if (read === null) return parseJson(request, bytes.toString(), done);
      const body = { ...read.rest, ratings: [] };
      lists.set(body, read.list);
      done(null, body);
    },
  );
  return lists;
}

function checkedListOf(ratings: RecommendationsBody['ratings']): OutsideList {
  for (let at = 0; at < ratings.length; at++) {
    const name = unknownNameOf(ratings[at]);
    if (name === null) continue;
    const field = `ratings[${at}].${name}`;
    throw new Problem(400, `${field} is not known here`, field);
  }
  return listOf(ratings);
}
